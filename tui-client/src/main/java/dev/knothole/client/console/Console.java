package dev.knothole.client.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knothole.client.app.Action;
import dev.knothole.client.app.AppState;
import dev.knothole.client.app.ChatId;
import dev.knothole.client.app.Event;
import dev.knothole.client.app.FrontEnd;
import dev.knothole.client.app.Hands;
import dev.knothole.client.app.Line;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/// The front end of lines.
public final class Console implements FrontEnd<ConsoleInput> {
  private final ZoneId zone;
  private final LineDevice device;

  private Console(LineDevice device, ZoneId zone) {
    this.device = device;
    this.zone = zone;
  }

  /// Starts reading. A person gets a prompt, a pipe does not.
  ///
  /// @param sink may block to slow the reader down
  public static Console open(boolean interactive, ZoneId zone, Consumer<ConsoleInput> sink)
      throws IOException {
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    LineDevice device =
        interactive ? PromptDevice.open(sink) : new PipeDevice(System.in, out, sink);
    device.start();
    return new Console(device, zone);
  }

  @Override
  public Hands hands() {
    return Hands.ON_LINES;
  }

  @Override
  public List<Event> read(ConsoleInput input, AppState state) {
    return switch (input) {
      case ConsoleInput.Line(var text) -> List.of(new Event.Entered(text));
      case ConsoleInput.Interrupted _ -> List.of(new Event.Acted(Action.INTERRUPT));
      case ConsoleInput.Ended _ -> List.of(new Event.InputEnded());
    };
  }

  /// What a person typed stands at the prompt already.
  @Override
  public void appended(AppState state, ChatId chat, Line line) {
    boolean seen = device.echoes() && line instanceof Line.Mine;
    if (!seen) {
      String where = chat.equals(state.active().id()) ? "" : "[" + state.title(chat) + "] ";
      device.print(PrintedLine.of(line, where, zone));
    }
  }

  @Override
  public boolean show(AppState state) {
    device.prompt(state.active().title() + "> ", state.names());
    return true;
  }

  @Override
  public void close() {
    device.close();
  }
}
