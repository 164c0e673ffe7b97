package dev.knothole.client.ui.term;

import com.googlecode.lanterna.input.KeyType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Turns the bytes of a terminal into events: text, keys, pastes, mouse, focus.
///
/// Bytes may be cut anywhere. Where what has come may be a whole key or the start of a longer one,
/// the parser waits until [#due()] and is then told so by [#expire(long)]. Whatever is not
/// understood is dropped, never typed. Pure: time is an argument, in nanoseconds of any clock.
final class InputParser {
  /// Longer pastes lose their end. A message is far shorter; a file this long is better sent as
  // one.
  static final int MAX_PASTE_BYTES = 1 << 20;

  /// A lone Escape key acts after this time; terminals write a sequence at once, so only a slow
  /// link splits it.
  static final long ESCAPE_WAIT = Duration.ofMillis(25).toNanos();

  /// What began as a sequence and stops is given up after this time. For as long, the rest of a
  /// sequence that comes late is still known as such.
  static final long SEQUENCE_WAIT = Duration.ofMillis(250).toNanos();

  /// A paste that stops is over after this time.
  static final long PASTE_WAIT = Duration.ofSeconds(10).toNanos();

  private static final int MAX_SEQUENCE_BYTES = 4096;
  private static final int ESC = 0x1B;
  private static final byte[] PASTE_END = "\033[201~".getBytes(StandardCharsets.US_ASCII);

  private enum State {
    GROUND,
    ESCAPE,
    CONTROL,
    LINUX_FUNCTION,
    OLD_MOUSE,
    SINGLE,
    STRING,
    STRING_ESCAPE,
    PASTE
  }

  private final Utf8 utf8 = new Utf8();
  private final ByteQueue sequence = new ByteQueue(MAX_SEQUENCE_BYTES);
  private final ByteQueue paste = new ByteQueue(MAX_PASTE_BYTES + PASTE_END.length);
  private final TypedRun typed = new TypedRun();
  private State state = State.GROUND;
  private boolean alt;
  private long lastByte;
  private boolean escapeGiven;
  private long escapeGivenAt;
  private List<TermEvent> events = new ArrayList<>();

  /// Takes the bytes of one read.
  List<TermEvent> feed(byte[] bytes, int length, long now) {
    lastByte = now;
    typed.begin(now);
    int from = resumesLate(bytes, length, now) ? 1 : 0;
    for (int at = from; at < length; at++) {
      take(bytes[at] & 0xFF);
    }
    escapeGiven &= length == 0;
    return drain();
  }

  /// When [#expire(long)] is to be called if no more bytes come.
  OptionalLong due() {
    if (state == State.GROUND) {
      return utf8.isPending() ? OptionalLong.of(lastByte + SEQUENCE_WAIT) : OptionalLong.empty();
    }
    if (state == State.PASTE) {
      return OptionalLong.of(lastByte + PASTE_WAIT);
    }
    return OptionalLong.of(lastByte + (mayBeAKey() ? ESCAPE_WAIT : SEQUENCE_WAIT));
  }

  /// Decides what was left open, once it is due.
  List<TermEvent> expire(long now) {
    var due = due();
    if (due.isEmpty() || now - due.getAsLong() < 0) {
      return List.of();
    }
    typed.begin(now);
    giveUp(now);
    reset();
    return drain();
  }

  private boolean mayBeAKey() {
    return state == State.ESCAPE || (state == State.STRING && sequence.size() == 1);
  }

  private void giveUp(long now) {
    switch (state) {
      case ESCAPE -> {
        add(KeyTable.key(KeyType.Escape, alt ? Modifiers.ALT : Modifiers.NONE));
        escapeGiven = true;
        escapeGivenAt = now;
      }
      case CONTROL, SINGLE, STRING -> {
        if (sequence.size() == 1) {
          add(KeyTable.character(sequence.at(0), Modifiers.ALT));
        }
      }
      case PASTE -> endPaste();
      case GROUND, LINUX_FUNCTION, OLD_MOUSE, STRING_ESCAPE -> {}
    }
  }

  /// Whether a read continues the sequence whose Escape was taken for a key, being late: it then
  /// comes in one piece, which fingers cannot do.
  private boolean resumesLate(byte[] bytes, int length, long now) {
    if (!escapeGiven || now - escapeGivenAt > SEQUENCE_WAIT || length < 2) {
      return false;
    }
    boolean control = bytes[0] == '[' && wholeSequence(bytes, length);
    boolean single = bytes[0] == 'O' && length == 2 && KeyTable.letter((char) bytes[1]) != null;
    if (control || single) {
      enter(control ? State.CONTROL : State.SINGLE, bytes[0]);
    }
    return control || single;
  }

  private static boolean wholeSequence(byte[] bytes, int length) {
    int at = 1;
    while (at < length && bytes[at] >= 0x20 && bytes[at] < 0x40) {
      at++;
    }
    return at < length && bytes[at] >= 0x40 && bytes[at] < 0x7F;
  }

  private void take(int value) {
    switch (state) {
      case GROUND -> ground(value);
      case ESCAPE -> escape(value);
      case CONTROL -> control(value);
      case LINUX_FUNCTION -> finish(KeyDecoder.linuxFunction(value, alt));
      case OLD_MOUSE -> oldMouse(value);
      case SINGLE -> single(value);
      case STRING -> string(value);
      case STRING_ESCAPE -> stringEscape(value);
      case PASTE -> paste(value);
    }
  }

