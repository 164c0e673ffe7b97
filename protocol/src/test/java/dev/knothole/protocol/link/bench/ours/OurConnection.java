package dev.knothole.protocol.link.bench.ours;

import dev.knothole.protocol.link.CloseReason;
import dev.knothole.protocol.link.bench.transport.ByteStream;
import dev.knothole.protocol.link.bench.transport.Connection;
import dev.knothole.protocol.link.stream.Priority;
import dev.knothole.protocol.link.udp.Link;
import java.io.IOException;
import java.net.InetSocketAddress;

record OurConnection(Link link) implements Connection {
  @Override
  public ByteStream open() throws IOException {
    return new OurStream(link.open(Priority.NORMAL));
  }

  @Override
  public ByteStream accept() throws IOException {
    return new OurStream(link.accept());
  }

  @Override
  public void moveTo(InetSocketAddress remote) throws IOException {
    link.switchTo(remote);
  }

  @Override
  public void close() {
    link.close(CloseReason.CODE_APPLICATION, "seen enough");
  }
}
