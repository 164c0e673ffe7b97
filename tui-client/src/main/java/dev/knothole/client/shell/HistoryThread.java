package dev.knothole.client.shell;

import dev.knothole.client.history.HistoryEvent;
import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.store.HistoryFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/// The owner of the history on disk: one virtual thread, one queue. What waits together is written
/// together.
final class HistoryThread implements AutoCloseable {
  /// More than a person or a peer causes before the disk has caught up; each is a reference.
  private static final int CAPACITY = 20_000;

  private static final int BATCH = 500;
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private sealed interface Order {
    record Do(HistoryInput input) implements Order {}

    record End() implements Order {}
  }

  private final Path file;
  private final Consumer<HistoryEvent> reports;
  private final BlockingQueue<Order> orders = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread thread = Thread.ofVirtual().name("history").unstarted(this::run);
  private @Nullable HistoryFile history;

  /// @param reports told on the history's own thread; must not block
  HistoryThread(Path file, Consumer<HistoryEvent> reports) {
    this.file = file;
    this.reports = reports;
  }

  void start() {
    thread.start();
  }

  /// Never blocks: what finds the queue full is reported as failed.
  void post(HistoryInput input) {
    if (!orders.offer(new Order.Do(input))) {
      reports.accept(new HistoryEvent.Failed(input, "The disk is too slow for what comes in."));
    }
  }

  private void run() {
    try {
      boolean ended = false;
      while (!ended) {
        var inputs = new ArrayList<HistoryInput>();
        ended = take(inputs);
        if (!inputs.isEmpty()) {
          perform(inputs).forEach(reports);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (history != null) {
        history.close();
      }
    }
  }

  /// @return whether the end has come
  private boolean take(List<HistoryInput> inputs) throws InterruptedException {
    var taken = new ArrayList<Order>();
    taken.add(orders.take());
    orders.drainTo(taken, BATCH);
    for (var order : taken) {
      switch (order) {
        case Order.Do(var input) -> inputs.add(input);
        case Order.End _ -> {
          return true;
        }
      }
    }
    return false;
  }

  /// A file that could not be opened is tried again with the next order: a disk may have room then.
  private List<HistoryEvent> perform(List<HistoryInput> inputs) {
    try {
      if (history == null) {
        history = HistoryFile.open(file);
      }
      return history.perform(inputs);
    } catch (IOException e) {
      Logger.error(e, "the history cannot be opened");
      String sentence = String.valueOf(e.getMessage());
      return inputs.stream()
          .<HistoryEvent>map(input -> new HistoryEvent.Failed(input, sentence))
          .toList();
    }
  }

  /// Writes what was posted before it returns, unless the disk hangs.
  @Override
  public void close() {
    try {
      orders.put(new Order.End());
      if (!thread.join(LONGEST_END)) {
        Logger.warn("the disk did not take everything in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
