package dev.knothole.protocol.talk;

import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.link.Connection;
import dev.knothole.protocol.link.stream.Streams;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;

/// Messages over one stream of a connection, in both directions. Each is its length in bytes, four
/// of them, and then its JSON.
///
/// Its owner calls [#flush] when the stream has room to write again, and [#next] until nothing
/// comes when something has arrived.
///
/// @param <M> what is said
public final class TalkStream<M> {
  /// The longest message, in bytes: the longest text, each character of it six bytes of JSON.
  public static final int MAX_BYTES = 6 * PeerTalk.Text.MAX_CHARS + 1024;

  /// A peer that reads nothing must not fill our memory.
  private static final int MAX_WAITING_BYTES = 2 << 20;

  private static final int FIRST_BYTES = 4096;
  private static final byte[] NONE = {};

  private final TalkJson<M> json;
  private final Connection connection;
  private final long stream;
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
  private int written;
  private int waitingBytes;
  private final byte[] length = new byte[Integer.BYTES];
  private byte[] body = NONE;
  private int read;

  public TalkStream(TalkJson<M> json, Connection connection, long stream) {
    this.json = json;
    this.connection = connection;
    this.stream = stream;
  }

  public long stream() {
    return stream;
  }

  /// Sends it now, or as soon as there is room.
  ///
  /// @return false when too much waits already; it is not sent then
  public boolean send(M message) {
    byte[] text = json.encode(message);
    if (text.length > MAX_BYTES || waitingBytes + text.length > MAX_WAITING_BYTES) {
      return false;
    }
    byte[] framed =
        ByteBuffer.allocate(Integer.BYTES + text.length).putInt(text.length).put(text).array();
    waiting.add(framed);
    waitingBytes += framed.length;
    flush();
    return true;
  }

  /// Whether nothing waits for room.
  public boolean isFlushed() {
    return waiting.isEmpty();
  }

  /// Writes what waits.
  public void flush() {
    for (byte[] first = waiting.peek(); first != null; first = waiting.peek()) {
      int n = connection.write(stream, first, written, first.length - written);
      if (n == Streams.GONE) {
        waiting.clear();
        waitingBytes = 0;
        return;
      }
      written += n;
      if (written < first.length) {
        return;
      }
      written = 0;
      waitingBytes -= first.length;
      waiting.remove();
    }
  }

  /// The next message that has come as a whole.
  ///
  /// @throws MalformedMessage if the peer says what is no message: nothing can be read after it
  public Optional<M> next() throws MalformedMessage {
    if (!fill(length, 0, Integer.BYTES)) {
      return Optional.empty();
    }
    int bytes = bodyLength();
    while (read < Integer.BYTES + bytes) {
      // Grown as it comes: what the peer only announces costs nothing.
      int known = Math.min(bytes, Math.max(FIRST_BYTES, 2 * (read - Integer.BYTES)));
      body = known > body.length ? Arrays.copyOf(body, known) : body;
      if (!fill(body, Integer.BYTES, Integer.BYTES + known)) {
        return Optional.empty();
      }
    }
    byte[] whole = Arrays.copyOf(body, bytes);
    body = NONE;
    read = 0;
    return Optional.of(json.decode(whole));
  }

  /// Reads until the frame is there up to `end`.
  ///
  /// @param begin where in the frame `into` begins
  private boolean fill(byte[] into, int begin, int end) {
    while (read < end) {
      int n = connection.read(stream, into, read - begin, end - read);
      if (n <= 0) {
        return false;
      }
      read += n;
    }
    return true;
  }

  private int bodyLength() throws MalformedMessage {
    int bytes = ByteBuffer.wrap(length).getInt();
    if (bytes < 2 || bytes > MAX_BYTES) {
      throw new MalformedMessage("a message of " + Integer.toUnsignedString(bytes) + " bytes");
    }
    return bytes;
  }
}
