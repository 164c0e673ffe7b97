package dev.knothole.client.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.client.peer.PeerId;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryTest {
  private static final PeerId BOB = new PeerId.Named(new Username("bob"));

  static Stream<Arguments> commands() {
    var here = new Where.Here();
    var bob = new Where.In(new ChatId.With(BOB));
    return Stream.of(
        Arguments.of("/help", new Command.Help("")),
        Arguments.of("/help connect", new Command.Help("connect")),
        Arguments.of("/connect bob", new Command.Connect(new Target.Peer(BOB))),
        Arguments.of("/CONNECT  bob ", new Command.Connect(new Target.Peer(BOB))),
        Arguments.of("/con bob", new Command.Connect(new Target.Peer(BOB))),
        Arguments.of("/connect 192.0.2.7:4000", at("192.0.2.7:4000")),
        Arguments.of("/connect [2001:db8::1]:4000", at("[2001:db8::1]:4000")),
        Arguments.of("/connect a.org:4000", new Command.Connect(new Target.Host("a.org", 4000))),
        Arguments.of("/disconnect", new Command.Disconnect(here)),
        Arguments.of("/disconnect bob", new Command.Disconnect(bob)),
        Arguments.of("/msg bob  hi  there", new Command.Message(BOB, "hi  there")),
        Arguments.of("/nick alice", new Command.Nick(new Username("alice"))),
        Arguments.of("/peers", new Command.Peers()),
        Arguments.of("/info", new Command.Status()),
        Arguments.of("/ping", new Command.Ping(here)),
        Arguments.of("/ping bob", new Command.Ping(bob)),
        Arguments.of("/clear", new Command.Clear()),
        Arguments.of("/q", new Command.Quit()),
        Arguments.of("/quit", new Command.Quit()),
        Arguments.of("/exit", new Command.Quit()));
  }

  private static Command at(String address) {
    return new Command.Connect(new Target.Peer(new PeerId.At(Endpoint.parse(address))));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_command_is_understood(String line, Command command) {
    assertEquals(new Entry.Do(command), Entry.parse(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hi|hi",
        "//shrug|/shrug",
        "////|///",
        "a /quit in the middle|a /quit in the middle",
        "' indented'|' indented'",
        "' / is a slash'|' / is a slash'",
        "' //x'|' //x'",
        "1/2|1/2"
      })
  void everything_else_is_said(String line, String said) {
    assertEquals(new Entry.Say(said), Entry.parse(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t \n"})
  void nothing_is_nothing(String line) {
    assertEquals(new Entry.Nothing(), Entry.parse(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/quti|Did you mean /quit?",
        "/conect bob|Did you mean /connect?",
        "/hlep|Did you mean /help?",
        "/xyzzyplugh|/help lists all of them.",
        "/|A slash alone does nothing",
        "/ quit|A slash alone does nothing",
        "/connect 192.0.2.7|An address needs a port",
        "/p|could be /peers or /ping",
        "/c|could be /connect or /clear",
        "' /quit'|There is a space before /quit",
        "/connect|Whom do you want to reach? Usage: /connect NAME",
        "/connect a b|more than one word",
        "/connect 192.0.2.7:99999|HOST:PORT",
        "/connect 192.0.2.7:|HOST:PORT",
        "/connect 2001:db8::1|HOST:PORT",
        "/connect :4000|HOST:PORT",
        "/msg|Whom is it for? Usage: /msg NAME TEXT",
        "/msg bob|What do you want to say to bob?",
        "/nick|Which name do you want?",
        "/nick a b|more than one word",
        "/nick a:b|cannot contain blanks or colons",
        "/quit now|takes no arguments",
        "/peers x|takes no arguments",
      })
  void what_is_not_understood_is_never_sent_and_told_why(String line, String part) {
    var entry = assertInstanceOf(Entry.Mistake.class, Entry.parse(line));
    assertTrue(entry.sentence().contains(part), entry.sentence());
  }

  @Test
  void every_command_has_help_and_every_help_is_of_a_command() {
    for (var verb : Verb.values()) {
      assertTrue(Help.about("").stream().anyMatch(line -> line.contains(verb.word())));
      assertTrue(Help.about(verb.word()).getFirst().startsWith(verb.synopsis()));
      assertInstanceOf(Entry.Do.class, Entry.parse(verb.example()), verb.example());
    }
    assertTrue(Help.about("nonsense").getFirst().contains("no help on nonsense"));
  }
}
