package dev.knothole.protocol.link;

import dev.knothole.protocol.link.crypto.DataKeys;
import dev.knothole.protocol.link.crypto.Opened;
import dev.knothole.protocol.link.recovery.AckTracker;
import dev.knothole.protocol.link.recovery.LossDetector;
import dev.knothole.protocol.link.wire.AckRanges;
import dev.knothole.protocol.link.wire.Frame;
import dev.knothole.protocol.link.wire.FrameWriter;
import dev.knothole.protocol.link.wire.IncomingPacket;
import dev.knothole.protocol.link.wire.Layout;
import dev.knothole.protocol.link.wire.PacketNumber;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Data packets: builds them, follows their fate, and knows which of the peer's arrived.
final class DataSpace {
  /// What every path carries; challenges and probes are this large at the most.
  static final int BASE_DATAGRAM = Layout.MIN_INITIAL_DATAGRAM;

  /// A packet with a challenge and a response.
  static final int MIN_PROBE = 64;

  /// Header, longest packet number, tag, and the header of the frame.
  private static final int DATAGRAM_OVERHEAD = 11 + 4 + 16 + 3;

  private static final long NEVER = LossDetector.NEVER;

  /// A packet this much older than one the peer knows to have arrived is not waited for any more.
  private static final int REORDERING = 128;

  /// With so many gaps, an acknowledgement asks for one itself now and then, so that the oldest
  /// need not be told again (RFC 9000, section 13.2.4).
  private static final int MANY_RANGES = 8;

  private static final int SOLICIT_EVERY = 16;

  /// Time for a hundred writes, and nothing that anybody feels.
  private static final long COMPANY_WAIT = 100_000;

  private static final long LONG_AGO = Long.MIN_VALUE / 2;

  private final DataKeys keys;
  private final long peerId;
  private final DataContent content;
  private final AckTracker acks = new AckTracker();
  private final LossDetector<PacketContent> detector;
  private PathState sending;
  private long nextNumber;
  private long largestAcknowledged = PacketNumber.NONE;
  private int probes;
  private int unsolicited;
  private long pacedUntil = NEVER;
  private long dataSentAt = LONG_AGO;
  private long now;

  DataSpace(DataKeys keys, long peerId, DataContent content, PathState sending) {
    this.keys = keys;
    this.peerId = peerId;
    this.content = content;
    this.sending = sending;
    detector = new LossDetector<>(sending.flight(), new Fates());
  }

  /// What a DATAGRAM frame may carry in a datagram of this size.
  static int datagramRoom(int size) {
    return size - DATAGRAM_OVERHEAD;
  }

  private final class Fates implements LossDetector.Fates<PacketContent> {
    @Override
    public void acked(long packet, PacketContent sent) {
      if (sent.path == sending) {
        if (sent.mtuProbe) {
          sending.probeAcked(now);
        } else {
          sending.acked(packet, sent.size, now);
        }
      }
      if (sent.acknowledges != PacketContent.NOTHING) {
        acks.settledUpTo(sent.acknowledges - REORDERING);
      }
      content.acknowledged(sent, now);
    }

    @Override
    public void lost(long packet, PacketContent sent) {
      if (sent.path == sending) {
        if (sent.mtuProbe) {
          sending.mtu().probeLost(now);
        } else {
          sending.mtu().lost(packet, sent.size);
        }
      }
      content.lost(sent);
    }

    @Override
    public void late(long packet, PacketContent sent) {
      content.acknowledged(sent, now);
    }
  }

  /// Packets go over another path from now on.
  void switchTo(PathState fresh) {
    sending = fresh;
    detector.switchTo(fresh.flight());
    pacedUntil = NEVER;
  }

  DataKeys keys() {
    return keys;
  }

  Opened open(IncomingPacket packet, long now) {
    return keys.open(packet, now);
  }

  /// All of the packet's content was taken.
  void received(long packet, boolean eliciting, long now) {
    acks.received(packet, eliciting, now);
  }

