/// The handshake of the link: who is there, and one secret that only the two ends know.
///
/// TLS 1.3 of the JDK does the work: both ends show a self-signed certificate of an ECDSA key on
/// P-256 and prove that they hold the key; a [dev.knothole.protocol.link.handshake.PeerCheck]
/// decides by the key's fingerprint. ML-KEM-768 adds a second secret, so that a recording does not
/// open to who breaks elliptic curves later.
///
/// # The stream
///
/// Each end sends a stream of messages: kind (1 byte), length (2 bytes), body.
///
/// ```
/// client                                          server
///  1 HELLO    version (4), ML-KEM-768 key (1184)
///  2 TLS      ClientHello                          1 HELLO  version (4), ciphertext (1088)
///                                                  2 TLS    ServerHello ... Finished
///  2 TLS      Certificate ... Finished
///  3 CONFIRM  32 bytes
/// ```
///
/// TLS comes with its records, which may be cut into messages anywhere; one cipher suite
/// (TLS_AES_256_GCM_SHA384), one group (x25519), one signature (ecdsa_secp256r1_sha256). HELLO
/// comes first and once. Key and ciphertext are encoded as in FIPS 203. A client is done when it
/// has sent CONFIRM, a server when it has checked it. The server's TLS sends no tickets, and there
/// is no resumption.
///
/// # The secret
///
/// ```
/// transcript = SHA-256(client's HELLO body, server's HELLO body,
///                      client's fingerprint, server's fingerprint)
/// exported   = TLS exporter, label "EXPORTER-knothole-link", context transcript, 32 bytes
/// secret     = HKDF-Extract(salt transcript, exported || secret of ML-KEM)
/// CONFIRM    = Expand(secret, "knothole confirm", 32)
/// link       = Expand(secret, "knothole link", 32)
/// ```
///
/// A fingerprint is the SHA-256 of SubjectPublicKeyInfo; `Expand` and what becomes of `link` tells
/// `dev.knothole.protocol.link.crypto`. Who stands in between and exchanges the keys of ML-KEM,
/// which TLS does not see, gives the ends different transcripts: the server finds that by CONFIRM,
/// and the client by never getting a packet that opens.
///
/// # Randomness
///
/// Comes in through the constructor and goes on to TLS, ML-KEM and the signatures.
@NullMarked
package dev.knothole.protocol.link.handshake;

import org.jspecify.annotations.NullMarked;
