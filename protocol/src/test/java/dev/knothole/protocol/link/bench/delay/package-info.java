/// A path between two processes: delay, loss, a bottleneck with a queue, and accidents, in a
/// process of its own. IPv4 and Linux only.
///
/// It must not be the bottleneck itself, so it speaks to the kernel directly: datagrams come and go
/// many at a time where the kernel joins them (`UDP_GRO`, `UDP_SEGMENT`), and stay where they were
/// received until they leave. One thread does it all.
@NullMarked
package dev.knothole.protocol.link.bench.delay;

import org.jspecify.annotations.NullMarked;
