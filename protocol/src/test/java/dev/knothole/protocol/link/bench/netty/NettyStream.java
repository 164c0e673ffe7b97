package dev.knothole.protocol.link.bench.netty;

import dev.knothole.protocol.link.bench.transport.ByteStream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.io.IOException;

/// The two halves of a stream, between its event loop and the threads that use it.
final class NettyStream implements ByteStream {
  private final ReadHalf readHalf;
  private final WriteHalf writeHalf;

  private NettyStream(QuicStreamChannel channel) {
    readHalf = new ReadHalf(channel);
    writeHalf = new WriteHalf(channel);
  }

  static NettyStream bridge(QuicStreamChannel channel) {
    var stream = new NettyStream(channel);
    channel.pipeline().addLast(stream.new Arrivals());
    return stream;
  }

  @Override
  public int read(byte[] to, int at, int length) throws IOException {
    return readHalf.read(to, at, length);
  }

  @Override
  public void write(byte[] from, int at, int length) throws IOException {
    writeHalf.write(from, at, length);
  }

  @Override
  public void finish() {
    writeHalf.finish();
  }

  /// Runs in the event loop.
  private final class Arrivals extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      readHalf.arrived((ByteBuf) message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == ChannelInputShutdownEvent.INSTANCE
          || event == ChannelInputShutdownReadComplete.INSTANCE) {
        readHalf.ended();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      exceptionCaught(context, new IOException("the connection was lost"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      readHalf.failed(cause);
      writeHalf.failed(cause);
    }
  }
}
