package dev.knothole.protocol.link.bench.netty;

import dev.knothole.protocol.link.bench.transport.ByteStream;
import dev.knothole.protocol.link.bench.transport.Connection;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

final class NettyConnection implements Connection {
  private static final AttributeKey<NettyConnection> KEY =
      AttributeKey.valueOf(NettyConnection.class, "connection");

  /// Bridges every stream that the peer opens.
  static final ChannelHandler STREAMS =
      new ChannelInitializer<QuicStreamChannel>() {
        @Override
        protected void initChannel(QuicStreamChannel channel) {
          of(channel.parent()).opened.add(Optional.of(NettyStream.bridge(channel)));
        }
      };

  private final QuicChannel channel;

  /// Empty is the end of the connection.
  private final BlockingQueue<Optional<NettyStream>> opened = new LinkedBlockingQueue<>();

  private volatile Consumer<InetSocketAddress> mover =
      _ -> {
        throw new UnsupportedOperationException("only a client moves");
      };

  private NettyConnection(QuicChannel channel) {
    this.channel = channel;
  }

  static NettyConnection of(QuicChannel channel) {
    var fresh = new NettyConnection(channel);
    var known = channel.attr(KEY).setIfAbsent(fresh);
    if (known != null) {
      return known;
    }
    var _ = channel.closeFuture().addListener(_ -> fresh.opened.add(Optional.empty()));
    return fresh;
  }

  void movesWith(Consumer<InetSocketAddress> how) {
    mover = how;
  }

  @Override
  public ByteStream open() throws IOException {
    var stream = new CompletableFuture<NettyStream>();
    var bridging =
        new ChannelInitializer<QuicStreamChannel>() {
          @Override
          protected void initChannel(QuicStreamChannel channel) {
            stream.complete(NettyStream.bridge(channel));
          }
        };
    Waiting.on(channel.createStream(QuicStreamType.BIDIRECTIONAL, bridging));
    return stream.join();
  }

  @Override
  public ByteStream accept() throws IOException {
    try {
      return opened.take().orElseThrow(() -> new IOException("the connection is closed"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Waiting.interrupted(e);
    }
  }

  @Override
  public void moveTo(InetSocketAddress remote) {
    mover.accept(remote);
  }

  @Override
  public void close() {
    var _ = channel.close(true, 0, Unpooled.EMPTY_BUFFER).awaitUninterruptibly();
  }
}
