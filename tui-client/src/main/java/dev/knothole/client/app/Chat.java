package dev.knothole.client.app;

import static dev.knothole.client.app.Line.Delivery.DELIVERED;

import dev.knothole.client.peer.Link;
import dev.knothole.client.peer.PeerId;
import dev.knothole.protocol.Username;
import java.time.Instant;
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
  private @Nullable Standing standing;
  private @Nullable Prompt prompt;
  private Instant typingSince = Instant.MIN;
  private boolean away;
  private boolean asked;

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

  /// How well the peer's key is known, where there is one.
  public Optional<Standing> standing() {
    return Optional.ofNullable(standing);
  }

  void standing(Standing changed) {
    standing = changed;
  }

  /// What the user is asked in this chat.
  Optional<Prompt> prompt() {
    return Optional.ofNullable(prompt);
  }

  void prompt(@Nullable Prompt changed) {
    prompt = changed;
  }

  /// Since when the peer types, or did: the far past when it does not.
  public Instant typingSince() {
    return typingSince;
  }

  void typing(Instant since) {
    typingSince = since;
  }

  /// Whether the peer has said that it is away.
  public boolean away() {
    return away;
  }

  void away(boolean changed) {
    away = changed;
  }

  /// Whether the user waits to hear how an attempt to connect ends.
  boolean asked() {
    return asked;
  }

  void asked(boolean changed) {
    asked = changed;
  }

  Optional<Username> name() {
    return id instanceof ChatId.With(PeerId.Named(var name)) ? Optional.of(name) : Optional.empty();
  }

  /// Whether there is a path of the open dialect, which is not encrypted.
  public boolean isPlain() {
    return link instanceof Link.Open || link instanceof Link.Silent;
  }

  /// Whether there is an encrypted link, be it without an answer at the moment.
  public boolean isPrivate() {
    return link instanceof Link.Private || link instanceof Link.Unanswered;
  }

  void unread(int count) {
    unread = count;
  }

  void mark(long line, Line.Delivery delivery) {
    transcript.change(line, found -> found instanceof Line.Mine mine ? mine.with(delivery) : found);
  }

  boolean isDelivered(long line) {
    return transcript
        .find(line)
        .filter(found -> found instanceof Line.Mine mine && mine.delivery() == DELIVERED)
        .isPresent();
  }

  /// The texts kept so far, whose lines vanish: they are said in another way.
  List<String> takeKept() {
    waiting.forEach(kept -> transcript.remove(kept.lineId()));
    var texts = waiting.stream().map(Waiting::text).toList();
    waiting.clear();
    return texts;
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
    return isPlain() || isPrivate();
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
