/// The keys of the link: how they come about, and how packets are sealed and opened with them.
///
/// # Key schedule
///
/// Hash and HKDF are those of SHA-256; `Expand(secret, label, length)` is HKDF-Expand-Label of RFC
/// 8446, section 7.1 (which puts `tls13 ` before the label) with an empty context.
///
/// ```
/// handshake packets                           data packets
///  common = Extract(salt, id)                  common = the secret of the handshake
///
/// client = Expand(common, "knothole client", 32)    server = Expand(common, "knothole server", 32)
/// key    = Expand(client, "knothole key", 32)       iv     = Expand(client, "knothole iv", 12)
/// header = Expand(client, "knothole hp", 32)        next   = Expand(client, "knothole ku", 32)
/// ```
///
/// `salt` is `b6a51d7b0c9ee5a3f24a86d10f3c7e9258cb41d7`; `id` is the eight bytes of the destination
/// of the client's first Initial packet, or of its first one after Retry. Each role seals with its
/// own secret. Keys of handshake packets are known to all who can read the packets: they keep out
/// those off the path, as in RFC 9001, section 5.2; the TLS inside protects itself.
///
/// # Packets
///
/// AES-256-GCM with the packet number, as 64 bits at the right of `iv`, xored into it as the nonce
/// (RFC 9001, section 5.3); the whole header as associated data, its low bits and the packet number
/// as they are before their protection. Then header protection with AES-256 and `header` (section
/// 5.4). The header is protected, and not only authenticated, so that nobody on the way learns to
/// rely on packet numbers. It does not hide that a connection moves from one path to another: its
/// id stays. It costs one AES block per packet.
///
/// Replays are refused by a [ReplayWindow] per packet number space. A forged packet changes
/// nothing.
///
/// # Key update
///
/// As in RFC 9001, section 6: the key phase bit is the lowest bit of the generation; `client` and
/// `server` become `next`, from which new `key` and `iv` come, `header` stays. Due after 2^23
/// packets sealed or one hour, possible once a packet of the current generation is acknowledged and
/// the last generation is dropped, which is three seconds after the first packet of the current one
/// came. A connection that cannot update ends after 2^28 packets. The limit of forgeries that RFC
/// 9001, section 6.6, asks to count is 2^52 for AES-GCM: a million a second for a century.
///
/// # Limits of the JDK
///
/// Sealing and opening happen in place and make nothing; the JDK's cipher allocates inside each
/// time it is given a new nonce, and there is no other way to give it one.
@NullMarked
package dev.knothole.protocol.link.crypto;

import org.jspecify.annotations.NullMarked;
