package dev.knothole.protocol.link.crypto;

import dev.knothole.protocol.link.wire.IncomingPacket;
import dev.knothole.protocol.link.wire.Layout;
import dev.knothole.protocol.link.wire.OutgoingPacket;
import dev.knothole.protocol.link.wire.PacketNumber;
import org.jspecify.annotations.Nullable;

/// The keys of Data packets in both directions, and their update (RFC 9001, section 6).
///
/// A generation of keys is named on the wire by one bit, the key phase. An end that changes it has
/// seen a packet of its current generation acknowledged; its peer follows with the first packet it
/// opens. So the two ends are never more than one generation apart, and a packet of the other phase
/// is of the next generation or, if its number is below the first of the current one, of the last.
public final class DataKeys {
  /// What RFC 9001, section 6.6, allows AES-GCM whatever the size of the packets.
  public static final long UPDATE_AFTER_PACKETS = 1L << 23;

  /// One hour.
  public static final long UPDATE_AFTER_NANOS = 3_600_000_000_000L;

  /// What RFC 9001, section B.1, allows packets of up to 2^11 bytes: the end of the connection, if
  /// the peer has not acknowledged anything for that long.
  public static final long EXHAUSTED_AFTER_PACKETS = 1L << 28;

  /// Late packets of the last generation are opened for three probe timeouts, each at most a
  /// second.
  public static final long KEEP_LAST_NANOS = 3_000_000_000L;

  private final HeaderProtection sendingHeader;
  private final HeaderProtection receivingHeader;
  private final ReplayWindow window = new ReplayWindow();
  private byte[] sendingSecret;
  private byte[] receivingSecret;
  private PacketCipher sending;
  private PacketCipher receiving;
  private @Nullable PacketCipher next;
  private @Nullable PacketCipher last;
  private long lastUntil;
  private long generation;
  private long firstSent = PacketNumber.NONE;
  private long firstReceived = PacketNumber.NONE;
  private boolean confirmed;

  /// Packets of this generation.
  long sealed;

  private long since;

  DataKeys(byte[] sendingSecret, byte[] receivingSecret, long now) {
    this.sendingSecret = sendingSecret;
    this.receivingSecret = receivingSecret;
    sendingHeader = new HeaderProtection(HandshakeKeys.headerKey(sendingSecret));
    receivingHeader = new HeaderProtection(HandshakeKeys.headerKey(receivingSecret));
    sending = PacketCipher.of(sendingSecret);
    receiving = PacketCipher.of(receivingSecret);
    since = now;
  }

  /// Ends and seals a packet; it then lies from its start to [OutgoingPacket#end()].
  public void seal(OutgoingPacket packet) {
    packet.finish();
    byte[] bytes = packet.bytes();
    bytes[packet.start()] |= (byte) phase();
    sending.seal(
        bytes, packet.start(), packet.payloadOffset(), packet.payloadEnd(), packet.number());
    sendingHeader.apply(bytes, packet.start(), packet.numberOffset());
    sealed++;
    if (firstSent == PacketNumber.NONE) {
      firstSent = packet.number();
    }
  }

  /// Opens a packet in place; whatever the outcome, it cannot be opened again. A packet of the next
  /// generation moves this end to it.
  public Opened open(IncomingPacket packet, long now) {
    byte[] bytes = packet.bytes();
    int length = receivingHeader.remove(bytes, packet.start(), packet.numberOffset());
    long number = PacketNumber.recover(window.largest(), packet.cutNumber(length), length);
    if (!window.isFresh(number)) {
      return Opened.REPLAYED;
    }
    dropLast(now);
    boolean samePhase = phase(bytes[packet.start()]) == phase();
    var cipher = samePhase ? receiving : cipherOfOtherPhase(number);
    int payload = packet.numberOffset() + length;
    if (cipher == null || !cipher.open(bytes, packet.start(), payload, packet.end(), number)) {
      return Opened.FORGED;
    }
    if (cipher == next) {
      moveOn(now);
    }
    if (cipher == receiving) {
      noteReceived(number, now);
    }
    window.accept(number);
    packet.opened(number, length);
    return Opened.OPENED;
  }

  /// Gives back what is made again from the keys in some microseconds, a third of what an idle
  /// connection would keep.
  public void rest() {
    sendingHeader.rest();
    receivingHeader.rest();
    sending.rest();
    receiving.rest();
    if (last != null) {
      last.rest();
    }
    if (next != null) {
      next.rest();
    }
  }

  private static int phase(byte first) {
    return first & Layout.KEY_PHASE_BIT;
  }

  private int phase() {
    return (generation & 1) != 0 ? Layout.KEY_PHASE_BIT : 0;
  }

  /// The next generation's keys are made when they are first asked for, which an attacker may do
  /// with a forged packet; they stay, so that it costs once.
  private @Nullable PacketCipher cipherOfOtherPhase(long number) {
    if (firstReceived == PacketNumber.NONE || number < firstReceived) {
      return last;
    }
    if (next == null) {
      next = PacketCipher.of(nextSecret(receivingSecret));
    }
    return next;
  }

  private void noteReceived(long number, long now) {
    if (firstReceived == PacketNumber.NONE) {
      lastUntil = now + KEEP_LAST_NANOS;
    }
    if (firstReceived == PacketNumber.NONE || number < firstReceived) {
      firstReceived = number;
    }
  }

  private void dropLast(long now) {
    if (last != null && firstReceived != PacketNumber.NONE && now - lastUntil >= 0) {
      last = null;
    }
  }

  /// Notes what the peer has acknowledged, which an update waits for.
  public void acknowledged(long largestAcknowledged) {
    confirmed |= firstSent != PacketNumber.NONE && largestAcknowledged >= firstSent;
  }

  /// Whether the peer is known to be at this generation, and packets of the last one are done with.
  public boolean mayUpdate(long now) {
    dropLast(now);
    return confirmed && last == null;
  }

  /// Whether it is time for [#update], and possible.
  public boolean isUpdateDue(long now) {
    boolean old = sealed >= UPDATE_AFTER_PACKETS || now - since >= UPDATE_AFTER_NANOS;
    return old && mayUpdate(now);
  }

  /// Moves to the next generation; the peer follows.
  public void update(long now) {
    if (!mayUpdate(now)) {
      throw new IllegalStateException("the peer may not be at this generation yet");
    }
    moveOn(now);
  }

  /// Whether nothing more may be sealed: the connection must end without another packet.
  public boolean isExhausted() {
    return sealed >= EXHAUSTED_AFTER_PACKETS;
  }

  /// The generation of the keys, from 0.
  public long generation() {
    return generation;
  }

  private void moveOn(long now) {
    sendingSecret = nextSecret(sendingSecret);
    receivingSecret = nextSecret(receivingSecret);
    sending = PacketCipher.of(sendingSecret);
    last = receiving;
    receiving = next != null ? next : PacketCipher.of(receivingSecret);
    next = null;
    generation++;
    firstSent = PacketNumber.NONE;
    firstReceived = PacketNumber.NONE;
    confirmed = false;
    sealed = 0;
    since = now;
  }

  private static byte[] nextSecret(byte[] secret) {
    return Hkdf.expandLabel(secret, "knothole ku", Hkdf.HASH_BYTES);
  }
}