  void acknowledgeNow(long now) {
    acks.immediately(now);
  }

  /// @return false if it acknowledges what was never sent
  boolean acknowledged(AckRanges ranges, long delayMicros, long now) {
    this.now = now;
    if (!Acks.workIn(detector, ranges, delayMicros, now)) {
      return false;
    }
    long largest = ranges.largest(0);
    largestAcknowledged = Math.max(largestAcknowledged, largest);
    keys.acknowledged(largest);
    return true;
  }

  void tick(long now) {
    this.now = now;
    if (detector.timeout(now) == LossDetector.Timeout.PROBE) {
      probes = 2;
      var oldest = detector.oldest();
      if (oldest != null) {
        content.lost(oldest);
      }
    }
  }

  long wakeAt() {
    return Math.min(Math.min(detector.nextTimeout(), acks.due()), pacedUntil);
  }

  boolean isExhausted() {
    return keys.isExhausted();
  }

  /// Whether everything sent has been settled.
  boolean isQuiet() {
    return detector.outstanding() == 0;
  }

  /// Whether it can give back what only traffic needs.
  boolean mayRest() {
    return isQuiet() && !acks.isOwed();
  }

  void rest() {
    detector.trim();
    keys.rest();
  }

  /// Adds datagrams as long as there is something to say that may be said now.
  boolean transmit(Transmission out, Path path, @Nullable Route duplicate, long now) {
    this.now = now;
    pacedUntil = NEVER;
    if (keys.isUpdateDue(now)) {
      keys.update(now);
    }
    out.begin(path.route(), duplicate);
    int size = sending.mtu().current();
    int batch = sending.batch(out.capacity(size));
    if (!gathers(batch, size) && !waitsForCompany(Math.max(batch, size))) {
      while (out.hasRoomFor(size) && datagram(out, size)) {}
    }
    if (out.isEmpty()) {
      probeMtu(out);
    }
    return !out.isEmpty();
  }

  /// Whether it is better to wait until a batch of datagrams may leave than to send the first of
  /// them now. An acknowledgement or the time of [#pacedUntil] brings us back here.
  private boolean gathers(int batch, int size) {
    if (probes > 0 || acks.due() <= now || batch <= size || !content.isBusy(batch)) {
      return false;
    }
    if (sending.opensFor(batch)) {
      return true;
    }
    long at = sending.nextSend(batch, now);
    pacedUntil = at > now ? at : NEVER;
    return at > now;
  }

  /// Whether less than a batch waits a moment for more to share its packets and its call of the
  /// system, because other bytes have only just left and are not acknowledged: the idea of RFC 896,
  /// but never for longer than [#COMPANY_WAIT], and not for what is urgent. Who asks and waits for
  /// the answer is not held up, because the answer acknowledges.
  private boolean waitsForCompany(int batch) {
    long until = dataSentAt + COMPANY_WAIT;
    if (now >= until || probes > 0 || acks.due() <= now || isQuiet() || !content.isTrickle(batch)) {
      return false;
    }
    pacedUntil = until;
    return true;
  }

  /// @return whether a full datagram was added, so that another one may follow
  private boolean datagram(Transmission out, int full) {
    boolean forced = probes > 0;
    boolean wanted = forced || content.hasWork();
    boolean may = wanted && !detector.isFull() && (forced || mayLeave(full));
    if (!wanted) {
      sending.flight().appLimited();
    }
    if (!may && acks.due() > now) {
      return false;
    }
    int size = forced ? BASE_DATAGRAM : full;
    var frames = begin(out, size);
    var carried = new PacketContent(sending);
    boolean acknowledges = acknowledge(out, frames, carried);
    boolean eliciting = may && fill(frames, carried, forced);
    eliciting = (acknowledges && !eliciting) ? solicit(frames) : eliciting;
    if (out.packet().isEmpty()) {
      return false;
    }
    int length = end(out);
    if (eliciting) {
      carried.size = length;
      detector.sent(nextNumber, length, carried, now);
      sending.sent(length, now);
      dataSentAt = now;
    } else {
      detector.sentUntracked(nextNumber);
    }
    nextNumber++;
    return length == size;
  }

