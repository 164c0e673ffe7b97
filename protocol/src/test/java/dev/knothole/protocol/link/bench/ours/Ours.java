package dev.knothole.protocol.link.bench.ours;

import dev.knothole.protocol.link.Congestion;
import dev.knothole.protocol.link.LinkOptions;
import dev.knothole.protocol.link.bench.transport.Credentials;
import dev.knothole.protocol.link.bench.transport.Dialer;
import dev.knothole.protocol.link.bench.transport.Listener;
import dev.knothole.protocol.link.udp.LinkSocket;
import dev.knothole.protocol.link.udp.Offload;
import java.io.IOException;
import java.net.InetSocketAddress;

/// One way of running the link.
public record Ours(Congestion congestion, Offload offload) {
  public Listener listen(InetSocketAddress at, Credentials credentials) throws IOException {
    return new OurListener(open(at, credentials));
  }

  public Dialer dialer(InetSocketAddress at, Credentials credentials) throws IOException {
    return new OurDialer(open(at, credentials), credentials.peer());
  }

  private LinkSocket open(InetSocketAddress at, Credentials credentials) throws IOException {
    var options = LinkOptions.DEFAULT.withCongestion(congestion);
    return LinkSocket.open(
        at, credentials.own(), peer -> peer.equals(credentials.peer()), options, offload);
  }
}
