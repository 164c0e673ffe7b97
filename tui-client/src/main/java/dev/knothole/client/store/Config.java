package dev.knothole.client.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `config.toml` says. Each key may be missing; options on the command line win.
///
/// @param name what to be called at the relay
/// @param relays `HOST` or `HOST:PORT`, best first
/// @param port the local UDP port, 0 for any
/// @param relayOnly whether to hide the own address from peers
/// @param readReceipts whether to tell what was read, and to be told
/// @param typing the same for typing
public record Config(
    @JsonProperty @Nullable String name,
    @JsonProperty @Nullable List<String> relays,
    @JsonProperty @Nullable Integer port,
    @JsonProperty("relay_only") @Nullable Boolean relayOnly,
    @JsonProperty("read_receipts") @Nullable Boolean readReceipts,
    @JsonProperty @Nullable Boolean typing) {
  public static final Config EMPTY = new Config(null, null, null, null, null, null);
}
