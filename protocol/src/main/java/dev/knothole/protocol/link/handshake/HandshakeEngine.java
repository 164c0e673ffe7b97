package dev.knothole.protocol.link.handshake;

import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.link.crypto.Hkdf;
import dev.knothole.protocol.link.crypto.LinkSecret;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.wire.Layout;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One end of a handshake: the bytes of the peer go in, bytes for the peer come out, and at the end
/// there is a secret and a peer, or a reason. Nothing is thrown, whatever the bytes.
///
/// The bytes are a stream; the HANDSHAKE frames that carry it see to their order.
public final class HandshakeEngine {
  /// A handshake is a few kilobytes; a peer that sends more than this means something else.
  public static final int MAX_BYTES = 32_768;

  private static final String EXPORTER_LABEL = "EXPORTER-knothole-link";

  private final Role role;
  private final Fingerprint own;
  private final SecureRandom random;
  private final PeerTrust trust;
  private final TlsEngine tls;
  private final MessageReader reader = new MessageReader();
  private final MessageWriter writer = new MessageWriter();
  private final @Nullable KeyPair kemKeys;
  private HandshakeState state = new HandshakeState.Running();
  private int received;
  private byte[] clientHello = {};
  private byte[] serverHello = {};
  private byte[] kemSecret = {};
  private @Nullable Agreement agreement;

  /// What TLS and ML-KEM have come to, before the ends have made sure that it is the same.
  private record Agreement(byte[] secret, Fingerprint peer) {
    byte[] confirmation() {
      return Hkdf.expandLabel(secret, "knothole confirm", Hkdf.HASH_BYTES);
    }

    HandshakeState established() {
      var link = Hkdf.expandLabel(secret, "knothole link", Hkdf.HASH_BYTES);
      return new HandshakeState.Established(new LinkSecret(link), peer);
    }
  }

  private HandshakeEngine(
      Role role, Fingerprint own, KeyManager[] keys, PeerCheck check, SecureRandom random) {
    this.role = role;
    this.own = own;
    this.random = random;
    this.trust = new PeerTrust(check);
    this.tls = new TlsEngine(role, keys, trust, random);
    this.kemKeys = role == Role.CLIENT ? KemExchange.generate(random) : null;
  }

  /// The end that begins; its first flight is there to be sent at once.
  ///
  /// @param random of cryptographic quality; all randomness of the handshake comes from it
  public static HandshakeEngine client(Identity identity, PeerCheck check, SecureRandom random) {
    var keys = identity.keyManagers();
    return start(new HandshakeEngine(Role.CLIENT, identity.fingerprint(), keys, check, random));
  }

  /// The end that answers.
  ///
  /// @param random of cryptographic quality; all randomness of the handshake comes from it
  public static HandshakeEngine server(Identity identity, PeerCheck check, SecureRandom random) {
    var keys = identity.keyManagers();
    return new HandshakeEngine(Role.SERVER, identity.fingerprint(), keys, check, random);
  }

  /// A client that shows no certificate.
  static HandshakeEngine anonymous(PeerCheck check, SecureRandom random) {
    var nobody = new Fingerprint("0".repeat(64));
    return start(new HandshakeEngine(Role.CLIENT, nobody, new KeyManager[0], check, random));
  }

  private static HandshakeEngine start(HandshakeEngine client) {
    if (client.kemKeys != null) {
      client.clientHello = hello(KemExchange.encode(client.kemKeys));
      client.writer.write(MessageKind.HELLO, client.clientHello);
      client.advanceTls(new byte[0]);
    }
    return client;
  }

  private static byte[] hello(byte[] kem) {
    var hello = ByteBuffer.allocate(Integer.BYTES + kem.length);
    return hello.putInt(Layout.VERSION).put(kem).array();
  }

  public HandshakeState state() {
    return state;
  }

  /// What is to be sent next, appended to all that was taken before; empty if there is nothing.
  public byte[] takeOutput() {
    return writer.take();
  }