  private void ground(int value) {
    if (value >= 0x80) {
      int codePoint = utf8.take(value);
      if (codePoint >= 0xA0) {
        character(codePoint);
      }
      return;
    }
    if (utf8.isPending()) {
      utf8.clear();
      alt = false;
    }
    if (value == ESC) {
      state = State.ESCAPE;
    } else if (value < 0x20 || value == 0x7F) {
      control(value, alt ? Modifiers.ALT : Modifiers.NONE);
    } else {
      character(value);
    }
  }

  private void character(int codePoint) {
    if (alt) {
      alt = false;
      add(KeyTable.character(codePoint, Modifiers.ALT));
    } else {
      typed.text(codePoint);
    }
  }

  private void control(int value, Modifiers held) {
    alt = false;
    if (value == '\r' && !held.alt()) {
      typed.enter();
    } else if ((value == '\n' || value == '\t') && !held.alt()) {
      typed.blank(value, KeyTable.control(value, held));
    } else {
      add(KeyTable.control(value, held));
    }
  }

  private void escape(int value) {
    switch (value) {
      case '[' -> enter(State.CONTROL, value);
      case 'O' -> enter(State.SINGLE, value);
      case ']', 'P', '_', '^', 'X' -> enter(State.STRING, value);
      case ESC -> doubleEscape();
      default -> {
        state = State.GROUND;
        alt = true;
        ground(value);
        alt = utf8.isPending();
      }
    }
  }

  /// Terminals that send Alt as a leading escape put it before sequences as well.
  private void doubleEscape() {
    if (alt) {
      add(KeyTable.key(KeyType.Escape, Modifiers.NONE));
    }
    alt = true;
  }

  private void enter(State next, int introducer) {
    state = next;
    sequence.clear();
    sequence.add(introducer);
  }

  private void control(int value) {
    if (value == '[' && sequence.size() == 1) {
      state = State.LINUX_FUNCTION;
    } else if (value == 'M' && sequence.size() == 1) {
      enter(State.OLD_MOUSE, value);
    } else if ((value == '$' && endsByDollar()) || (value >= 0x40 && value < 0x7F)) {
      endControl((char) value);
    } else {
      collect(value);
    }
  }

  /// rxvt ends Shift-sequences of one number by a dollar sign, which elsewhere stands inside the
  /// terminal's replies.
  private boolean endsByDollar() {
    for (int at = 1; at < sequence.size(); at++) {
      if (sequence.at(at) < '0' || sequence.at(at) > '9') {
        return false;
      }
    }
    return sequence.size() > 1;
  }

  private void endControl(char fin) {
    var whole = ControlSequence.parse(body(), fin);
    if (fin == '~' && whole.mark() == 0 && whole.parameter(0, 0) == 200) {
      reset();
      state = State.PASTE;
    } else {
      finish(KeyDecoder.control(whole, alt));
    }
  }

  private void single(int value) {
    if (value >= '0' && value <= ';') {
      collect(value);
    } else if (value >= 0x20 && value < 0x7F) {
      finish(KeyDecoder.single(ControlSequence.parse(body(), (char) value), alt));
    } else {
      reset();
      take(value);
    }
  }

  private void collect(int value) {
    if (value < 0x20 || value >= 0x7F) {
      reset();
      take(value);
    } else {
      sequence.add(value);
    }
  }

  private String body() {
    return sequence.text().substring(1);
  }

  private void oldMouse(int value) {
    sequence.add(value);
    if (sequence.size() == 4) {
      finish(List.of(MouseReport.old(sequence.at(1), sequence.at(2) - 32, sequence.at(3) - 32)));
    }
  }

  /// Operating system commands and the like: the terminal's answers, up to BEL or `ESC \`.
  private void string(int value) {
    if (value == 0x07) {
      reset();
    } else if (value == ESC) {
      state = State.STRING_ESCAPE;
    } else {
      sequence.add(value);
    }
  }

  private void stringEscape(int value) {
    boolean lone = sequence.size() == 1;
    int introducer = sequence.at(0);
    reset();
    if (value == '\\') {
      return;
    }
    if (lone) {
      add(KeyTable.character(introducer, Modifiers.ALT));
    }
    state = State.ESCAPE;
    take(value);
  }

  private void paste(int value) {
    if (paste.isFull()) {
      paste.slide(PASTE_END.length);
    }
    paste.add(value);
    if (value == '~' && paste.endsWith(PASTE_END)) {
      paste.drop(PASTE_END.length);
      endPaste();
      reset();
    }
  }

  private void endPaste() {
    add(new TermEvent.Paste(TypedRun.lines(paste.text())));
    paste.clear();
  }

  private void finish(List<TermEvent> whole) {
    whole.forEach(this::add);
    reset();
  }

  private void reset() {
    state = State.GROUND;
    alt = false;
    sequence.clear();
    utf8.clear();
  }

  private void add(TermEvent event) {
    if (event instanceof TermEvent.Text(var text)) {
      typed.text(text.codePointAt(0));
      return;
    }
    typed.end(events);
    typed.interrupted();
    events.add(event);
  }

  private List<TermEvent> drain() {
    typed.end(events);
    var drained = List.copyOf(events);
    events = new ArrayList<>();
    return drained;
  }
}
