/// The terminal client's entry: arguments and wiring, nothing else.
///
/// Dependencies point one way: `Main -> shell -> ui | console | store -> app -> peer -> protocol`,
/// and `text` (what a terminal's cells can hold) serves `app`, `ui` and `console`. `peer`, `app`
/// and `text` are pure.
@NullMarked
package dev.knothole.client;

import org.jspecify.annotations.NullMarked;
