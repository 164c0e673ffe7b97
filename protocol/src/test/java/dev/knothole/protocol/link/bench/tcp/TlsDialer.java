package dev.knothole.protocol.link.bench.tcp;

import dev.knothole.protocol.link.bench.transport.Connection;
import dev.knothole.protocol.link.bench.transport.Dialer;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

record TlsDialer(InetSocketAddress local, SSLSocketFactory factory) implements Dialer {
  @Override
  public Connection connect(InetSocketAddress remote) throws IOException {
    var socket = (SSLSocket) factory.createSocket();
    socket.bind(new InetSocketAddress(local.getAddress(), 0));
    socket.connect(remote);
    var connection = Tls.connected(socket);
    socket.startHandshake();
    return connection;
  }

  @Override
  public void close() {}
}
