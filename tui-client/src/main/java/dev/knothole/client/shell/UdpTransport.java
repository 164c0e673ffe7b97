package dev.knothole.client.shell;

import dev.knothole.protocol.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.tinylog.Logger;

/// One UDP socket for everything, IPv4 and IPv6. It stays unconnected: a connected one would stop
/// at the first "port unreachable".
final class UdpTransport implements AutoCloseable {
  /// Longer datagrams than this do not exist on IP.
  private static final int MAX_DATAGRAM = 65_535;

  /// The kernel's default fits some 150 datagrams; a burst while we paint should not be lost.
  private static final int RECEIVE_BUFFER = 1 << 20;

  /// After an error, so that one that persists does not keep a core busy.
  private static final long PAUSE_NANOS = 1_000_000;

  private final DatagramChannel channel;

  private UdpTransport(DatagramChannel channel) {
    this.channel = channel;
  }

  /// @param port 0 for any
  static UdpTransport open(int port) throws IOException {
    var channel = DatagramChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new UdpTransport(channel);
  }

  /// The port, or zero once it is closed.
  int localPort() {
    try {
      return port();
    } catch (IOException e) {
      return 0;
    }
  }

  int port() throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  /// Hands every datagram to `sink` until closed.
  void start(BiConsumer<Endpoint, byte[]> sink) {
    Thread.ofVirtual().name("udp-in").start(() -> receive(sink));
  }

  private void receive(BiConsumer<Endpoint, byte[]> sink) {
    var buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    while (channel.isOpen()) {
      try {
        buffer.clear();
        var from = (InetSocketAddress) channel.receive(buffer);
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        if (from != null && from.getPort() != 0) {
          sink.accept(Endpoint.of(from), bytes);
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        // An ICMP error of an earlier send, or a network that is gone for a while.
        Logger.debug("receiving: {}", e.getMessage());
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /// Best effort: what cannot be sent is lost, as it could be on the way.
  void send(Endpoint to, byte[] bytes) {
    try {
      channel.send(ByteBuffer.wrap(bytes), to.toSocketAddress());
    } catch (IOException | UnsupportedAddressTypeException e) {
      // The latter on a machine without IPv6.
      Logger.debug("sending to {}: {}", to, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      Logger.debug("closing the socket: {}", e.getMessage());
    }
  }
}
