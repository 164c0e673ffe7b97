package dev.knothole.protocol.link.bench.tcp;

import dev.knothole.protocol.link.bench.transport.Connection;
import dev.knothole.protocol.link.bench.transport.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

record TlsListener(SSLServerSocket socket) implements Listener {
  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /// The handshake is left to the thread that uses the connection.
  @Override
  public Connection accept() throws IOException {
    return Tls.connected((SSLSocket) socket.accept());
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
