package dev.knothole.protocol.link.bench.ours;

import dev.knothole.protocol.link.bench.transport.Connection;
import dev.knothole.protocol.link.bench.transport.Listener;
import dev.knothole.protocol.link.udp.LinkSocket;
import java.io.IOException;
import java.net.InetSocketAddress;

record OurListener(LinkSocket socket) implements Listener {
  @Override
  public InetSocketAddress address() {
    return socket.address();
  }

  @Override
  public Connection accept() throws IOException {
    return new OurConnection(socket.accept());
  }

  @Override
  public void close() {
    socket.close();
  }
}
