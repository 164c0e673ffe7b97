package dev.knothole.protocol.link.bench;

import static io.netty.handler.codec.quic.QuicCongestionControlAlgorithm.BBR;
import static io.netty.handler.codec.quic.QuicCongestionControlAlgorithm.CUBIC;

import dev.knothole.protocol.link.Congestion;
import dev.knothole.protocol.link.bench.netty.Flavour;
import dev.knothole.protocol.link.bench.netty.SocketKind;
import dev.knothole.protocol.link.bench.ours.Ours;
import dev.knothole.protocol.link.bench.tcp.Tls;
import dev.knothole.protocol.link.bench.transport.Credentials;
import dev.knothole.protocol.link.bench.transport.Dialer;
import dev.knothole.protocol.link.bench.transport.Listener;
import dev.knothole.protocol.link.udp.Offload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;

/// Who takes part. A process loads the classes of its own contestant only, since start and memory
/// are measured.
public enum Contestant {
  OURS("ours", "Knothole BBR", Part.OURS),
  OURS_CUBIC("ours-cubic", "Knothole CUBIC", Part.OURS),
  OURS_PLAIN("ours-plain", "Knothole BBR, no offload", Part.OURS),
  NETTY_NIO("netty-nio", "Netty NIO CUBIC", Part.YARDSTICK),
  NETTY_NIO_BBR("netty-nio-bbr", "Netty NIO BBR", Part.YARDSTICK),
  NETTY_EPOLL("netty-epoll", "Netty epoll+GSO CUBIC", Part.YARDSTICK),
  NETTY_EPOLL_BBR("netty-epoll-bbr", "Netty epoll+GSO BBR", Part.YARDSTICK),
  TCP("tcp", "TCP+TLS (JDK)", Part.ONLOOKER);

  /// What a contestant's figures are for.
  enum Part {
    /// To be judged by the yardsticks.
    OURS,
    YARDSTICK,
    /// To be seen.
    ONLOOKER
  }

  private final String word;
  private final String title;
  private final Part part;

  Contestant(String word, String title, Part part) {
    this.word = word;
    this.title = title;
    this.part = part;
  }

  /// As users choose it.
  String word() {
    return word;
  }

  /// As tables head its column.
  String title() {
    return title;
  }

  Part part() {
    return part;
  }

  /// Whether it can go through a proxy of datagrams.
  boolean speaksDatagrams() {
    return this != TCP;
  }

  public static Contestant named(String word) {
    return Arrays.stream(values())
        .filter(contestant -> contestant.word.equals(word))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no contestant '" + word + "' but " + everyWord()));
  }

  private static String everyWord() {
    return Arrays.stream(values()).map(Contestant::word).collect(Collectors.joining(", "));
  }

  public Listener listen(InetSocketAddress at, Credentials credentials)
      throws IOException, GeneralSecurityException {
    return switch (this) {
      case OURS -> new Ours(Congestion.BBR, Offload.WHEN_BUSY).listen(at, credentials);
      case OURS_CUBIC -> new Ours(Congestion.CUBIC, Offload.WHEN_BUSY).listen(at, credentials);
      case OURS_PLAIN -> new Ours(Congestion.BBR, Offload.NEVER).listen(at, credentials);
      case NETTY_NIO -> new Flavour(SocketKind.NIO, CUBIC).listen(at, credentials);
      case NETTY_NIO_BBR -> new Flavour(SocketKind.NIO, BBR).listen(at, credentials);
      case NETTY_EPOLL -> new Flavour(SocketKind.EPOLL, CUBIC).listen(at, credentials);
      case NETTY_EPOLL_BBR -> new Flavour(SocketKind.EPOLL, BBR).listen(at, credentials);
      case TCP -> Tls.listen(at, credentials);
    };
  }

  public Dialer dialer(InetSocketAddress at, Credentials credentials)
      throws IOException, GeneralSecurityException {
    return switch (this) {
      case OURS -> new Ours(Congestion.BBR, Offload.WHEN_BUSY).dialer(at, credentials);
      case OURS_CUBIC -> new Ours(Congestion.CUBIC, Offload.WHEN_BUSY).dialer(at, credentials);
      case OURS_PLAIN -> new Ours(Congestion.BBR, Offload.NEVER).dialer(at, credentials);
      case NETTY_NIO -> new Flavour(SocketKind.NIO, CUBIC).dialer(at, credentials);
      case NETTY_NIO_BBR -> new Flavour(SocketKind.NIO, BBR).dialer(at, credentials);
      case NETTY_EPOLL -> new Flavour(SocketKind.EPOLL, CUBIC).dialer(at, credentials);
      case NETTY_EPOLL_BBR -> new Flavour(SocketKind.EPOLL, BBR).dialer(at, credentials);
      case TCP -> Tls.dialer(at, credentials);
    };
  }

  /// The kind of thread that reads and writes fastest: for sockets that block, and between event
  /// loops of platform threads (130 to 160 µs for a request and its reply, and 150 to 190 with
  /// virtual ones, over Netty NIO on a busy machine), one of the system's.
  public ThreadFactory threads() {
    return Thread.ofPlatform().daemon().factory();
  }
}
