package dev.knothole.protocol.link.bench.ours;

import dev.knothole.protocol.link.bench.transport.Connection;
import dev.knothole.protocol.link.bench.transport.Dialer;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.udp.LinkSocket;
import java.io.IOException;
import java.net.InetSocketAddress;

record OurDialer(LinkSocket socket, Fingerprint peer) implements Dialer {
  @Override
  public Connection connect(InetSocketAddress remote) throws IOException {
    return new OurConnection(socket.connect(remote, peer::equals));
  }

  @Override
  public void close() {
    socket.close();
  }
}
