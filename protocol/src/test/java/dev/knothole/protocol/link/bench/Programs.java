package dev.knothole.protocol.link.bench;

import dev.knothole.protocol.link.bench.Stage.Place;
import dev.knothole.protocol.link.bench.delay.DelayedPath;
import dev.knothole.protocol.link.bench.load.Measuring;
import dev.knothole.protocol.link.bench.load.Served;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts programs, and ends those that were started when the next one fails.
final class Programs implements AutoCloseable {
  private final List<Program> started = new ArrayList<>();

  Program serve(Contestant contestant, Path keys, Place place) throws IOException {
    return start(place, Served.class, contestant.word(), place.address(), keys.toString());
  }

  Program delay(int servedPort, long seed) throws IOException {
    return start(Place.HERE, DelayedPath.class, Integer.toString(servedPort), Long.toString(seed));
  }

  Program connect(Contestant contestant, Path keys, Place from, Place to, int port)
      throws IOException {
    return start(
        from,
        Measuring.class,
        contestant.word(),
        from.address(),
        to.address(),
        Integer.toString(port),
        keys.toString());
  }

  private Program start(Place place, Class<?> main, String... arguments) throws IOException {
    var program = Program.start(place.prefix(), main, arguments);
    started.add(program);
    return program;
  }

  @Override
  public void close() {
    started.forEach(Program::close);
  }
}
