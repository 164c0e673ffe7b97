package dev.knothole.protocol.link.bench.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/// The end that connects. All its connections share what the contestant can share.
public interface Dialer extends AutoCloseable {
  /// Returns when both ends have proven who they are.
  Connection connect(InetSocketAddress remote) throws IOException;

  @Override
  void close();
}
