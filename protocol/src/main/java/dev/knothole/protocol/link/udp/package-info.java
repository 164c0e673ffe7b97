/// The UDP edge of the link: one port, batches of datagrams out and in, and no decision of the
/// protocol. It is the one package of `protocol` that touches the world, and so the one that is
/// not held to the rules of the pure ones.
///
/// # One socket
///
/// A [UdpSocket] is a `DatagramChannel` that never waits inside a call. The waiting is done by a
/// selector, for the sake of interrupts: an interrupted thread closes a blocking channel, and
/// with it the links of everyone, whichever application thread it was that happened to send. It
/// costs 0.25 µs per datagram received one by one (1.27 to 1.81 against 1.04 to 1.45 µs of CPU).
///
/// Whatever the network says ends nothing: [Sent] tells what became of a batch, and a receive goes
/// on after any error. Nothing is fragmented, so that the path's MTU can be searched for, except
/// where less than the 1200 bytes of the link would fit otherwise.
///
/// # Offload
///
/// On Linux one call takes up to 64 datagrams to the kernel, which cuts them (UDP_SEGMENT), and
/// one brings what it glued together (UDP_GRO). Datagrams of 1200 bytes, 44 at once, on loopback
/// with two cores (AMD EPYC, Linux 6.18, JDK 25): [UdpSocket] spends 0.15 to 0.19 µs of CPU on
/// each sent and 0.16 to 0.19 µs on each received, against 2.3 to 3.1 and 1.3 to 1.9 µs one by
/// one. `sendmsg`, which carries the size along, costs what a plain send after a `setsockopt` does
/// (0.13 to 0.21 against 0.14 to 0.18 µs), and leaves no state in the socket. `recvmsg` costs 0.03
/// µs more than a plain receive, but tells the size of what was glued: a packet of the link would
/// be found without it, but the texts of other programs on the same port would not, and one forged
/// datagram would spoil all that it was glued to.
///
/// The kernel's refusals are of two kinds. If what it would not take as a batch goes through one by
/// one, offload is at fault and off for good; if not, the size of the datagrams was.
///
/// # The descriptor
///
/// The JDK does not give away the number by which the kernel knows a channel. Opening its package
/// by a flag takes 6 ms of every start of the JVM (40 against 34 ms) and has to be asked for by
/// everyone who starts one; a socket made by C alone would need a second implementation of all
/// that the channel does. A look through `/proc/self/fd` for the socket with this address costs
/// neither, and where it finds none, or the program may not call C, there is no offload.
///
/// # The reader's thread
///
/// A platform thread: [UdpSocket#receive] there took 1.3 to 1.9 µs of CPU for each datagram and
/// with offload 0.16 to 0.19 µs; on a virtual thread, which every wait hands to another thread to
/// wait for, 1.7 to 2.7 and 0.24 to 0.27 µs. Round trips of 100 bytes between two readers: 8 to
/// 12 µs in the median against 15 to 22 µs where the cores are awake, 68 to 75 against 22 to 112 µs
/// where each has to be woken. Virtual threads may send.
@NullMarked
package dev.knothole.protocol.link.udp;

import org.jspecify.annotations.NullMarked;
