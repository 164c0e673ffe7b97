package dev.knothole.relay;

import dev.knothole.protocol.MessageJson;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/// One socket of the relay, with the buffers to read and write it. For one thread.
final class Door implements Closeable {
  /// A burst of some thousand datagrams waits here while the relay is elsewhere; the kernel's
  /// default holds fewer than 300.
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  /// Longer than any message, so that a datagram that was cut off is seen to be too long.
  private static final int BUFFER_BYTES = 2 * MessageJson.MAX_BYTES;

  private final DatagramChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);

  private Door(DatagramChannel channel) {
    this.channel = channel;
  }

  /// On every address of this machine, of both families where it has both.
  static Door everywhere(int port) throws IOException {
    return bound(DatagramChannel.open(), new InetSocketAddress(port));
  }

  static Door at(InetAddress address, int port) throws IOException {
    var family =
        address instanceof Inet6Address
            ? StandardProtocolFamily.INET6
            : StandardProtocolFamily.INET;
    return bound(DatagramChannel.open(family), new InetSocketAddress(address, port));
  }

  private static Door bound(DatagramChannel channel, InetSocketAddress address) throws IOException {
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
      channel.bind(address).configureBlocking(false);
      return new Door(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  DatagramChannel channel() {
    return channel;
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  /// Where the next datagram came from, or null when none waits. [#datagram] is its content.
  @Nullable InetSocketAddress receive() throws IOException {
    return (InetSocketAddress) channel.receive(in.clear());
  }

  byte[] datagram() {
    byte[] datagram = new byte[in.flip().remaining()];
    in.get(datagram);
    return datagram;
  }

  /// Whether the datagram left; false when the kernel has no room for it.
  boolean send(byte[] datagram, InetSocketAddress to) throws IOException {
    return channel.send(out.clear().put(datagram).flip(), to) > 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
