package dev.knothole.protocol.link.bench.netty;

import dev.knothole.protocol.link.bench.transport.Connection;
import dev.knothole.protocol.link.bench.transport.Dialer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;

final class NettyDialer implements Dialer {
  private final Flavour flavour;
  private final EventLoopGroup loop;
  private final Channel socket;
  private final MovingPeer peer;

  private NettyDialer(Flavour flavour, EventLoopGroup loop, Channel socket, MovingPeer peer) {
    this.flavour = flavour;
    this.loop = loop;
    this.socket = socket;
    this.peer = peer;
  }

  static NettyDialer open(Flavour flavour, InetSocketAddress at, QuicClientCodecBuilder codec)
      throws IOException {
    var loop = flavour.sockets().newLoop();
    var peer = new MovingPeer();
    var pipeline =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(peer, codec.build());
          }
        };
    return new NettyDialer(flavour, loop, flavour.sockets().bind(loop, at, pipeline), peer);
  }

  @Override
  public Connection connect(InetSocketAddress remote) throws IOException {
    var connecting =
        QuicChannel.newBootstrap(socket)
            .option(
                QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, flavour.sockets().segments())
            .handler(new Quiet())
            .streamHandler(NettyConnection.STREAMS)
            .remoteAddress(remote)
            .connect();
    var connection = NettyConnection.of(Waiting.on(connecting));
    connection.movesWith(to -> peer.move(remote, to));
    return connection;
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully();
  }

  /// A connection needs a handler, and this one has nothing to do.
  private static final class Quiet extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
