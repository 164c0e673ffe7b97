package dev.knothole.client.app;

import dev.knothole.client.peer.Link;
import dev.knothole.client.peer.NatState;
import dev.knothole.client.peer.PeerId;
import dev.knothole.client.peer.RelayState;
import dev.knothole.client.peer.Way;
import java.time.Duration;
import java.time.Instant;

/// Everything the program says by itself, in plain words: what happened and what to do about it.
public final class Sentences {
  /// As long as a registered client waits before it calls a relay silent.
  private static final Duration SLOW_RELAY = Duration.ofSeconds(12);

  private Sentences() {}

  /// The relay's state in a few words, for the status bar.
  public static String relay(AppState state) {
    return switch (state.relay()) {
      case RelayState.None _ -> "looking for a relay";
      case RelayState.Registering _ ->
          isRelaySilent(state) ? silent(state.registeringSince(), state.now()) : "registering";
      case RelayState.Online(_, var name) -> "online as " + name;
      case RelayState.SignedIn(_, var name) -> "online as " + name;
      case RelayState.NameTaken(_, var name) -> name + " is taken";
      case RelayState.Superseded _ -> "signed in elsewhere";
      case RelayState.KeyChanged _ -> "RELAY KEY CHANGED";
      case RelayState.Silent(_, var since) -> silent(since, state.now());
    };
  }

  /// Whether the relay lets us wait for longer than a slow network would.
  public static boolean isRelaySilent(AppState state) {
    return switch (state.relay()) {
      case RelayState.None _,
          RelayState.Online _,
          RelayState.SignedIn _,
          RelayState.NameTaken _,
          RelayState.Superseded _,
          RelayState.KeyChanged _ ->
          false;
      case RelayState.Registering _ ->
          state.now().isAfter(state.registeringSince().plus(SLOW_RELAY));
      case RelayState.Silent _ -> true;
    };
  }

  private static String silent(Instant since, Instant now) {
    return "relay silent " + seconds(since, now) + ", retrying";
  }

  /// The network's state in a few words, for the status bar.
  public static String nat(NatState nat) {
    return switch (nat) {
      case NatState.Unknown _ -> "NAT unknown";
      case NatState.Seen(var address, var kept) ->
          "seen as " + address + (kept ? ", port kept" : ", port changed");
    };
  }

  /// A chat's connection in a few words, for the status bar.
  public static String link(Link link, Instant now) {
    return switch (link) {
      case Link.Asking _ -> "asking the relay";
      case Link.Punching _ -> "connecting";
      case Link.Open(_, var rtt) -> "direct" + rtt.map(time -> " " + milliseconds(time)).orElse("");
      case Link.Silent(_, var since) -> "no reply " + seconds(since, now);
      case Link.Ringing _ -> "ringing";
      case Link.Private(_, var way, var rtt) ->
          way(way) + rtt.map(time -> " " + milliseconds(time)).orElse("");
      case Link.Unanswered(_, _, var since) -> "no reply " + seconds(since, now);
      case Link.Closed _ -> "not connected";
    };
  }

  private static String way(Way way) {
    return switch (way) {
      case Way.Relayed _ -> "relay";
      case Way.Direct _ -> "direct";
      case Way.Lan _ -> "lan";
    };
  }

  public static String milliseconds(Duration time) {
    long millis = time.plusNanos(500_000).toMillis();
    return millis == 0 ? "<1 ms" : millis + " ms";
  }

  private static String seconds(Instant since, Instant now) {
    return Math.max(0, Duration.between(since, now).toSeconds()) + " s";
  }

  static String relayInFull(RelayState relay, boolean hosting, Instant now) {
    return switch (relay) {
      case RelayState.None _ ->
          "none. Start one with scripts/relay start, or name one with --relay.";
      case RelayState.Registering(var address) -> address + ", registering";
      case RelayState.Online(var address, var name) ->
          address + ", online as " + name + (hosting ? ", hosted here" : "");
      case RelayState.SignedIn(var address, var name) ->
          address + ", online as " + name + (hosting ? ", hosted here" : "") + ", encrypted";
      case RelayState.NameTaken(var address, var name) ->
          address + ", where " + name + " belongs to somebody else; /nick takes another name";
      case RelayState.Superseded(var address, var name) ->
          address
              + ", where "
              + name
              + " has signed in elsewhere since; /retry signs in here again";
      case RelayState.KeyChanged(var address, _) ->
          address + ", whose key has changed; /trust relay accepts the new one";
      case RelayState.Silent(var address, var since) ->
          address + ", silent for " + seconds(since, now) + "; it is tried again by itself";
    };
  }

  static String natInFull(NatState nat) {
    return switch (nat) {
      case NatState.Unknown _ -> "the relay has not told how it sees you";
      case NatState.Seen(var address, var kept) ->
          "the relay sees you as "
              + address
              + (kept
                  ? "; your port number is kept, which makes direct connections easy"
                  : "; your port number is changed on the way");
    };
  }

  static String linkInFull(Link link, Instant now) {
    return switch (link) {
      case Link.Open(var path, var rtt) ->
          "direct to "
              + path
              + rtt.map(time -> ", " + milliseconds(time)).orElse("")
              + ", not encrypted";
      case Link.Private _, Link.Unanswered _ -> link(link, now) + ", encrypted";
      case Link.Asking _, Link.Punching _, Link.Ringing _, Link.Silent _, Link.Closed _ ->
          link(link, now);
    };
  }

  static String closed(String title, PeerId peer, Link.Reason reason) {
    return switch (reason) {
      case NOT_FOUND ->
          "Nobody called "
              + title
              + " is at this relay. Check the spelling, and that both of you use the same relay.";
      case BUSY ->
          title
              + " is just being introduced to somebody else. Try /connect "
              + title
              + " in a moment.";
      case NO_RELAY ->
          "The relay does not answer, so nobody could be asked for "
              + title
              + ". It is tried again by itself; /info tells its address.";
      case NEVER_ANSWERED -> neverAnswered(title, peer);
      case NOT_ANSWERED ->
          title + " was asked and did not answer. /connect " + title + " asks again.";
      case REJECTED -> title + " does not want to talk now.";
      case WRONG_KEY ->
          "Who answered is not the one the relay calls "
              + title
              + ". Somebody may be listening in; try another relay.";
      case GOODBYE ->
          title + " has left the chat. /connect " + title + " tries to reach them again.";
      case GONE ->
          title + " has not answered for a minute and counts as gone. Try /connect " + title + ".";
      case HUNG_UP -> "Disconnected from " + title + ".";
    };
  }

  private static String neverAnswered(String title, PeerId peer) {
    return switch (peer) {
      case PeerId.Named _ ->
          "No direct path to "
              + title
              + " was found in 10 s: a router or firewall between you lets nothing through. It helps"
              + " when one side opens a UDP port (start with --port and forward it) or uses another"
              + " network, such as a phone's.";
      case PeerId.At _ ->
          "Nothing answered at "
              + title
              + " in 10 s. Check the address, that the program runs there with that --port, and that"
              + " its firewall lets UDP through.";
    };
  }
}
