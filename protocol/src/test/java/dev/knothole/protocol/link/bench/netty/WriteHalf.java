package dev.knothole.protocol.link.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Gathers what was written until the event loop takes it, all at once, and makes writers wait
/// while too much is under way.
final class WriteHalf {
  private static final int GATHERED = 64 << 10;
  private static final int UNDER_WAY = 256 << 10;

  private final QuicStreamChannel channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ByteBuf> gathered = new ArrayDeque<>();
  private int underWay;
  private boolean flushing;
  private @Nullable Throwable failure;

  WriteHalf(QuicStreamChannel channel) {
    this.channel = channel;
  }

  void write(byte[] from, int at, int length) throws IOException {
    for (int done = 0; done < length; ) {
      lock.lock();
      try {
        awaitRoom();
        done += gather(from, at + done, length - done);
        if (!flushing) {
          flushing = true;
          channel.eventLoop().execute(this::flush);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Waiting.interrupted(e);
      } finally {
        lock.unlock();
      }
    }
  }

  private void awaitRoom() throws IOException, InterruptedException {
    while (underWay >= UNDER_WAY && failure == null) {
      changed.await();
    }
    if (failure != null) {
      throw new IOException(failure);
    }
  }

  private int gather(byte[] from, int at, int length) {
    var last = gathered.peekLast();
    if (last == null || !last.isWritable()) {
      last = channel.alloc().directBuffer(GATHERED, GATHERED);
      gathered.add(last);
    }
    int count = Math.min(Math.min(length, last.writableBytes()), UNDER_WAY - underWay);
    last.writeBytes(from, at, count);
    underWay += count;
    return count;
  }

  /// Runs in the event loop.
  private void flush() {
    lock.lock();
    try {
      flushing = false;
      for (var next = gathered.poll(); next != null; next = gathered.poll()) {
        int size = next.readableBytes();
        var _ = channel.write(next).addListener(result -> written(size, result));
      }
    } finally {
      lock.unlock();
    }
    channel.flush();
  }

  /// Writers are woken when it is worth it.
  private void written(int size, Future<?> result) {
    lock.lock();
    try {
      underWay -= size;
      failure = failure == null ? result.cause() : failure;
      if (failure != null || underWay <= UNDER_WAY / 2) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void failed(Throwable cause) {
    lock.lock();
    try {
      failure = failure == null ? cause : failure;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// After every flush that is due.
  void finish() {
    channel
        .eventLoop()
        .execute(
            () -> {
              var _ = channel.shutdownOutput();
            });
  }
}
