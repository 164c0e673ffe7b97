package dev.knothole.protocol.link;

import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.link.stream.Piece;
import dev.knothole.protocol.link.stream.Signal;
import dev.knothole.protocol.link.stream.Streams;
import dev.knothole.protocol.link.stream.Verdict;
import dev.knothole.protocol.link.wire.AckRanges;
import dev.knothole.protocol.link.wire.Frame;
import dev.knothole.protocol.link.wire.FrameReader;
import dev.knothole.protocol.link.wire.FrameVisitor;
import dev.knothole.protocol.link.wire.IncomingPacket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Hands the frames of opened Data packets to whom they concern.
final class DataFrames implements FrameVisitor {
  /// So many datagrams wait for the application; one more pushes the oldest out.
  static final int MAX_WAITING_DATAGRAMS = 64;

  private final Streams streams;
  private final DataSpace space;
  private final Deque<LinkEvent> events;
  private final ArrayDeque<byte[]> datagrams = new ArrayDeque<>(1);
  private @Nullable Path path;
  private @Nullable Path answered;
  private boolean refused;
  private boolean hurried;
  private boolean probing;
  private boolean handshakeDone;
  private boolean newLimits;
  private @Nullable CloseReason outcome;
  private long now;

  DataFrames(Streams streams, DataSpace space, Deque<LinkEvent> events) {
    this.streams = streams;
    this.space = space;
    this.events = events;
  }

  /// Takes an opened packet.
  ///
  /// @param from the path it came by, or null for one that may not be answered
  /// @return why the connection is over, or null
  @Nullable CloseReason read(
      IncomingPacket packet, @Nullable Path from, FrameReader reader, long now) {
    this.now = now;
    path = from;
    refused = false;
    hurried = false;
    probing = true;
    try {
      boolean eliciting = reader.read(packet.type(), packet.payload(), this);
      if (!refused && outcome == null) {
        space.received(packet.number(), eliciting, now);
        if (hurried) {
          space.acknowledgeNow(now);
        }
      }
    } catch (MalformedMessage malformed) {
      outcome =
          CloseReason.us(CloseReason.CODE_FRAME_ENCODING, String.valueOf(malformed.getMessage()));
    }
    return outcome;
  }

  /// Whether the last packet did nothing but try a path (RFC 9000, section 9.1).
  boolean wasProbe() {
    return probing;
  }

  /// Whether the server has said that it has authenticated us.
  boolean isHandshakeDone() {
    return handshakeDone;
  }

  /// Whether the peer has raised the number of streams since the last time that this was asked.
  boolean takeNewLimits() {
    boolean raised = newLimits;
    newLimits = false;
    return raised;
  }

  /// The path that has just answered a challenge, or null.
  @Nullable Path takeAnswered() {
    var proven = answered;
    answered = null;
    return proven;
  }

  /// The next datagram for the application, or null.
  byte @Nullable [] takeDatagram() {
    return datagrams.pollFirst();
  }

  @Override
  public void ack(AckRanges ranges, long delayMicros) {
    probing = false;
    if (!space.acknowledged(ranges, delayMicros, now)) {
      outcome = CloseReason.violation("a packet is acknowledged that was never sent");
    }
  }

  @Override
  public void handshake(long offset, ByteBuffer bytes) throws MalformedMessage {
    throw new MalformedMessage("a handshake after the handshake");
  }

  @Override
  public void stream(long stream, long offset, boolean fin, ByteBuffer bytes) {
    probing = false;
    var piece = new Piece(stream, offset, bytes.remaining(), fin);
    obey(streams.received(piece, bytes.array(), bytes.arrayOffset() + bytes.position(), now));
  }

  private void obey(Verdict verdict) {
    refused |= verdict == Verdict.NO_ROOM;
    if (verdict.isViolation() && outcome == null) {
      outcome = CloseReason.of(verdict);
    }
  }

  @Override
  public void datagram(ByteBuffer bytes) {
    probing = false;
    if (datagrams.size() == MAX_WAITING_DATAGRAMS) {
      datagrams.removeFirst();
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    datagrams.addLast(copy);
  }

  @Override
  public void frame(Frame frame) {
    probing &= frame instanceof Frame.PathChallenge || frame instanceof Frame.PathResponse;
    switch (frame) {
      case Frame.Ping _ -> {}
      case Frame.ImmediateAck _ -> hurried = true;
      case Frame.HandshakeDone _ -> handshakeDone = true;
      case Frame.Close close -> outcome = CloseReason.peer(close);
      case Frame.PathChallenge(var token) -> {
        if (path != null) {
          path.oweResponse(token);
        }
      }
      case Frame.PathResponse(var token) -> answer(token);
      case Frame.StreamReset _,
          Frame.StreamStop _,
          Frame.MaxData _,
          Frame.MaxStreamData _,
          Frame.MaxStreams _,
          Frame.DataBlocked _,
          Frame.StreamDataBlocked _ ->
          signal(frame);
    }
  }

  private void answer(long token) {
    if (path == null) {
      return;
    }
    var roundTrip = path.answered(token, now);
    if (roundTrip.isPresent()) {
      answered = path;
      if (path.isOffered()) {
        events.addLast(new LinkEvent.PathValidated(path.route(), roundTrip.getAsLong()));
      }
    }
  }

  private void signal(Frame frame) {
    Signal signal = Signals.signal(frame);
    if (signal != null) {
      newLimits |= signal instanceof Signal.MaxStreams;
      obey(streams.received(signal, now));
    }
  }
}
