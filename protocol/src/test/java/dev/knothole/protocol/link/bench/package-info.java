/// How good the link is, side by side with Netty QUIC and with the JDK's own TCP and TLS.
/// `scripts/bench link` runs it.
///
/// [dev.knothole.protocol.link.bench.LinkBenchmark] starts, for each
/// [dev.knothole.protocol.link.bench.Contestant] in turn and several times over, the two programs
/// of [dev.knothole.protocol.link.bench.load] with a chat client's small JVM, and lets them work in
/// four scenes: over loopback, between two network namespaces that lose packets, through
/// [dev.knothole.protocol.link.bench.delay.DelayedPath], and while something happens to the path.
/// A [dev.knothole.protocol.link.bench.Cell] is one row of the tables that come out.
///
/// Where a path is slow or loses packets, a flow is measured for a fixed time after it has run for
/// a while; a fixed amount would give the slow ones the time to find their pace and the fast ones
/// none.
@NullMarked
package dev.knothole.protocol.link.bench;

import org.jspecify.annotations.NullMarked;