  private boolean mayLeave(int size) {
    if (!sending.hasRoom(size)) {
      return false;
    }
    long at = sending.nextSend(size, now);
    pacedUntil = at > now ? at : NEVER;
    return at <= now;
  }

  private ByteBuffer begin(Transmission out, int size) {
    return out.packet().beginData(out.length(), size, peerId, nextNumber, largestAcknowledged);
  }

  private boolean acknowledge(Transmission out, ByteBuffer frames, PacketContent carried) {
    if (!acks.isOwed() || acks.ranges() == 0) {
      return false;
    }
    var ranges = Acks.of(acks, out.ranges());
    if (!FrameWriter.ack(frames, ranges, acks.delay(now) / 1000)) {
      return false;
    }
    carried.acknowledges = ranges.largest(0);
    acks.sent();
    return true;
  }

  /// @return whether there is something that asks for an acknowledgement
  private boolean fill(ByteBuffer frames, PacketContent carried, boolean forced) {
    if (forced) {
      probes--;
      // Asks and hurries: who probes has waited long enough.
      FrameWriter.frame(frames, new Frame.ImmediateAck());
    }
    return content.fill(frames, carried, now) || forced;
  }

  private boolean solicit(ByteBuffer frames) {
    unsolicited++;
    boolean due = acks.ranges() > MANY_RANGES && unsolicited >= SOLICIT_EVERY;
    // With the window full there is enough under way that asks.
    boolean may = !detector.isFull() && sending.hasRoom(BASE_DATAGRAM) && frames.hasRemaining();
    if (!due || !may) {
      return false;
    }
    unsolicited = 0;
    FrameWriter.frame(frames, new Frame.Ping());
    return true;
  }

  private int end(Transmission out) {
    keys.seal(out.packet());
    int length = out.packet().end() - out.length();
    out.endDatagram();
    return length;
  }

  /// A larger datagram, to see whether it arrives; together with what else goes on, never alone
  /// after silence.
  private void probeMtu(Transmission out) {
    int size = sending.mtu().probe(now);
    if (size == 0 || detector.isFull() || !sending.hasRoom(size) || !out.hasRoomFor(size)) {
      return;
    }
    var frames = begin(out, size);
    FrameWriter.frame(frames, new Frame.Ping());
    out.packet().pad(size);
    int length = end(out);
    var carried = new PacketContent(sending);
    carried.mtuProbe = true;
    carried.size = length;
    sending.mtu().probeSent();
    detector.sentMtuProbe(nextNumber++, length, carried, now);
    sending.sent(length, now);
  }

  /// Challenges a path, and answers the peer's challenge, over that path. As large as every path
  /// must carry (RFC 9000, section 8.2.1), unless so much may not be sent there yet.
  void probePath(Transmission out, Path path, long now) {
    out.begin(path.route(), null);
    var frames = begin(out, BASE_DATAGRAM);
    if (path.owesResponse()) {
      FrameWriter.frame(frames, new Frame.PathResponse(path.takeResponse()));
    }
    if (path.owesChallenge(now)) {
      FrameWriter.frame(frames, new Frame.PathChallenge(path.nextChallenge(now)));
    }
    if (path.allows(BASE_DATAGRAM)) {
      out.packet().pad(BASE_DATAGRAM);
    }
    path.sent(end(out));
    detector.sentUntracked(nextNumber++);
  }

  /// A packet that says that it is over.
  void close(Transmission out, Path path, Frame.Close frame) {
    out.begin(path.route(), null);
    FrameWriter.frame(begin(out, BASE_DATAGRAM), frame);
    end(out);
    detector.sentUntracked(nextNumber++);
  }
}
