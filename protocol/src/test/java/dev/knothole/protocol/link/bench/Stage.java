package dev.knothole.protocol.link.bench;

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
  static final Duration LIMIT = Duration.ofSeconds(15);

  /// Where a program runs.
  ///
  /// @param prefix of its command, empty for here
  record Place(List<String> prefix, String address) {
    static final Place HERE = new Place(List.of(), LOOPBACK);
  }

  static Stage direct(Contestant contestant, Path keys, Place served, Place measuring)
      throws IOException {
    var programs = new Programs();
    try {
      var server = programs.serve(contestant, keys, served);
      int port = portOf(server);
      var client = programs.connect(contestant, keys, measuring, served, port);
      return greeted(server, client, Optional.empty(), port);
    } catch (IOException e) {
      programs.close();
      throw e;
    }
  }

  /// @param seed of the losses
  static Stage throughPath(Contestant contestant, Path keys, long seed) throws IOException {
    var programs = new Programs();
    try {
      var server = programs.serve(contestant, keys, Place.HERE);
      int port = portOf(server);
      var path = programs.delay(port, seed);
      var client = programs.connect(contestant, keys, Place.HERE, Place.HERE, portOf(path));
      return greeted(server, client, Optional.of(path), port);
    } catch (IOException e) {
      programs.close();
      throw e;
    }
  }

  private static int portOf(Program program) throws IOException {
    return Integer.parseInt(program.read(LIMIT));
  }

  private static Stage greeted(
      Program server, Program client, Optional<Program> path, int servedPort) throws IOException {
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
  public void close() {
    measuring.close();
    served.close();
    path.ifPresent(Program::close);
  }
}
