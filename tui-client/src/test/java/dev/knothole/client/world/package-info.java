/// An Internet in one thread and in virtual time, for tests of whole programs.
///
/// [SimulatedInternet] owns the clock and everything that is under way. A [Program] is attached
/// with a [Socket] to a [Place]: the open Internet, or a network behind a [SimulatedNat]. It gets
/// datagrams and due timers, and uses its socket to send and to be woken. That is the whole border;
/// anything that can be driven by datagrams and time can live here.
///
/// The [Weather] says what happens to datagrams on their way. Equal seeds give equal worlds, and a
/// failing world says which it was.
@NullMarked
package dev.knothole.client.world;

import org.jspecify.annotations.NullMarked;
