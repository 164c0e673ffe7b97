package dev.knothole.client.peer;

import dev.knothole.client.peer.RelaySession.Output;
import dev.knothole.protocol.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whom the relay is asked for, and in which order.
///
/// The answers `TargetNotFound` and `TargetBusy` do not say whom they are about, so only one
/// question is outstanding at a time. An answer may come late or doubled and be taken for that of
/// the next question; a short pause after every refusal makes that rare. It does no lasting harm:
/// the true answer, when it is an introduction, still counts.
final class Introductions {
  static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);
  static final Duration FIRST_RETRY = Duration.ofMillis(500);
  static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

  /// Who is busy may just be finishing: asked again after 0.5, 1 and 1.5 s.
  static final int BUSY_RETRIES = 3;

  static final Duration BUSY_PAUSE = Duration.ofMillis(500);
  static final Duration STRAY_ANSWERS = Duration.ofMillis(200);

  /// More than a person starts at once; only a runaway script meets it.
  static final int MAX_QUESTIONS = 64;

  /// From this try on the relay has probably forgotten us, and drops what strangers ask.
  static final int REGISTER_FROM_TRY = 3;

  private final List<Question> waiting = new ArrayList<>();
  private @Nullable Question asked;
  private Instant pauseUntil = Instant.MIN;

  boolean isAsking() {
    return asked != null;
  }

  void ask(Username peer, List<Output> out, Instant now) {
    if (find(peer).isPresent()) {
      return;
    }
    if (waiting.size() >= MAX_QUESTIONS) {
      out.add(new Output.Refused(peer, Link.Reason.NO_RELAY));
      return;
    }
    waiting.add(new Question(peer, now));
  }

  void forget(Username peer) {
    find(peer).ifPresent(this::drop);
  }

  /// @return whether we had asked for this peer
  boolean introduced(Username peer, Instant now) {
    Optional<Question> question = find(peer);
    if (question.isPresent()) {
      drop(question.get());
      renew(now);
    }
    return question.isPresent();
  }

  /// A relay that was restarted has forgotten us too, and then finds nobody. So the first such
  /// answer is doubted: we register once more and ask again.
  ///
  /// @return whether to register now
  boolean notFound(List<Output> out, Instant now) {
    Question question = asked;
    if (question == null) {
      return false;
    }
    if (question.doubted) {
      drop(question);
      out.add(new Output.Refused(question.peer, Link.Reason.NOT_FOUND));
    } else {
      question.doubted = true;
      question.sent = 0;
      question.next = now;
    }
    refused(now);
    return question.doubted && waiting.contains(question);
  }

  void busy(List<Output> out, Instant now) {
    Question question = asked;
    if (question == null) {
      return;
    }
    refused(now);
    question.busy++;
    question.sent = 0;
    question.next = now.plus(BUSY_PAUSE.multipliedBy(question.busy));
    if (question.busy > BUSY_RETRIES) {
      drop(question);
      out.add(new Output.Refused(question.peer, Link.Reason.BUSY));
    }
  }

  private void refused(Instant now) {
    asked = null;
    pauseUntil = now.plus(STRAY_ANSWERS);
    renew(now);
  }

  /// A relay that answers deserves patience for the questions still in the queue.
  private void renew(Instant now) {
    waiting.forEach(question -> question.deadline = now.plus(GIVE_UP_AFTER));
  }

  void tick(boolean online, List<Output> out, Instant now) {
    for (Question question : List.copyOf(waiting)) {
      if (Times.isDue(question.deadline, now)) {
        drop(question);
        out.add(new Output.Refused(question.peer, Link.Reason.NO_RELAY));
      }
    }
    if (online && asked == null && Times.isDue(pauseUntil, now)) {
      asked = waiting.stream().filter(q -> Times.isDue(q.next, now)).findFirst().orElse(null);
    }
  }

  /// The question to send now, if any, and how often it has been sent, this time included.
  Optional<Due> due(Instant now) {
    Question question = asked;
    if (question == null || !Times.isDue(question.next, now)) {
      return Optional.empty();
    }
    question.next = now.plus(Times.doubled(FIRST_RETRY, question.sent, LONGEST_RETRY));
    question.sent++;
    return Optional.of(new Due(question.peer, question.sent));
  }

  record Due(Username peer, int tries) {}

  Instant wakeAt(boolean online) {
    Instant wake = Instant.MAX;
    for (Question question : waiting) {
      wake = Times.earlier(wake, question.deadline);
      if (online && asked == null) {
        Instant next = question.next.isBefore(pauseUntil) ? pauseUntil : question.next;
        wake = Times.earlier(wake, next);
      }
    }
    return asked == null ? wake : Times.earlier(wake, asked.next);
  }

  private Optional<Question> find(Username peer) {
    return waiting.stream().filter(question -> question.peer.equals(peer)).findFirst();
  }

  private void drop(Question question) {
    waiting.remove(question);
    if (asked == question) {
      asked = null;
    }
  }

  private static final class Question {
    final Username peer;
    Instant deadline;
    Instant next;
    int sent;
    int busy;
    boolean doubted;

    Question(Username peer, Instant now) {
      this.peer = peer;
      this.deadline = now.plus(GIVE_UP_AFTER);
      this.next = now;
    }
  }
}
