package dev.knothole.protocol.link;

import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.link.crypto.HandshakeKeys;
import dev.knothole.protocol.link.crypto.Opened;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.handshake.HandshakeEngine;
import dev.knothole.protocol.link.handshake.HandshakeState;
import dev.knothole.protocol.link.recovery.AckTracker;
import dev.knothole.protocol.link.recovery.LossDetector;
import dev.knothole.protocol.link.wire.AckRanges;
import dev.knothole.protocol.link.wire.Frame;
import dev.knothole.protocol.link.wire.FrameReader;
import dev.knothole.protocol.link.wire.FrameVisitor;
import dev.knothole.protocol.link.wire.FrameWriter;
import dev.knothole.protocol.link.wire.IncomingPacket;
import dev.knothole.protocol.link.wire.Layout;
import dev.knothole.protocol.link.wire.PacketType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Initial and Handshake packets: carries the bytes of a [HandshakeEngine] over datagrams, with
/// acknowledgement and retransmission, until the handshake is over.
final class HandshakeSpace implements FrameVisitor {
  /// No datagram of the handshake is larger, whatever the path may carry.
  private static final int DATAGRAM_BYTES = Layout.MIN_INITIAL_DATAGRAM;

  private static final byte[] NO_TOKEN = {};

  /// A run of handshake bytes in a packet on its way.
  private record Run(int from, int to) {}

  private final Role role;
  private final long ownId;
  private final HandshakeEngine engine;
  private final HandshakeOutput output = new HandshakeOutput();
  private final HandshakeInput input = new HandshakeInput();
  private final AckTracker acks = new AckTracker();
  private final LossDetector<Run> detector;
  private HandshakeKeys keys;
  private long peerId;
  private byte[] token = NO_TOKEN;
  private boolean heard;
  private boolean retried;
  private long nextNumber;
  private int probes;

  private long now;
  private @Nullable CloseReason outcome;

  /// @param originalId the destination of the client's Initial packets
  /// @param peerId where packets go to at first
  HandshakeSpace(
      Role role,
      HandshakeEngine engine,
      long ownId,
      long originalId,
      long peerId,
      PathState path,
      long now) {
    this.role = role;
    this.engine = engine;
    this.ownId = ownId;
    this.peerId = peerId;
    keys = new HandshakeKeys(role, originalId);
    detector = new LossDetector<>(path.flight(), new Fates());
    detector.alwaysProbing(role == Role.CLIENT, now);
    acks.acknowledgeEvery(1);
    output.append(engine.takeOutput());
  }

  private final class Fates implements LossDetector.Fates<Run> {
    @Override
    public void acked(long packet, Run run) {
      output.acknowledged(run.from(), run.to());
    }

    @Override
    public void lost(long packet, Run run) {
      output.lost(run.from(), run.to());
    }

    @Override
    public void late(long packet, Run run) {
      acked(packet, run);
    }
  }

  HandshakeState state() {
    return engine.state();
  }

  long peerId() {
    return peerId;
  }

  Opened open(IncomingPacket packet) {
    return keys.open(packet);
  }

  /// Takes an opened packet.
  ///
  /// @return why the connection is over, or null
  @Nullable CloseReason received(IncomingPacket packet, Path path, FrameReader reader, long now) {
    this.now = now;
    outcome = null;
    switch (packet.type()) {
      case RETRY -> retry(packet);
      case CLOSE, INITIAL, HANDSHAKE -> frames(packet, path, reader);
      case DATA -> {}
    }
    return outcome;
  }

  /// Begins again with new keys and the token that proves the own address; at most once, and only
  /// while the server has said nothing else (RFC 9000, section 17.2.5.2).
  private void retry(IncomingPacket packet) {
    if (role == Role.SERVER || heard || retried) {
      return;
    }
    retried = true;
    peerId = packet.source();
    var payload = packet.payload();
    token = new byte[Math.min(payload.remaining(), Layout.MAX_TOKEN_BYTES)];
    payload.get(token);
    keys = new HandshakeKeys(role, peerId);
    detector.abandon();
    detector.alwaysProbing(true, now);
    output.sendAgain();
  }

  private void frames(IncomingPacket packet, Path path, FrameReader reader) {
    boolean fromServer = packet.type() == PacketType.HANDSHAKE && role == Role.CLIENT;
    if (fromServer && !heard) {
      heard = true;
      peerId = packet.source();
    }
    if (packet.type() == PacketType.HANDSHAKE) {
      path.prove();
    }
    try {
      boolean eliciting = reader.read(packet.type(), packet.payload(), this);
      if (outcome == null && packet.type() != PacketType.CLOSE) {
        acks.received(packet.number(), eliciting, now);
        advance();
      }
    } catch (MalformedMessage malformed) {
      outcome = CloseReason.us(CloseReason.CODE_FRAME_ENCODING, malformed.getMessage() + "");
    }
  }

