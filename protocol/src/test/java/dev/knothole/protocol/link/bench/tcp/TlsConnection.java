package dev.knothole.protocol.link.bench.tcp;

import dev.knothole.protocol.link.bench.transport.ByteStream;
import dev.knothole.protocol.link.bench.transport.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLSocket;

/// A connection and its one stream.
final class TlsConnection implements Connection, ByteStream {
  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;

  TlsConnection(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  @Override
  public ByteStream open() {
    return this;
  }

  @Override
  public ByteStream accept() {
    return this;
  }

  @Override
  public int read(byte[] to, int at, int length) throws IOException {
    return in.read(to, at, length);
  }

  @Override
  public void write(byte[] from, int at, int length) throws IOException {
    out.write(from, at, length);
  }

  @Override
  public void finish() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void moveTo(InetSocketAddress remote) {
    throw new UnsupportedOperationException("TCP is bound to its addresses");
  }

  /// Without lingering: the peer's write shall fail at once, not when a buffer is full.
  @Override
  public void close() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
