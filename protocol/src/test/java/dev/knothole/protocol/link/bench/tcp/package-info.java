/// TCP with TLS 1.3, both of the JDK: the contestant that nobody has to build.
///
/// A connection has one stream. It cannot pass a proxy of datagrams and is bound to its addresses,
/// so it runs only where packets really go from end to end. Its congestion control is the kernel's.
@NullMarked
package dev.knothole.protocol.link.bench.tcp;

import org.jspecify.annotations.NullMarked;
