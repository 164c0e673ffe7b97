/// The two programs whose cost is measured. [dev.knothole.protocol.link.bench.load.Served] does
/// what the head of a stream asks for; [dev.knothole.protocol.link.bench.load.Measuring] connects,
/// asks, takes the time, and answers the benchmark line by line.
///
/// Bytes flow from the served to the measuring program and count when they were read there, so no
/// buffer on the way can flatter anybody. Both end when their standard input does.
@NullMarked
package dev.knothole.protocol.link.bench.load;

import org.jspecify.annotations.NullMarked;
