package dev.knothole.protocol.link.stream;

/// One stream: two halves, and its places in the queues of its connection.
final class Stream {
  final long id;
  final SendHalf sending;
  final ReceiveHalf receiving;
  Priority priority;

  /// Whether the [Schedule] has it in the queue of its priority.
  boolean scheduled;

  /// Whether a writer was turned away and waits for [StreamEvent.RoomToWrite].
  boolean waiting;

  /// Bits of [SignalQueue] and of [EventQueue].
  int signals;

  int events;

  /// What the peer is told when it should send no more.
  long stopCode;

  /// What the peer said when it wanted no more.
  long stoppedWith;

  /// The limit the peer was last told to be in the way, or -1.
  long blockedAt = -1;

  Stream(long id, Priority priority, SendHalf sending, ReceiveHalf receiving) {
    this.id = id;
    this.priority = priority;
    this.sending = sending;
    this.receiving = receiving;
  }

  boolean isClosed() {
    return sending.state().isTerminal() && receiving.state().isTerminal();
  }

  void close() {
    sending.close();
    receiving.close();
  }
}
