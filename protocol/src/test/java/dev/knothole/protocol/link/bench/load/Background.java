package dev.knothole.protocol.link.bench.load;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

/// Work that another thread does.
record Background<T>(FutureTask<T> task) {
  static <T> Background<T> start(ThreadFactory threads, Callable<T> work) {
    var task = new FutureTask<>(work);
    threads.newThread(task).start();
    return new Background<>(task);
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
