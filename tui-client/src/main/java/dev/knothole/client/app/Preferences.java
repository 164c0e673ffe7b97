package dev.knothole.client.app;

import dev.knothole.protocol.link.handshake.Fingerprint;

/// What the user is and wants, beyond the name.
///
/// @param own the key that others know the user by
/// @param readReceipts whether to tell what was read, and to be told
/// @param typing whether to tell that something is being typed, and to be told
public record Preferences(Fingerprint own, boolean readReceipts, boolean typing) {}
