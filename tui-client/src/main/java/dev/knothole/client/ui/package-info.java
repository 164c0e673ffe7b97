/// The full-screen front end: keys become events, the state becomes a picture.
///
/// [Window] is the whole of it without a terminal: it says what a key means ([Keys]) and paints the
/// state with Lanterna's `TextGraphics`, view by view: [TitleBar], [PeerList], [MessageView],
/// [StatusBar], [InputView], placed by [Layout]. The same state, size and time zone give the same
/// picture. [Tui] puts it on a real terminal; the terminal itself is [dev.knothole.client.ui.term].
@NullMarked
package dev.knothole.client.ui;

import org.jspecify.annotations.NullMarked;
