/// Netty QUIC (quiche and BoringSSL below), tuned as a user who knows it would, and bridged to
/// threads that wait.
///
/// What was done for it: windows that no path here fills, datagrams as long as an Ethernet packet
/// can carry, one event loop per socket, large socket buffers, flushes of many small writes
/// gathered into one, and with epoll segmentation offload, several datagrams per system call.
/// What had to be done against its traps: `isWritable` does not know of writes from other threads,
/// so the bridge counts the bytes under way itself; else a fast writer fills all direct memory.
@NullMarked
package dev.knothole.protocol.link.bench.netty;

import org.jspecify.annotations.NullMarked;
