/// What every contestant of the benchmark looks like to the programs that measure it: connections
/// that carry streams of bytes, read and written by threads that wait.
///
/// Waiting is how Knothole uses its link. An event-driven contestant gets a bridge as good as its
/// users would write it; what the bridge costs is part of what it costs to use that contestant.
@NullMarked
package dev.knothole.protocol.link.bench.transport;

import org.jspecify.annotations.NullMarked;
