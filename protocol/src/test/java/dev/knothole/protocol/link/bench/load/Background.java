package dev.knothole.protocol.link.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Work that another thread does.
record Background<T>(FutureTask<T> task) {
  static <T> Background<T> start(ThreadFactory threads, Callable<T> work) {
    var task = new FutureTask<>(work);
    threads.newThread(task).start();
    return new Background<>(task);
  }

  /// Whether it is done, or failed, within a time.
  boolean isOver(Duration limit) throws IOException {
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException _) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// @throws IOException whatever made the work fail, as its cause
  T await() throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
