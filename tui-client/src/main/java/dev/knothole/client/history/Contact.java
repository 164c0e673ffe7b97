package dev.knothole.client.history;

import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import java.time.Instant;

/// Somebody whose key is pinned.
///
/// @param key what they have to prove to hold
/// @param since when the key was pinned
/// @param blocked whether their calls are refused without a word
public record Contact(
    Username name, Fingerprint key, Trust trust, Instant since, boolean blocked) {}
