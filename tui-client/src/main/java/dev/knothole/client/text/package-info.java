/// Text as a terminal sees it: what a reader takes for one character, how many columns it fills,
/// which of it may be drawn at all, and where a row ends.
///
/// The unit everywhere is the *cluster*, an extended grapheme cluster after UAX #29: the cursor
/// steps over it, the backspace key removes it, a cell of the screen holds it. [Graphemes] finds
/// clusters, [CellWidth] measures them, [Wrap] breaks lines between them. Text that a stranger
/// wrote passes [Sanitizer] before any of this.
///
/// Pure: plain values in, plain values out.
@NullMarked
package dev.knothole.client.text;

import org.jspecify.annotations.NullMarked;
