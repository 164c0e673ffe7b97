package dev.knothole.client.ui.term;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.input.KeyType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.LinkedBlockingQueue;

/// Shows what the terminal says, to be tried by hand: `q` quits, `x` throws, Ctrl-Z suspends,
/// Ctrl-L repaints, `e` shows clusters that terminals disagree about, framed.
final class EchoDemo {
  private static final String[] CLUSTERS = {
    "日本語",
    "\u2705\u2B50",
    "e\u0301",
    "👨‍👩‍👧",
    "🇩🇪",
    "👍🏽",
    "❤️",
    "ℹ️",
    "1️⃣",
    "क्षि",
    "🏳️‍🌈",
    "한국",
    "🫨",
    "\u2500x"
  };

  private EchoDemo() {}

  public static void main(String... arguments) throws Exception {
    var events = new LinkedBlockingQueue<TermEvent>();
    int status = 0;
    try (var full = FullScreen.open(events::add)) {
      full.setTitle("echo demo");
      status = run(full, events);
    } catch (NoTerminal e) {
      System.err.println(e.getMessage());
      status = 2;
    }
    System.exit(status);
  }

  private static int run(FullScreen full, LinkedBlockingQueue<TermEvent> events) throws Exception {
    var lines = new ArrayDeque<String>();
    boolean clusters = false;
    while (true) {
      paint(full, lines, clusters);
      var event = events.take();
      lines.add(event.toString().replace('\n', '|'));
      switch (event) {
        case TermEvent.Closed(int signal) -> {
          return 128 + signal;
        }
        case TermEvent.Text(var text) -> {
          if (text.equals("q")) {
            return 0;
          }
          if (text.equals("x")) {
            throw new IllegalStateException("asked for");
          }
          clusters ^= text.equals("e");
        }
        case TermEvent.Key(var key) -> {
          if (key.isCtrlDown() && key.getKeyType() == KeyType.Character) {
            switch (key.getCharacter()) {
              case 'z' -> full.suspend();
              case 'l' -> full.repaint();
              default -> {}
            }
          }
        }
        default -> {}
      }
    }
  }

  private static void paint(FullScreen full, Deque<String> lines, boolean clusters) {
    var g = full.graphics();
    int columns = g.getSize().getColumns();
    int rows = g.getSize().getRows();
    g.fill(' ');
    g.setBackgroundColor(TextColor.ANSI.BLUE).setForegroundColor(TextColor.ANSI.WHITE_BRIGHT);
    g.putString(0, 0, " ".repeat(columns));
    g.putString(1, 0, "echo demo " + columns + "x" + rows, SGR.BOLD);
    g.setBackgroundColor(TextColor.ANSI.DEFAULT).setForegroundColor(TextColor.ANSI.DEFAULT);
    while (lines.size() > Math.max(0, rows - 2)) {
      lines.removeFirst();
    }
    int row = 1;
    for (var line : lines) {
      g.putString(0, row, "peer");
      g.putString(14, row, "│" + line);
      row++;
    }
    if (clusters) {
      for (int at = 0; at < CLUSTERS.length; at++) {
        g.putString(20, at + 1, CLUSTERS[at] + "|");
        g.putString(40, at + 1, "│" + CLUSTERS[at].codePointAt(0));
      }
    }
    g.putString(0, rows - 1, "> ");
    full.setCursor(new TerminalPosition(2, rows - 1));
    full.refresh();
  }
}
