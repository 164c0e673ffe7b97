package dev.knothole.client.ui;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import dev.knothole.client.app.AppState;
import dev.knothole.client.app.Client;
import dev.knothole.client.app.Effect;
import dev.knothole.client.app.Event;
import dev.knothole.client.app.Hands;
import dev.knothole.client.app.Somebody;
import dev.knothole.client.peer.PeerEvent;
import dev.knothole.client.text.CellWidth;
import dev.knothole.client.ui.term.CellGrid;
import dev.knothole.client.ui.term.TermEvent;
import dev.knothole.protocol.Username;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Somebody at a keyboard and a screen: a whole client without terminal, network and clock.
public final class Person {
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final Client client;
  private final Window window = new Window(CellWidth.COMMON, ZoneOffset.UTC);
  private TerminalSize size;
  private Instant now = START;

  public Person(String name, int columns, int rows) {
    this(name, columns, rows, new SplittableRandom(1));
  }

  public Person(String name, int columns, int rows, RandomGenerator random) {
    this.client = Somebody.called(new Username(name), Hands.ON_KEYS, random, START);
    this.size = new TerminalSize(columns, rows);
  }

  public AppState state() {
    return client.state();
  }

  public void resize(int columns, int rows) {
    size = new TerminalSize(columns, rows);
  }

  public void at(Instant time) {
    now = time;
  }

  /// Types text; a line break is the Enter key.
  public List<Effect> type(String text) {
    var effects = new ArrayList<Effect>();
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      effects.addAll(
          codePoint == '\n'
              ? press(new KeyStroke(KeyType.Enter))
              : input(new TermEvent.Text(Character.toString(codePoint))));
    }
    return effects;
  }

  public List<Effect> press(KeyType key) {
    return press(new KeyStroke(key));
  }

  public List<Effect> ctrl(char letter) {
    return press(new KeyStroke(letter, true, false));
  }

  public List<Effect> alt(char letter) {
    return press(new KeyStroke(letter, false, true));
  }

  public List<Effect> press(KeyStroke key) {
    return input(new TermEvent.Key(key));
  }

  public List<Effect> paste(String text) {
    return input(new TermEvent.Paste(text));
  }

  public List<Effect> input(TermEvent input) {
    var effects = new ArrayList<Effect>();
    for (var event : window.read(input, client.state(), size)) {
      effects.addAll(handle(event));
    }
    return effects;
  }

  public List<Effect> hear(PeerEvent news) {
    return handle(new Event.FromNetwork(news));
  }

  public List<Effect> handle(Event event) {
    return client.handle(event, now);
  }

  /// What is on the screen, without the blanks at the ends of the rows.
  public String screen() {
    return String.join("\n", paint().text().lines().map(String::stripTrailing).toList());
  }

  public TerminalPosition cursor() {
    return window.paint(client.state(), size, new CellGrid(size, CellWidth.COMMON).graphics());
  }

  private CellGrid paint() {
    var grid = new CellGrid(size, CellWidth.COMMON);
    window.paint(client.state(), size, grid.graphics());
    return grid;
  }
}