  /// Goes on with the next bytes of the peer's stream, cut anywhere. After the end they are
  /// ignored.
  ///
  /// Runs the public key operations of the handshake on the thread of the caller.
  public void receive(ByteBuffer bytes) {
    if (!(state instanceof HandshakeState.Running)) {
      return;
    }
    received += bytes.remaining();
    reader.append(bytes);
    if (received > MAX_BYTES) {
      fail(HandshakeFailure.MALFORMED, "more than a handshake");
    }
    try {
      while (state instanceof HandshakeState.Running && reader.next()) {
        handle(reader.kind(), reader.body());
      }
    } catch (MalformedMessage malformed) {
      fail(HandshakeFailure.MALFORMED, String.valueOf(malformed.getMessage()));
    }
  }

  private void handle(MessageKind kind, byte[] body) throws MalformedMessage {
    boolean greeted = clientHello.length > 0 && serverHello.length > 0;
    switch (kind) {
      case HELLO -> {
        if (greeted) {
          throw new MalformedMessage("a second hello");
        }
        handleHello(body);
      }
      case TLS -> {
        if (!greeted) {
          throw new MalformedMessage("no hello");
        }
        advanceTls(body);
      }
      case CONFIRM -> handleConfirm(body);
    }
  }

  private void handleHello(byte[] body) {
    if (body.length < Integer.BYTES || ByteBuffer.wrap(body).getInt() != Layout.VERSION) {
      fail(HandshakeFailure.WRONG_VERSION, "the peer speaks another version");
      return;
    }
    byte[] kem = Arrays.copyOfRange(body, Integer.BYTES, body.length);
    try {
      if (kemKeys != null) {
        serverHello = body;
        kemSecret = KemExchange.decapsulate(kemKeys, kem);
      } else {
        var encapsulated = KemExchange.encapsulate(kem, random);
        clientHello = body;
        serverHello = hello(encapsulated.encapsulation());
        kemSecret = encapsulated.key().getEncoded();
        writer.write(MessageKind.HELLO, serverHello);
      }
    } catch (GeneralSecurityException notOne) {
      fail(HandshakeFailure.KEM, "no key or ciphertext of ML-KEM-768");
    }
  }

  private void advanceTls(byte[] bytes) {
    if (tls.isFinished()) {
      return;
    }
    Optional<SSLException> failure = Optional.empty();
    try {
      tls.advance(bytes);
    } catch (SSLException failed) {
      failure = Optional.of(failed);
    }
    writer.write(MessageKind.TLS, tls.takeOutput());
    if (failure.isPresent()) {
      failTls(failure.get());
    } else if (tls.isFinished()) {
      agree();
    }
  }

  private void failTls(SSLException failure) {
    var detail = String.valueOf(failure.getMessage());
    // The JDK tells an alert of the peer from its own by the words alone.
    var unexplained =
        detail.contains("Received fatal alert")
            ? HandshakeFailure.REFUSED_BY_PEER
            : HandshakeFailure.TLS;
    fail(trust.refusal().orElse(unexplained), detail);
  }

  private void agree() {
    try {
      var peer = Fingerprint.of(tls.peer().getPublicKey());
      agreement = new Agreement(agree(peer), peer);
    } catch (SSLException noCertificate) {
      fail(HandshakeFailure.NO_CERTIFICATE, "the peer showed no certificate");
      return;
    }
    if (role == Role.CLIENT) {
      writer.write(MessageKind.CONFIRM, agreement.confirmation());
      state = agreement.established();
    }
  }

  private byte[] agree(Fingerprint peer) throws SSLException {
    var client = role == Role.CLIENT ? own : peer;
    var server = role == Role.CLIENT ? peer : own;
    byte[] transcript =
        Fingerprint.sha256(clientHello, serverHello, client.bytes(), server.bytes());
    byte[] exported = tls.export(EXPORTER_LABEL, transcript, Hkdf.HASH_BYTES);
    return Hkdf.extract(transcript, exported, kemSecret);
  }

  private void handleConfirm(byte[] body) throws MalformedMessage {
    if (agreement == null) {
      throw new MalformedMessage("nothing to confirm");
    }
    if (MessageDigest.isEqual(body, agreement.confirmation())) {
      state = agreement.established();
    } else {
      fail(HandshakeFailure.KEYS_DIFFER, "the ends have seen different keys");
    }
  }

  private void fail(HandshakeFailure reason, String detail) {
    state = new HandshakeState.Failed(reason, detail);
  }
}
