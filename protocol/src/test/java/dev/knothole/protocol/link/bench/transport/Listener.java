package dev.knothole.protocol.link.bench.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/// The end that is connected to.
public interface Listener extends AutoCloseable {
  InetSocketAddress address();

  /// The next connection that a peer opened.
  Connection accept() throws IOException;

  @Override
  void close();
}
