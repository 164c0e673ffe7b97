package dev.knothole.protocol.link.bench.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/// Two processes that know each other. The benchmark opens one stream per connection, from the end
/// that connected; more than that TCP could not.
public interface Connection extends AutoCloseable {
  ByteStream open() throws IOException;

  /// The next stream that the peer opened.
  ByteStream accept() throws IOException;

  /// From now on the peer is spoken to at another address of its.
  ///
  /// @throws UnsupportedOperationException if the contestant is bound to addresses
  void moveTo(InetSocketAddress remote) throws IOException;

  /// Abrupt: bytes under way are lost, and the peer's reads and writes fail.
  @Override
  void close();
}
