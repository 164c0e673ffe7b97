package dev.knothole.client.app;

import dev.knothole.client.peer.Link;
import dev.knothole.client.peer.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One chat: its lines, its draft and how its connection stands. [Client] changes it, views read
/// it.
public final class Chat {
  private final ChatId id;
  private final String title;
  private final Transcript transcript = new Transcript();
  private final Editor editor = new Editor();
  private final List<Waiting> waiting = new ArrayList<>();
  private @Nullable Link link;
  private Anchor anchor = Anchor.BOTTOM;
  private int unread;

  /// @param title safe to draw
  /// @param link none for the program's own page
  Chat(ChatId id, String title, @Nullable Link link) {
    this.id = id;
    this.title = title;
    this.link = link;
  }

  public ChatId id() {
    return id;
  }

  public String title() {
    return title;
  }

  public Optional<PeerId> peer() {
    return id instanceof ChatId.With(var peer) ? Optional.of(peer) : Optional.empty();
  }

  /// Empty for the program's own page.
  public Optional<Link> link() {
    return Optional.ofNullable(link);
  }

  public Transcript transcript() {
    return transcript;
  }

  public Editor editor() {
    return editor;
  }

  public Anchor anchor() {
    return anchor;
  }

  /// Lines that came while the chat was not on the screen or scrolled up.
  public int unread() {
    return unread;
  }

  void link(Link changed) {
    link = changed;
  }

  /// At the bottom nothing is unread any more.
  void anchor(Anchor changed) {
    anchor = changed;
    if (changed.atBottom()) {
      unread = 0;
    }
  }

  void countUnread() {
    unread++;
  }

  void markRead() {
    unread = 0;
  }

  /// Whether nobody has told who this is.
  boolean isByAddress() {
    return id instanceof ChatId.With(PeerId.At _);
  }

  /// Whether a text said now would reach the peer or be kept for it.
  boolean canSend() {
    return link != null && !(link instanceof Link.Closed);
  }

  /// Whether a path to the peer is open, be it silent at the moment.
  public boolean isOpen() {
    return link instanceof Link.Open || link instanceof Link.Silent;
  }

  /// How many of our lines wait for the connection.
  int waiting() {
    return waiting.size();
  }

  void keep(long lineId, String text) {
    waiting.add(new Waiting(lineId, text));
  }

  /// The texts kept so far, now marked as sent or not; nothing is kept any more.
  List<String> release(Line.Delivery delivery) {
    for (var kept : waiting) {
      transcript.change(
          kept.lineId(), line -> line instanceof Line.Mine mine ? mine.with(delivery) : line);
    }
    var texts = waiting.stream().map(Waiting::text).toList();
    waiting.clear();
    return texts;
  }

  void clear() {
    transcript.clear();
    anchor(Anchor.BOTTOM);
  }

  /// A text that goes out when the connection opens, and the line that shows it.
  private record Waiting(long lineId, String text) {}
}
