package dev.knothole.protocol.link.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What arrived and was not read yet. When that is much, the stream is no longer read from, and
/// QUIC's flow control stops the sender.
final class ReadHalf {
  private static final int MUCH = 256 << 10;

  private final QuicStreamChannel channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<ByteBuf> waiting = new ArrayDeque<>();
  private int bytes;
  private boolean paused;
  private boolean ended;
  private @Nullable Throwable failure;

  ReadHalf(QuicStreamChannel channel) {
    this.channel = channel;
  }

  void arrived(ByteBuf buffer) {
    lock.lock();
    try {
      if (failure != null) {
        buffer.release();
        return;
      }
      waiting.add(buffer);
      bytes += buffer.readableBytes();
      if (bytes > MUCH && !paused) {
        paused = true;
        channel.config().setAutoRead(false);
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  void ended() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// What arrived before can still be read if it is all. The first cause stands.
  void failed(Throwable cause) {
    lock.lock();
    try {
      failure = failure == null ? cause : failure;
      if (!ended) {
        waiting.forEach(ByteBuf::release);
        waiting.clear();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int read(byte[] to, int at, int length) throws IOException {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (ended) {
          return -1;
        }
        if (failure != null) {
          throw new IOException(failure);
        }
        changed.await();
      }
      return take(to, at, length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Waiting.interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  private int take(byte[] to, int at, int length) {
    int taken = 0;
    for (var next = waiting.peek(); next != null && taken < length; next = waiting.peek()) {
      int count = Math.min(length - taken, next.readableBytes());
      next.readBytes(to, at + taken, count);
      taken += count;
      if (!next.isReadable()) {
        waiting.remove().release();
      }
    }
    bytes -= taken;
    if (paused && bytes < MUCH / 2) {
      paused = false;
      channel.config().setAutoRead(true);
    }
    return taken;
  }
}
