package dev.knothole.protocol.link;

import dev.knothole.protocol.link.stream.Signal;
import dev.knothole.protocol.link.wire.Frame;
import org.jspecify.annotations.Nullable;

/// What streams tell each other, and the frames that carry it.
final class Signals {
  private Signals() {}

  /// The frame of a signal; null for one that has none on this wire, being a hint only.
  static @Nullable Frame frame(Signal signal) {
    return switch (signal) {
      case Signal.MaxData(var limit) -> new Frame.MaxData(limit);
      case Signal.MaxStreamData(var stream, var limit) -> new Frame.MaxStreamData(stream, limit);
      case Signal.MaxStreams(var limit) -> new Frame.MaxStreams(limit);
      case Signal.DataBlocked(var limit) -> new Frame.DataBlocked(limit);
      case Signal.StreamDataBlocked(var stream, var limit) ->
          new Frame.StreamDataBlocked(stream, limit);
      case Signal.StreamsBlocked _ -> null;
      case Signal.ResetStream(var stream, var code, var size) ->
          new Frame.StreamReset(stream, code, size);
      case Signal.StopSending(var stream, var code) -> new Frame.StreamStop(stream, code);
    };
  }

  /// The signal in a frame; null for a frame of another kind.
  static @Nullable Signal signal(Frame frame) {
    return switch (frame) {
      case Frame.MaxData(var limit) -> new Signal.MaxData(limit);
      case Frame.MaxStreamData(var stream, var limit) -> new Signal.MaxStreamData(stream, limit);
      case Frame.MaxStreams(var limit) -> new Signal.MaxStreams(limit);
      case Frame.DataBlocked(var limit) -> new Signal.DataBlocked(limit);
      case Frame.StreamDataBlocked(var stream, var limit) ->
          new Signal.StreamDataBlocked(stream, limit);
      case Frame.StreamReset(var stream, var code, var size) ->
          new Signal.ResetStream(stream, code, size);
      case Frame.StreamStop(var stream, var code) -> new Signal.StopSending(stream, code);
      case Frame.Ping _,
          Frame.PathChallenge _,
          Frame.PathResponse _,
          Frame.Close _,
          Frame.HandshakeDone _,
          Frame.ImmediateAck _ ->
          null;
    };
  }
}
