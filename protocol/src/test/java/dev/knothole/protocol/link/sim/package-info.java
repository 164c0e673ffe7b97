/// A network that is not there: time, paths, and routers that change addresses, all of it decided
/// by seeds.
///
/// [dev.knothole.protocol.link.sim.VirtualTime] lets things happen in order. A
/// [dev.knothole.protocol.link.sim.SimulatedPath] carries packets one way, in a
/// [dev.knothole.protocol.link.sim.Shape] and with the [dev.knothole.protocol.link.sim.Trouble]
/// that it is given. A [dev.knothole.protocol.link.sim.Line] joins two sockets by a path each way
/// and keeps the account that no unproven address is sent more than three times what came from it.
@NullMarked
package dev.knothole.protocol.link.sim;

import org.jspecify.annotations.NullMarked;
