package dev.knothole.client.app;

import dev.knothole.client.history.HistoryEvent;
import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.history.Message;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.talk.PeerTalk.Kind;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// What the history on disk answers, as the user sees it.
final class Memory {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private final AppState state;
  private final Desk desk;

  Memory(AppState state, Desk desk) {
    this.state = state;
    this.desk = desk;
  }

  void hear(HistoryEvent answer) {
    switch (answer) {
      case HistoryEvent.Opened opened -> {
        desk.introducer().contacts().recall(opened.contacts());
        desk.post().opened(opened);
        desk.introducer().recalled();
      }
      case HistoryEvent.Saved(var id, var fresh) -> desk.post().saved(id, fresh);
      case HistoryEvent.Removed(var id, var removed) -> desk.post().removed(id, removed);
      case HistoryEvent.Found(var words, var hits) -> found(words, hits);
      case HistoryEvent.Earlier(var chat, var messages) -> earlier(chat, messages);
      case HistoryEvent.Exported(var chat, var file, var count) ->
          desk.notice(
              state.active(),
              (count == 1 ? "One message of " : count + " messages of ")
                  + chat
                  + (count == 1 ? " was" : " were")
                  + " written to "
                  + file
                  + ".");
      case HistoryEvent.Failed(HistoryInput.Open _, var sentence) ->
          desk.problem(
              state.home(),
              "The history cannot be read. " + sentence + " Chats work, and are not kept.");
      case HistoryEvent.Failed(var input, var sentence) -> desk.post().failed(input, sentence);
    }
  }

  private void found(String words, List<HistoryEvent.Hit> hits) {
    if (hits.isEmpty()) {
      desk.notice(state.active(), "Nothing with \"" + words + "\" was found.");
      return;
    }
    for (var hit : hits.reversed()) {
      desk.notice(state.active(), hit.message().chat() + ", " + time(hit.message()) + ":");
      hit.before().forEach(message -> desk.notice(state.active(), "    " + line(message)));
      desk.notice(state.active(), "  > " + line(hit.message()));
      hit.after().forEach(message -> desk.notice(state.active(), "    " + line(message)));
    }
    desk.notice(state.active(), hits.size() + " found, the newest last.");
  }

  private static String time(Message message) {
    return TIME.format(message.at()) + " UTC";
  }

  private static String line(Message message) {
    String author =
        message.origin() instanceof Message.Origin.Ours ? "you" : message.chat().value();
    return message.kind() == Kind.ACTION
        ? "* " + author + " " + message.text()
        : author + ": " + message.text();
  }

  private void earlier(Username chat, List<Message> messages) {
    if (messages.isEmpty()) {
      desk.notice(state.active(), "There is nothing earlier with " + chat + ".");
    }
    for (var message : messages) {
      desk.notice(state.active(), time(message) + "  " + line(message));
    }
  }
}
