/// What the program remembers from one start to the next, as values: contacts with the keys they
/// are known by, and messages with how far they have come.
///
/// [dev.knothole.client.history.HistoryInput] is what can be asked of the history on disk, and
/// [dev.knothole.client.history.HistoryEvent] what it answers; it does one after the other, in the
/// order in which it was asked.
///
/// Pure: no file, thread or clock.
@NullMarked
package dev.knothole.client.history;

import org.jspecify.annotations.NullMarked;
