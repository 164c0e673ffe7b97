package dev.knothole.protocol.link.bench.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;

/// How datagrams are sent and received.
public enum SocketKind {
  /// As on every system.
  NIO,
  /// Linux only: Netty's own system calls, with segmentation offload both ways.
  EPOLL;

  private static final int SOCKET_BUFFER = 4 << 20;
  private static final int LONGEST_DATAGRAM = 2048;

  /// What the kernel may join to one read.
  private static final int JOINED = 64 << 10;

  private static final int DATAGRAMS_PER_READ = 64;

  /// As many full datagrams as the 64 KiB of one system call hold.
  private static final int SEGMENTS = 44;

  /// All of a socket's work is one thread's.
  EventLoopGroup newLoop() {
    return switch (this) {
      case NIO -> new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
      case EPOLL -> new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    };
  }

  SegmentedDatagramPacketAllocator segments() {
    return this == EPOLL
        ? EpollQuicUtils.newSegmentedAllocator(SEGMENTS)
        : SegmentedDatagramPacketAllocator.NONE;
  }

  Channel bind(EventLoopGroup loop, InetSocketAddress at, ChannelHandler handler)
      throws IOException {
    var bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(this == EPOLL ? EpollDatagramChannel.class : NioDatagramChannel.class)
            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
            .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(this == EPOLL ? JOINED : LONGEST_DATAGRAM)
                    .maxMessagesPerRead(DATAGRAMS_PER_READ))
            .handler(handler);
    if (this == EPOLL) {
      bootstrap.option(EpollChannelOption.UDP_GRO, true);
    }
    var bound = bootstrap.bind(at);
    Waiting.on(bound);
    return bound.channel();
  }
}
