/// What the user sees and does, without a screen or a keyboard.
///
/// [Client] is one pure state machine: `handle(event, now) -> effects`. It owns [AppState]: the
/// chats with their lines, drafts and links, and how we stand with the relay. A front end turns
/// keys into [Event]s and paints the state; the network side is asked through [Effect.ToNetwork]
/// and answers with [Event.FromNetwork]. What is typed becomes an [Entry] (a command, a text, or a
/// mistake with a sentence about it).
///
/// Pure: no thread, clock, file, socket or terminal.
@NullMarked
package dev.knothole.client.app;

import org.jspecify.annotations.NullMarked;
