/// How fast the relay is: a [dev.knothole.relay.bench.Crowd] of real sockets against a
/// [dev.knothole.relay.bench.RelayProcess] over loopback. `scripts/bench relay` runs it.
@NullMarked
package dev.knothole.relay.bench;

import org.jspecify.annotations.NullMarked;
