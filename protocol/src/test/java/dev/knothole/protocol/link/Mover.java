package dev.knothole.protocol.link;

import dev.knothole.protocol.link.sim.Line;
import java.util.List;
import java.util.SplittableRandom;

/// Takes an end over other paths, back and forth, and now and then over two at once.
final class Mover {
  private static final int MOST_MOVES = 4;

  private final Host host;
  private final Connection connection;
  private final List<Line> lines;
  private final SplittableRandom random;
  private int moves;

  Mover(Host host, Connection connection, List<Line> lines, SplittableRandom random) {
    this.host = host;
    this.connection = connection;
    this.lines = lines;
    this.random = random;
  }

  /// Whatever is learnt may be a reason to move.
  void heard(LinkEvent event) {
    if (event instanceof LinkEvent.PathValidated(var route, _)) {
      decide(route);
    } else if (lines.size() > 1 && moves < MOST_MOVES && random.nextInt(4) == 0) {
      moves++;
      connection.addPath(host.way(lines.get(random.nextInt(lines.size()))));
    }
  }

  private void decide(Route validated) {
    var before = connection.route();
    switch (random.nextInt(6)) {
      case 0, 1 -> connection.use(validated);
      case 2 -> connection.duplicate(validated);
      case 3 -> {
        connection.use(validated);
        connection.duplicate(before);
      }
      case 4 -> {
        connection.duplicate(null);
        connection.use(validated);
        connection.removePath(before);
      }
      default -> connection.duplicate(null);
    }
  }
}