  private void advance() {
    var bytes = input.take();
    if (bytes.hasRemaining()) {
      engine.receive(bytes);
      output.append(engine.takeOutput());
    }
    if (engine.state() instanceof HandshakeState.Failed(var reason, var detail)) {
      outcome = CloseReason.of(reason, detail);
    }
  }

  @Override
  public void ack(AckRanges ranges, long delayMicros) {
    if (!Acks.workIn(detector, ranges, delayMicros, now)) {
      outcome = CloseReason.violation("a packet is acknowledged that was never sent");
    }
  }

  @Override
  public void handshake(long offset, ByteBuffer bytes) {
    if (!input.receive(offset, bytes)) {
      outcome = CloseReason.us(CloseReason.CODE_HANDSHAKE_TOO_LONG, "more than a handshake");
    }
  }

  @Override
  public void stream(long stream, long offset, boolean fin, ByteBuffer bytes)
      throws MalformedMessage {
    throw new MalformedMessage("a stream before the handshake");
  }

  @Override
  public void datagram(ByteBuffer bytes) throws MalformedMessage {
    throw new MalformedMessage("a datagram before the handshake");
  }

  @Override
  public void frame(Frame frame) {
    if (frame instanceof Frame.Close close) {
      outcome = CloseReason.peer(close);
    }
  }

  /// When something has to happen here, or [LossDetector#NEVER].
  long wakeAt(Path path) {
    return path.allows(DATAGRAM_BYTES)
        ? Math.min(detector.nextTimeout(), acks.due())
        : LossDetector.NEVER;
  }

  void tick(long now) {
    if (detector.timeout(now) == LossDetector.Timeout.PROBE) {
      probes = 1;
      output.sendAgain();
    }
  }

  /// Adds datagrams as long as there is something to say.
  boolean transmit(Transmission out, Path path, PathState sending, long now) {
    out.begin(path.route(), null);
    while (next(out, path, sending, now)) {}
    return !out.isEmpty();
  }

  private boolean next(Transmission out, Path path, PathState sending, long now) {
    boolean room = probes > 0 || sending.hasRoom(DATAGRAM_BYTES);
    boolean eliciting = (output.hasWork() || probes > 0) && room && !detector.isFull();
    boolean wanted = eliciting || acks.due() <= now;
    if (!wanted || !out.hasRoomFor(DATAGRAM_BYTES) || !path.allows(DATAGRAM_BYTES)) {
      return false;
    }
    var frames = begin(out);
    if (acks.isOwed() && FrameWriter.ack(frames, Acks.of(acks, out.ranges()), micros(now))) {
      acks.sent();
    }
    var run = eliciting ? content(frames) : null;
    long number = nextNumber++;
    int size = end(out, path);
    if (run == null) {
      detector.sentUntracked(number);
    } else {
      detector.sent(number, size, run, now);
      sending.sent(size, now);
    }
    return true;
  }

  private long micros(long now) {
    return acks.delay(now) / 1000;
  }

  private ByteBuffer begin(Transmission out) {
    int at = out.length();
    return role == Role.CLIENT && !heard
        ? out.packet().beginInitial(at, DATAGRAM_BYTES, peerId, ownId, token, nextNumber)
        : out.packet().beginHandshake(at, DATAGRAM_BYTES, peerId, ownId, nextNumber);
  }

  private Run content(ByteBuffer frames) {
    probes = 0;
    if (!output.hasWork()) {
      FrameWriter.frame(frames, new Frame.Ping());
      return new Run(0, 0);
    }
    int offset = output.nextOffset();
    int room = frames.remaining() - FrameWriter.handshakeHeaderSize(offset, DATAGRAM_BYTES);
    var bytes = output.take(room);
    int length = bytes.remaining();
    FrameWriter.handshake(frames, offset, bytes);
    return new Run(offset, offset + length);
  }

  private int end(Transmission out, Path path) {
    if (role == Role.CLIENT && !heard) {
      out.packet().pad(DATAGRAM_BYTES);
    }
    keys.seal(out.packet());
    int size = out.packet().end() - out.length();
    out.endDatagram();
    path.sent(size);
    return size;
  }

  /// A packet that says that it is over.
  void close(Transmission out, Path path, Frame.Close frame) {
    out.begin(path.route(), null);
    if (path.allows(DATAGRAM_BYTES)) {
      FrameWriter.frame(begin(out), frame);
      nextNumber++;
      end(out, path);
    }
  }

  /// The keys are no longer needed; what is in flight does not count any more.
  void abandon() {
    detector.abandon();
  }
}
