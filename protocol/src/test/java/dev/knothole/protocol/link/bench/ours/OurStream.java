package dev.knothole.protocol.link.bench.ours;

import dev.knothole.protocol.link.bench.transport.ByteStream;
import dev.knothole.protocol.link.udp.LinkStream;
import java.io.IOException;

record OurStream(LinkStream stream) implements ByteStream {
  @Override
  public int read(byte[] to, int at, int length) throws IOException {
    return stream.read(to, at, length);
  }

  @Override
  public void write(byte[] from, int at, int length) throws IOException {
    stream.write(from, at, length);
  }

  @Override
  public void finish() throws IOException {
    stream.finish();
  }
}
