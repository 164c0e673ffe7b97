package dev.knothole.client.console;

import dev.knothole.client.app.Completion;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// A terminal with JLine: prompt, history, completion. What comes in is printed above the prompt.
final class PromptDevice implements LineDevice {
  private final Terminal terminal;
  private final LineReader reader;
  private final Consumer<ConsoleInput> sink;

  /// Written by the controller, read by the reader thread at the next prompt and at each Tab.
  private volatile Asked asked = new Asked("", List.of());

  private record Asked(String prompt, List<String> names) {}

  private PromptDevice(Terminal terminal, Consumer<ConsoleInput> sink) {
    this.terminal = terminal;
    this.sink = sink;
    // Quotes and backslashes are plain text in a chat.
    var parser = new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);
    reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(parser)
            .completer(this::complete)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  static PromptDevice open(Consumer<ConsoleInput> sink) throws IOException {
    return new PromptDevice(TerminalBuilder.builder().system(true).build(), sink);
  }

  @Override
  public void start() {
    Thread.ofPlatform().daemon().name("prompt").start(this::read);
  }

  private void read() {
    while (true) {
      try {
        sink.accept(new ConsoleInput.Line(reader.readLine(asked.prompt())));
      } catch (UserInterruptException e) {
        sink.accept(new ConsoleInput.Interrupted());
      } catch (EndOfFileException e) {
        sink.accept(new ConsoleInput.Ended());
        return;
      }
    }
  }

  private void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String before = line.line().substring(0, line.cursor());
    for (var word : Completion.of(before, asked.names()).candidates()) {
      candidates.add(new Candidate(word.strip()));
    }
  }

  @Override
  public boolean echoes() {
    return true;
  }

  @Override
  public void print(String text) {
    reader.printAbove(text);
  }

  @Override
  public void prompt(String prompt, List<String> names) {
    boolean changed = !prompt.equals(asked.prompt());
    asked = new Asked(prompt, List.copyOf(names));
    // The reader asked for the next line before this chat came into view.
    if (changed && reader.isReading() && reader instanceof LineReaderImpl waiting) {
      waiting.setPrompt(prompt);
      waiting.redisplay();
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      // The terminal is gone already; there is nothing to give back.
      return;
    }
  }
}
