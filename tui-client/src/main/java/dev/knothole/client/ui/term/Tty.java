package dev.knothole.client.ui.term;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import com.googlecode.lanterna.TerminalSize;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/// The terminal as a device: raw mode, size, bytes in and out.
///
/// It is opened anew, apart from standard input and output, so that writing need not wait: the flag
/// for that belongs to an open file, and the shell shares the others.
final class Tty implements AutoCloseable {
  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final int SLICE_MILLIS = 100;
  private static final TerminalSize FALLBACK = new TerminalSize(80, 24);

  private final Arena memory = Arena.ofShared();
  private final int descriptor;
  private final int wakeReader;
  private final int wakeWriter;
  private final MemorySegment found = memory.allocate(CLibrary.TERMIOS_SIZE, 8);
  private final MemorySegment raw = memory.allocate(CLibrary.TERMIOS_SIZE, 8);
  private volatile boolean closing;

  private Tty(int descriptor, int wakeReader, int wakeWriter) {
    this.descriptor = descriptor;
    this.wakeReader = wakeReader;
    this.wakeWriter = wakeWriter;
  }

  static Tty open() throws NoTerminal {
    try (var arena = Arena.ofConfined()) {
      var scratch = arena.allocate(CLibrary.TERMIOS_SIZE, 8);
      if (!CLibrary.attributes(CLibrary.STANDARD_INPUT, scratch)) {
        throw new NoTerminal("The input is not a terminal");
      }
      if (!CLibrary.attributes(CLibrary.STANDARD_OUTPUT, scratch)) {
        throw new NoTerminal("The output is not a terminal");
      }
      int descriptor = CLibrary.open("/dev/tty");
      if (descriptor < 0 || !CLibrary.pipe(scratch)) {
        throw new NoTerminal("The terminal cannot be opened (error " + -descriptor + ")");
      }
      var tty =
          new Tty(descriptor, scratch.getAtIndex(JAVA_INT, 0), scratch.getAtIndex(JAVA_INT, 1));
      CLibrary.attributes(descriptor, tty.found);
      return tty;
    }
  }

  /// Every key as it is pressed, no echo, no signals, no flow control, no output processing.
  void makeRaw() {
    MemorySegment.copy(found, 0, raw, 0, found.byteSize());
    CLibrary.makeRaw(raw);
    CLibrary.setAttributes(descriptor, raw);
  }

  /// The settings from before [#makeRaw()].
  void restore() {
    CLibrary.setAttributes(descriptor, found);
  }

  TerminalSize size() {
    try (var arena = Arena.ofConfined()) {
      var size = arena.allocate(8, 8);
      if (!CLibrary.windowSize(descriptor, size)) {
        return FALLBACK;
      }
      int rows = Short.toUnsignedInt(size.getAtIndex(JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(size.getAtIndex(JAVA_SHORT, 1));
      return rows == 0 || columns == 0 ? FALLBACK : new TerminalSize(columns, rows);
    }
  }

  /// Writes all bytes, or gives up when the terminal takes none for so long, is gone, or is being
  /// closed; then some may have been written.
  boolean write(byte[] bytes, Duration patience) {
    return write(bytes, patience.toMillis(), false);
  }

  /// Writes what has to be written while the terminal is being closed.
  boolean writeLast(byte[] bytes, Duration patience) {
    return write(bytes, patience.toMillis(), true);
  }

  private boolean write(byte[] bytes, long patience, boolean last) {
    try (var arena = Arena.ofConfined()) {
      var rest = arena.allocateFrom(JAVA_BYTE, bytes);
      long left = patience;
      while (rest.byteSize() > 0) {
        int written = CLibrary.write(descriptor, rest);
        if (written >= 0) {
          rest = rest.asSlice(written);
        } else if (written == -CLibrary.EAGAIN) {
          if (left <= 0 || (closing && !last)) {
            return false;
          }
          left -= awaitWritable(arena) ? 0 : SLICE_MILLIS;
        } else if (written != -CLibrary.EINTR) {
          return false;
        }
      }
      return true;
    }
  }

  private boolean awaitWritable(Arena arena) {
    var poll = arena.allocate(8, 8);
    put(poll, 0, descriptor, POLLOUT);
    return CLibrary.poll(poll, SLICE_MILLIS) > 0;
  }

  /// Waits for input.
  ///
  /// @param millis how long, or negative for ever
  /// @return the number of bytes read, 0 when none came, negative when none will come any more
  int read(MemorySegment into, int millis) {
    try (var arena = Arena.ofConfined()) {
      var polls = arena.allocate(16, 8);
      put(polls, 0, descriptor, POLLIN);
      put(polls, 1, wakeReader, POLLIN);
      if (CLibrary.poll(polls, millis) <= 0) {
        return 0;
      }
      if (closing) {
        return -1;
      }
      int read = CLibrary.read(descriptor, into);
      return read > 0 ? read : read == -CLibrary.EAGAIN || read == -CLibrary.EINTR ? 0 : -1;
    }
  }

  private static void put(MemorySegment polls, int index, int descriptor, short events) {
    polls.set(JAVA_INT, index * 8L, descriptor);
    polls.set(JAVA_SHORT, index * 8L + 4, events);
  }

  boolean isClosing() {
    return closing;
  }

  /// Wakes whoever waits for the terminal, to find that it is being closed.
  void beginClosing() {
    closing = true;
    try (var arena = Arena.ofConfined()) {
      CLibrary.write(wakeWriter, arena.allocate(1));
    }
  }

  /// The descriptors live as long as the process: a late reader must not find others in their
  // place.
  @Override
  public void close() {
    beginClosing();
    restore();
  }
}
