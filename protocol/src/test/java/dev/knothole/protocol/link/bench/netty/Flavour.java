package dev.knothole.protocol.link.bench.netty;

import dev.knothole.protocol.link.bench.transport.Credentials;
import dev.knothole.protocol.link.bench.transport.Dialer;
import dev.knothole.protocol.link.bench.transport.Listener;
import dev.knothole.protocol.link.bench.transport.PinnedTrust;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// One of the ways in which Netty can do it.
public record Flavour(SocketKind sockets, QuicCongestionControlAlgorithm controller) {
  static final String PROTOCOL = "bench";

  /// What fits into an Ethernet packet of 1500 bytes over IPv4, and over IPv6 with something to
  /// spare.
  private static final int DATAGRAM = 1452;

  private static final long CONNECTION_WINDOW = 16L << 20;
  private static final long STREAM_WINDOW = 8L << 20;
  private static final long STREAMS = 1_000;
  private static final long IDLE_SECONDS = 60;

  public Listener listen(InetSocketAddress at, Credentials credentials) throws IOException {
    var ssl =
        QuicSslContextBuilder.forServer(
                credentials.own().key(), null, credentials.own().certificate())
            .clientAuth(ClientAuth.REQUIRE)
            .trustManager(new PinnedTrust(credentials.peer()))
            .applicationProtocols(PROTOCOL)
            .build();
    return NettyListener.open(this, at, settled(new QuicServerCodecBuilder()).sslContext(ssl));
  }

  public Dialer dialer(InetSocketAddress at, Credentials credentials) throws IOException {
    var ssl =
        QuicSslContextBuilder.forClient()
            .keyManager(credentials.own().key(), null, credentials.own().certificate())
            .trustManager(new PinnedTrust(credentials.peer()))
            // The key is pinned; self-signed certificates name no host.
            .endpointIdentificationAlgorithm(null)
            .applicationProtocols(PROTOCOL)
            .build();
    return NettyDialer.open(this, at, settled(new QuicClientCodecBuilder()).sslContext(ssl));
  }

  private <B extends QuicCodecBuilder<B>> B settled(B codec) {
    return codec
        .congestionControlAlgorithm(controller)
        .maxSendUdpPayloadSize(DATAGRAM)
        .maxRecvUdpPayloadSize(DATAGRAM)
        .maxIdleTimeout(IDLE_SECONDS, TimeUnit.SECONDS)
        .initialMaxData(CONNECTION_WINDOW)
        .initialMaxStreamDataBidirectionalLocal(STREAM_WINDOW)
        .initialMaxStreamDataBidirectionalRemote(STREAM_WINDOW)
        .initialMaxStreamsBidirectional(STREAMS)
        .activeConnectionIdLimit(8)
        .activeMigration(true);
  }
}
