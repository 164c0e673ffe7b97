/// The wire format of the link: packets and frames, and nothing about what they mean together.
///
/// The shape is that of QUIC (RFC 9000); this text says what differs, bit by bit. Numbers are
/// big-endian; `varint` is the variable-length integer of RFC 9000, section 16.
///
/// # Packets
///
/// A datagram holds one packet or several, one behind the other: each tells its length, so what
/// the kernel glued together when it received it can be taken apart again. The first byte is never
/// below 0x80, which keeps one socket free for STUN (first two bits 00) and for JSON texts.
///
/// ```
/// Data                                          Initial, Handshake, Retry, Close
///  byte 0      1 0 0 0 0 K P P                   byte 0      1 1 T T 0 0 P P
///  bytes 1-2   length                            bytes 1-2   length
///  bytes 3-10  destination connection id         bytes 3-10  destination connection id
///  1-4 bytes   packet number                     bytes 11-14 version (0x4B480001)
///              frames                            bytes 15-22 source connection id
///  16 bytes    tag                               Initial: varint length, token (at most 256)
///                                                4 bytes     packet number
///                                                            frames; in Retry: the token
///                                                16 bytes    tag
/// ```
///
/// `TT` is 00 Initial, 01 Handshake, 10 Retry, 11 Close. `length` counts the whole packet, from
/// byte 0 to the end of the tag. `PP` is the length of the packet number less one; the number is
/// the cut one of RFC 9000, section 17.1, and recovered by A.3. Senders use four bytes in long
/// headers. `K` is the key phase. The zeros are checked by nobody but the tag.
/// A connection id is any 64 bits but is chosen at random; the receiver of packets chooses it.
/// Length, both ids and version lie at these places in every version to come.
///
/// There are two packet number spaces: Initial and Handshake packets share one, Data packets have
/// the other; each begins at 0 and acknowledges its own only. Retry has the number
/// 0xFFFFFFFE, Close 0xFFFFFFFF, both in four bytes, and they are in no space. Everything but the
/// plaintext is authenticated (the header as it is before its protection is the associated data),
/// the five low bits of byte 0 (short) or the four low bits (long) and the packet number are masked
/// as in RFC 9001, section 5.4, with AES-256. The plaintext with the packet number has at least 4
/// bytes, if need be by PADDING. Which keys: `dev.knothole.protocol.link.crypto`.
///
/// A client begins with Initial packets of at least 1200 bytes (PADDING) to a connection id of its
/// own random choice. The server answers with Handshake packets; the source connection id of the
/// first is what the client uses from then on, and its further packets are Handshake packets. Or
/// with Retry: the client begins again, with the token, with the source id of the Retry as its
/// destination, and with the keys of that id, but not with a new handshake. Or with Close, which
/// holds a CLOSE frame: no. Retry and Close are sealed with the server's keys of the destination id
/// of the packet that they answer.
///
/// # Frames
///
/// A packet holds at least one frame, each a type byte and its fields; all numbers are varints.
///
/// ```
/// 00      PADDING                              11      MAX_STREAM_DATA      stream, limit
/// 01      PING                                 12      MAX_STREAMS          limit
/// 02      ACK                  below           14      DATA_BLOCKED         limit
/// 04      STREAM_RESET         stream, code,   15      STREAM_DATA_BLOCKED  stream, limit
///                              final size      1A      PATH_CHALLENGE       8 bytes
/// 05      STREAM_STOP          stream, code    1B      PATH_RESPONSE        8 bytes
/// 06      HANDSHAKE            offset, length, 1C      CLOSE                code, length, UTF-8
///                              bytes           1E      HANDSHAKE_DONE
/// 08-0F   STREAM               below           1F      IMMEDIATE_ACK
/// 10      MAX_DATA             limit           30, 31  DATAGRAM             bytes; length, bytes
/// ```
///
/// ACK is that of RFC 9000, section 19.3: largest, delay in microseconds, number of further ranges,
/// first range, then gap and range for each further one; at most 64 ranges. STREAM is that of
/// section 19.8: bit 04 an offset is there, 02 a length is there (else up to the end of the
/// packet), 01 the stream ends here; stream, offset, length, bytes. A reason has at most 256 bytes.
/// Initial and Handshake packets carry PADDING, PING, ACK, HANDSHAKE and CLOSE only, Close packets
/// PADDING and CLOSE, Data packets all but HANDSHAKE. All but PADDING, ACK and CLOSE ask for an
/// acknowledgement.
///
/// # Reading without garbage
///
/// [IncomingPacket], [OutgoingPacket], [FrameReader] and [AckRanges] are reused; the frames that
/// fill packets are shown to a [FrameVisitor] as views of the packet's own buffer. Whatever the
/// bytes, the outcome is frames or [dev.knothole.protocol.MalformedMessage].
@NullMarked
package dev.knothole.protocol.link.wire;

import org.jspecify.annotations.NullMarked;
