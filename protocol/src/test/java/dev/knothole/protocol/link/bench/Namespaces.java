package dev.knothole.protocol.link.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knothole.protocol.link.bench.Stage.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Two network namespaces and a link between them. For root on Linux only, with `ip` and `nft`.
final class Namespaces implements AutoCloseable {
  private static final String LEFT_ADDRESS = "10.213.77.1";
  private static final String RIGHT_ADDRESS = "10.213.77.2";

  private final String left;
  private final String right;

  private Namespaces(long unique) {
    left = "knothole-l" + unique;
    right = "knothole-r" + unique;
  }

  static Namespaces make() throws IOException {
    var namespaces = new Namespaces(ProcessHandle.current().pid());
    // Namespaces outlive processes, so an interrupted benchmark removes them too.
    Runtime.getRuntime().addShutdownHook(new Thread(namespaces::close));
    namespaces.build();
    return namespaces;
  }

  private void build() throws IOException {
    ip("netns add " + left);
    ip("netns add " + right);
    ip("link add knothole netns " + left + " type veth peer name knothole netns " + right);
    up(left, LEFT_ADDRESS);
    up(right, RIGHT_ADDRESS);
  }

  /// The kernel would carry joined segments as one packet over such a link and lose them as one; a
  /// real link does not.
  private static void up(String namespace, String address) throws IOException {
    ip("-n " + namespace + " address add " + address + "/24 dev knothole");
    ip("-n " + namespace + " link set dev knothole up gso_max_segs 1");
    ip("-n " + namespace + " link set dev lo up");
  }

  Place left() {
    return new Place(List.of("ip", "netns", "exec", left), LEFT_ADDRESS);
  }

  Place right() {
    return new Place(List.of("ip", "netns", "exec", right), RIGHT_ADDRESS);
  }

  /// Of the packets that arrive at each end.
  void lose(int percent) throws IOException {
    String rules =
        """
        table inet loss
        delete table inet loss
        table inet loss {
          chain arriving {
            type filter hook input priority 0
            numgen random mod 100 < %d counter drop
          }
        }
        """
            .formatted(percent);
    for (var namespace : List.of(left, right)) {
      run(List.of("ip", "netns", "exec", namespace, "nft", "-f", "-"), rules);
    }
  }

  private static void ip(String words) throws IOException {
    run(List.of(("ip " + words).split(" ", -1)), "");
  }

  private static void run(List<String> command, String input) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.outputWriter(UTF_8)) {
      out.write(input);
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// The link goes with the namespaces.
  @Override
  public void close() {
    for (var namespace : List.of(left, right)) {
      try {
        if (Files.exists(Path.of("/run/netns", namespace))) {
          ip("netns delete " + namespace);
        }
      } catch (IOException e) {
        System.err.println("bench: the namespace " + namespace + " stays: " + e.getMessage());
      }
    }
  }
}
