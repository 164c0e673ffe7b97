package dev.knothole.protocol.link.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knothole.protocol.link.bench.Contestant;
import dev.knothole.protocol.link.bench.transport.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;

/// Connects as its first deed, tells how long that took since `main`, and then does what it is
/// told. An answer is one line: numbers, or `failed:` and why.
public final class Measuring {
  private Measuring() {}

  /// @param arguments contestant, own address, address and port of the served end, folder of keys
  public static void main(String... arguments) throws IOException, GeneralSecurityException {
    long begin = System.nanoTime();
    var contestant = Contestant.named(arguments[0]);
    var own = new InetSocketAddress(InetAddress.ofLiteral(arguments[1]), 0);
    var served = address(arguments[2], arguments[3]);
    var credentials =
        Credentials.of(Credentials.MEASURING, Credentials.SERVED, Path.of(arguments[4]));
    var tasks = new Tasks(contestant.dialer(own, credentials), served, contestant.threads());
    System.out.println(
        answer(
            contestant.threads(),
            () -> {
              tasks.firstReply();
              return Long.toString(System.nanoTime() - begin);
            }));
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      System.out.println(answer(contestant.threads(), () -> perform(tasks, words)));
    }
    Runtime.getRuntime().halt(0);
  }

  private static String perform(Tasks tasks, String[] words) throws IOException {
    return switch (words[0]) {
      case "flow" -> tasks.flow(number(words, 1), number(words, 2), number(words, 3));
      case "bulk" -> tasks.bulk(number(words, 1), Long.parseLong(words[2]));
      case "echo" -> tasks.echo(number(words, 1), number(words, 2), number(words, 3));
      case "connects" -> tasks.connects(number(words, 1));
      case "crowd" -> tasks.crowd(number(words, 1), Long.parseLong(words[2]));
      case "disperse" -> tasks.disperse();
      case "watch" -> tasks.watch(number(words, 1));
      case "watched" -> tasks.watch().await();
      case "move" -> tasks.watch().move(address(words[1], words[2]));
      case "pause" -> tasks.watch().pause(Long.parseLong(words[1]), Long.parseLong(words[2]));
      case "between" -> tasks.watch().between(Long.parseLong(words[1]), Long.parseLong(words[2]));
      case "after" -> tasks.watch().after(Long.parseLong(words[1]));
      default -> throw new IllegalArgumentException("no such task: " + words[0]);
    };
  }

  /// On the kind of thread that suits the contestant.
  private static String answer(ThreadFactory threads, Callable<String> task) {
    try {
      return Background.start(threads, task).await();
    } catch (IOException e) {
      return "failed: " + String.valueOf(e.getCause()).lines().findFirst().orElse("no reason");
    }
  }

  private static InetSocketAddress address(String host, String port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), Integer.parseInt(port));
  }

  private static int number(String[] words, int at) {
    return Integer.parseInt(words[at]);
  }
}
