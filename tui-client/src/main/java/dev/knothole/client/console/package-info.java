/// The same client line by line, for terminals without full screen, screen readers and scripts.
///
/// A reader thread takes lines, from JLine with prompt, history and completion when a person types,
/// or plainly when the input is a pipe; each becomes a [ConsoleInput]. Lines of the chats are
/// printed as they come, one event a line. A pipe's output never holds an escape byte.
@NullMarked
package dev.knothole.client.console;

import org.jspecify.annotations.NullMarked;
