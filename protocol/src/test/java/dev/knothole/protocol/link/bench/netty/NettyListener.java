package dev.knothole.protocol.link.bench.netty;

import dev.knothole.protocol.link.bench.transport.Connection;
import dev.knothole.protocol.link.bench.transport.Listener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

final class NettyListener implements Listener {
  private final EventLoopGroup loop;
  private final Channel socket;
  private final BlockingQueue<Connection> accepted;

  private NettyListener(EventLoopGroup loop, Channel socket, BlockingQueue<Connection> accepted) {
    this.loop = loop;
    this.socket = socket;
    this.accepted = accepted;
  }

  static NettyListener open(Flavour flavour, InetSocketAddress at, QuicServerCodecBuilder codec)
      throws IOException {
    var accepted = new LinkedBlockingQueue<Connection>();
    codec
        .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, flavour.sockets().segments())
        // Another round trip for each connection, to be paid by no contestant: an address proves
        // itself by the handshake.
        .tokenHandler(null)
        .handler(new Greeter(accepted))
        .streamHandler(NettyConnection.STREAMS);
    var loop = flavour.sockets().newLoop();
    return new NettyListener(loop, flavour.sockets().bind(loop, at, codec.build()), accepted);
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.localAddress();
  }

  @Override
  public Connection accept() throws IOException {
    try {
      return accepted.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Waiting.interrupted(e);
    }
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully();
  }

  /// One for all connections of the socket.
  @ChannelHandler.Sharable
  private static final class Greeter extends ChannelInboundHandlerAdapter {
    private final BlockingQueue<Connection> accepted;

    Greeter(BlockingQueue<Connection> accepted) {
      this.accepted = accepted;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      accepted.add(NettyConnection.of((QuicChannel) context.channel()));
      context.fireChannelActive();
    }
  }
}
