package dev.knothole.client.ui.term;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Consumer;

/// Reads the terminal on a thread of its own and hands on what it says.
///
/// A platform thread: a virtual one would keep its carrier while it waits inside the C library.
final class KeyReader implements Runnable {
  /// A paste of this size arrives in one read.
  private static final int BUFFER_BYTES = 1 << 16;

  private final Tty tty;
  private final Consumer<TermEvent> sink;
  private final InputParser parser = new InputParser();

  private KeyReader(Tty tty, Consumer<TermEvent> sink) {
    this.tty = tty;
    this.sink = sink;
  }

  static void start(Tty tty, Consumer<TermEvent> sink) {
    Thread.ofPlatform().daemon().name("terminal-input").start(new KeyReader(tty, sink));
  }

  @Override
  public void run() {
    var bytes = new byte[BUFFER_BYTES];
    try (var arena = Arena.ofConfined()) {
      var buffer = arena.allocate(BUFFER_BYTES);
      int read = tty.read(buffer, patience(System.nanoTime()));
      while (read >= 0) {
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, 0, read);
        post(bytes, read);
        read = tty.read(buffer, patience(System.nanoTime()));
      }
    }
    if (!tty.isClosing()) {
      sink.accept(new TermEvent.Closed(0));
    }
  }

  private void post(byte[] bytes, int read) {
    long now = System.nanoTime();
    List<TermEvent> events = read > 0 ? parser.feed(bytes, read, now) : parser.expire(now);
    for (var event : events) {
      sink.accept(event);
    }
  }

  /// Milliseconds until the parser is due, rounded up; negative when it waits for nothing.
  private int patience(long now) {
    var due = parser.due();
    return due.isEmpty() ? -1 : (int) Math.max(0, (due.getAsLong() - now + 999_999) / 1_000_000);
  }
}
