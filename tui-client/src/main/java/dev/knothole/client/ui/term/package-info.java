/// The terminal below the views: bytes in, cells out.
///
/// Views draw on a [CellGrid] through Lanterna's `TextGraphics`; [FrameEncoder] turns the
/// difference between what the terminal shows and what it should show into the fewest bytes, and
/// one write carries them. In the other direction [InputParser] turns bytes into [TermEvent]s.
/// [TermCaps] says what the terminal at hand understands. These four are pure: values in, values
/// out, time as an argument.
///
/// [Tty] is the only class that touches the world: raw mode, size, signals, reading and writing, by
/// a handful of calls into the C library. [FullScreen] joins the two halves and gives the terminal
/// back as it was, whatever happens.
@NullMarked
package dev.knothole.client.ui.term;

import org.jspecify.annotations.NullMarked;
