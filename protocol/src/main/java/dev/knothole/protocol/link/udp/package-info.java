/// The UDP edge of the link: one port, batches of datagrams in and out, no decisions of the
/// protocol. The one package of `protocol` that touches the world.
@NullMarked
package dev.knothole.protocol.link.udp;

import org.jspecify.annotations.NullMarked;
