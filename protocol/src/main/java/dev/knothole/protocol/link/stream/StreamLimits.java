package dev.knothole.protocol.link.stream;

/// What a side grants the other from the start (RFC 9000, section 18.2: initial_max_data,
/// initial_max_stream_data, initial_max_streams_bidi). Beyond the largest number there is, a limit
/// is that number.
///
/// @param connectionWindow bytes of all streams together; below 32 KiB it is also the least the
///     window will ever be
/// @param streamWindow bytes of each stream
/// @param streams how many the other may have open at once
public record StreamLimits(long connectionWindow, long streamWindow, long streams) {
  /// The largest variable-length integer (RFC 9000, section 16), so the last offset there is.
  public static final long MAX_OFFSET = (1L << 62) - 1;

  /// As ids have two more bits (RFC 9000, section 4.6).
  public static final long MAX_STREAMS = 1L << 60;

  /// A window that a fresh congestion window does not outgrow before the tuning sees it; memory is
  /// only taken for bytes that came.
  public static final StreamLimits DEFAULT = new StreamLimits(768 << 10, 512 << 10, 128);

  static final StreamLimits NOTHING = new StreamLimits(0, 0, 0);

  public StreamLimits {
    connectionWindow = Math.clamp(connectionWindow, 0, MAX_OFFSET);
    streamWindow = Math.clamp(streamWindow, 0, MAX_OFFSET);
    streams = Math.clamp(streams, 0, MAX_STREAMS);
  }
}
