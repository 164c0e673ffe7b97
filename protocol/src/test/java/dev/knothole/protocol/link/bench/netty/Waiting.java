package dev.knothole.protocol.link.bench.netty;

import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/// From Netty's futures to threads that wait.
final class Waiting {
  private Waiting() {}

  static <T extends @Nullable Object> T on(Future<T> future) throws IOException {
    try {
      future.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
    if (future.cause() != null) {
      throw new IOException(future.cause());
    }
    return future.getNow();
  }

  static InterruptedIOException interrupted(InterruptedException cause) {
    var interrupted = new InterruptedIOException();
    interrupted.initCause(cause);
    return interrupted;
  }
}
