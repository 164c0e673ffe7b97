package dev.knothole.protocol.link.bench.netty;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Lets the peer's address change below QUIC, which lets only a client move: packets to the address
/// that was dialled go to the one where the peer is now, and its packets seem to come from there.
final class MovingPeer extends ChannelDuplexHandler {
  private volatile @Nullable InetSocketAddress dialled;
  private volatile @Nullable InetSocketAddress actual;

  void move(InetSocketAddress from, InetSocketAddress to) {
    actual = to;
    dialled = from;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    var from = dialled;
    var to = actual;
    boolean moved =
        from != null
            && to != null
            && message instanceof DatagramPacket packet
            && from.equals(packet.recipient());
    var _ = context.write(moved ? redirected((DatagramPacket) message, to) : message, promise);
  }

  private static DatagramPacket redirected(DatagramPacket packet, @Nullable InetSocketAddress to) {
    return packet instanceof SegmentedDatagramPacket several
        ? new SegmentedDatagramPacket(several.content(), several.segmentSize(), to)
        : new DatagramPacket(packet.content(), to);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var from = dialled;
    boolean moved =
        from != null && message instanceof DatagramPacket packet && packet.sender().equals(actual);
    context.fireChannelRead(moved ? seemingly((DatagramPacket) message, from) : message);
  }

  private static DatagramPacket seemingly(DatagramPacket packet, @Nullable InetSocketAddress from) {
    return new DatagramPacket(packet.content(), packet.recipient(), from);
  }
}
