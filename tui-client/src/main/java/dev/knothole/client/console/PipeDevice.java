package dev.knothole.client.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;

/// Standard input and output as they are: no prompt, no escape byte.
final class PipeDevice implements LineDevice {
  private final BufferedReader in;
  private final PrintStream out;
  private final Consumer<ConsoleInput> sink;

  PipeDevice(InputStream in, PrintStream out, Consumer<ConsoleInput> sink) {
    this.in = new BufferedReader(new InputStreamReader(in, UTF_8));
    this.out = out;
    this.sink = sink;
  }

  @Override
  public void start() {
    Thread.ofPlatform().daemon().name("stdin").start(this::read);
  }

  private void read() {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        sink.accept(new ConsoleInput.Line(line));
      }
    } catch (IOException e) {
      print("!! The input cannot be read: " + e.getMessage() + ".");
    }
    sink.accept(new ConsoleInput.Ended());
  }

  @Override
  public boolean echoes() {
    return false;
  }

  @Override
  public void print(String text) {
    out.println(text);
  }

  @Override
  public void prompt(String prompt, List<String> names) {}

  @Override
  public void close() {
    out.flush();
  }
}
