package dev.knothole.protocol.link.bench;

import dev.knothole.protocol.link.bench.delay.DelayedPath;
import dev.knothole.protocol.link.bench.load.Measuring;
import dev.knothole.protocol.link.bench.load.Served;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The programs of one contestant at work.
///
/// @param path between the two, if it is not the kernel's
/// @param servedPort where the served end really is
/// @param firstReply how long connecting took, since the measuring program's `main`
/// @param resident how large the measuring program was then
record Stage(
    Program served,
    Program measuring,
    Optional<Program> path,
    int servedPort,
    Duration firstReply,
    double resident)
    implements AutoCloseable {
  static final String LOOPBACK = "127.0.0.1";
  private static final Duration LIMIT = Duration.ofSeconds(15);

  /// Where a program runs.
  ///
  /// @param prefix of its command, empty for here
  record Place(List<String> prefix, String address) {
    static final Place HERE = new Place(List.of(), LOOPBACK);
  }

  static Stage direct(Contestant contestant, Path keys, Place served, Place measuring)
      throws IOException {
    var server = serve(contestant, keys, served);
    int port = portOf(server);
    return connect(contestant, keys, server, Optional.empty(), measuring, served, port, port);
  }

  /// @param seed of the losses
  static Stage throughPath(Contestant contestant, Path keys, long seed) throws IOException {
    var server = serve(contestant, keys, Place.HERE);
    int port = portOf(server);
    var path =
        Program.start(List.of(), DelayedPath.class, Integer.toString(port), Long.toString(seed));
    int pathPort = portOf(path);
    return connect(
        contestant, keys, server, Optional.of(path), Place.HERE, Place.HERE, port, pathPort);
  }

  private static Program serve(Contestant contestant, Path keys, Place place) throws IOException {
    return Program.start(
        place.prefix(), Served.class, contestant.word(), place.address(), keys.toString());
  }

  private static int portOf(Program program) throws IOException {
    try {
      return Integer.parseInt(program.read(LIMIT));
    } catch (IOException e) {
      program.close();
      throw e;
    }
  }

  private static Stage connect(
      Contestant contestant,
      Path keys,
      Program server,
      Optional<Program> path,
      Place measuring,
      Place served,
      int servedPort,
      int dialledPort)
      throws IOException {
    var client =
        Program.start(
            measuring.prefix(),
            Measuring.class,
            contestant.word(),
            measuring.address(),
            served.address(),
            Integer.toString(dialledPort),
            keys.toString());
    var first = Duration.ofNanos(Long.parseLong(client.read(LIMIT)));
    return new Stage(server, client, path, servedPort, first, client.residentMegabytes());
  }

  /// Has the measuring end do something.
  long[] ask(String task, Duration most) throws IOException {
    String answer = measuring.ask(task, most.plus(LIMIT));
    return List.of(answer.split(" ", -1)).stream().mapToLong(Long::parseLong).toArray();
  }

  void tell(String task, Duration most) throws IOException {
    measuring.ask(task, most.plus(LIMIT));
  }

  /// Changes the path.
  void tellPath(String command) throws IOException {
    path.orElseThrow().ask(command, LIMIT);
  }

  double cpuSeconds() throws IOException {
    return served.cpuSeconds() + measuring.cpuSeconds();
  }

  @Override
  public void close() throws IOException {
    measuring.close();
    served.close();
    if (path.isPresent()) {
      path.get().close();
    }
  }
}
