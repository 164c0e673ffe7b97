package dev.knothole.protocol.link;

import dev.knothole.protocol.link.stream.DatagramQueue;
import dev.knothole.protocol.link.stream.Streams;
import dev.knothole.protocol.link.wire.Frame;
import dev.knothole.protocol.link.wire.FrameWriter;
import java.nio.ByteBuffer;
import java.util.Deque;

/// What is in Data packets on their way out: the order in which it goes, and what becomes of it
/// when a packet arrived or was lost.
final class DataContent {
  /// A signal with two numbers and a code of the longest form.
  private static final int MAX_SIGNAL_BYTES = 1 + 3 * 8;

  /// Less is not worth a frame.
  private static final int MIN_PIECE_ROOM = 32;

  private final Streams streams;
  private final DatagramQueue datagrams;
  private final Deque<LinkEvent> events;
  private boolean owesHandshakeDone;
  private boolean owesPing;

  DataContent(Streams streams, DatagramQueue datagrams, Deque<LinkEvent> events) {
    this.streams = streams;
    this.datagrams = datagrams;
    this.events = events;
  }

  void oweHandshakeDone() {
    owesHandshakeDone = true;
  }

  void owePing() {
    owesPing = true;
  }

  boolean hasWork() {
    return owesHandshakeDone || owesPing || !datagrams.isEmpty() || streams.hasWork();
  }

  /// Whether everything has been sent, and all of the streams has arrived.
  boolean isFlushed() {
    return !hasWork() && streams.isFlushed();
  }

  /// Whether there is so much to send, and nothing that hurries, that a batch is worth waiting for.
  boolean isBusy(int bytes) {
    return !owesHandshakeDone && !owesPing && datagrams.isEmpty() && streams.isBusy(bytes);
  }

  /// Whether all there is to send is so little of something that does not hurry that it may wait
  /// for more.
  boolean isTrickle(int bytes) {
    return !owesHandshakeDone && !owesPing && datagrams.isEmpty() && streams.isTrickle(bytes);
  }

  /// Fills what is left of a packet.
  ///
  /// @return whether there was anything
  boolean fill(ByteBuffer frames, PacketContent carried, long now) {
    int before = frames.position();
    fillRare(frames, carried, now);
    fillSignals(frames, carried);
    fillDatagrams(frames, frames.position() == before);
    fillPieces(frames, carried);
    return frames.position() > before;
  }

  private void fillRare(ByteBuffer frames, PacketContent carried, long now) {
    if (owesHandshakeDone) {
      owesHandshakeDone = false;
      carried.handshakeDone = true;
      FrameWriter.frame(frames, new Frame.HandshakeDone());
    }
    if (owesPing) {
      owesPing = false;
      carried.pingSentAt = now;
      FrameWriter.frame(frames, new Frame.ImmediateAck());
    }
  }

  private void fillSignals(ByteBuffer frames, PacketContent carried) {
    while (frames.remaining() >= MAX_SIGNAL_BYTES) {
      var signal = streams.nextSignal();
      if (signal == null) {
        return;
      }
      var frame = Signals.frame(signal);
      if (frame != null) {
        FrameWriter.frame(frames, frame);
        carried.add(signal);
      }
    }
  }

  /// One that is too long even for a packet of its own is dropped: the path has shrunk.
  private void fillDatagrams(ByteBuffer frames, boolean isFirst) {
    boolean first = isFirst;
    while (!datagrams.isEmpty()) {
      int size = FrameWriter.datagramSize(datagrams.nextLength());
      if (size <= frames.remaining()) {
        int length = datagrams.nextLength();
        FrameWriter.datagramHeader(frames, length);
        datagrams.take(frames.array(), frames.arrayOffset() + frames.position());
        frames.position(frames.position() + length);
      } else if (first) {
        datagrams.drop();
      } else {
        return;
      }
      first = false;
    }
  }

  private void fillPieces(ByteBuffer frames, PacketContent carried) {
    while (frames.remaining() > MIN_PIECE_ROOM) {
      var piece = streams.nextPiece(frames.remaining());
      if (piece == null) {
        return;
      }
      FrameWriter.streamHeader(frames, piece.stream(), piece.offset(), piece.fin(), piece.length());
      streams.copy(piece, frames.array(), frames.arrayOffset() + frames.position());
      frames.position(frames.position() + piece.length());
      carried.add(piece);
    }
  }

  void acknowledged(PacketContent sent, long now) {
    for (int i = 0; i < sent.count(); i++) {
      streams.acknowledged(sent.at(i));
    }
    if (sent.pingSentAt != PacketContent.NOTHING) {
      events.addLast(new LinkEvent.Pong(now - sent.pingSentAt));
      sent.pingSentAt = PacketContent.NOTHING;
    }
  }

  /// What still matters of it goes again.
  void lost(PacketContent sent) {
    for (int i = 0; i < sent.count(); i++) {
      streams.lost(sent.at(i));
    }
    owesHandshakeDone |= sent.handshakeDone;
    owesPing |= sent.pingSentAt != PacketContent.NOTHING;
    sent.pingSentAt = PacketContent.NOTHING;
  }
}
