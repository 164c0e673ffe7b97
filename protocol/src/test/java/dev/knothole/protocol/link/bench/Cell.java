package dev.knothole.protocol.link.bench;

/// One figure of each contestant: a row of a table.
enum Cell {
  BULK(Table.LOOPBACK, "bulk", "bulk, one stream", "MB/s", Better.HIGHER),
  BULK_CPU(Table.LOOPBACK, "bulk", "processor time of both ends", "s/GB", Better.LOWER),
  ECHO_P50(Table.LOOPBACK, "echo", "request and reply of 100 B, p50", "µs", Better.LOWER),
  ECHO_P99(Table.LOOPBACK, "echo", "request and reply of 100 B, p99", "µs", Better.LOWER),
  MESSAGES(Table.LOOPBACK, "messages", "messages of 100 B, one way", "k/s", Better.HIGHER),
  COLD(Table.LOOPBACK, "cold", "connect and first reply since main", "ms", Better.LOWER),
  WARM(Table.LOOPBACK, "warm", "connect and first reply, warm, p50", "ms", Better.LOWER),
  MEMORY(Table.LOOPBACK, "memory", "resident after connect", "MB", Better.LOWER),
  CROWD(Table.LOOPBACK, "crowd", "50 connections at once", "MB/s", Better.HIGHER),
  CROWD_MEMORY(Table.LOOPBACK, "crowd", "resident then, receiving end", "MB", Better.LOWER),
  CROWD_SERVED(Table.LOOPBACK, "crowd", "resident then, sending end", "MB", Better.LOWER),

  LOSS_1(Table.IMPAIRED, "loss-1", "veth, 1 % loss: bulk", "MB/s", Better.HIGHER),
  LOSS_1_P99(Table.IMPAIRED, "loss-1", "veth, 1 % loss: reply p99", "ms", Better.LOWER),
  LOSS_5(Table.IMPAIRED, "loss-5", "veth, 5 % loss: bulk", "MB/s", Better.HIGHER),
  LOSS_5_P99(Table.IMPAIRED, "loss-5", "veth, 5 % loss: reply p99", "ms", Better.LOWER),
  DELAY_0(Table.IMPAIRED, "delay-0", "40 ms", "MB/s", Better.HIGHER),
  DELAY_1(Table.IMPAIRED, "delay-1", "40 ms, 1 % loss", "MB/s", Better.HIGHER),
  DELAY_5(Table.IMPAIRED, "delay-5", "40 ms, 5 % loss", "MB/s", Better.HIGHER),
  FAST_0(Table.IMPAIRED, "100mbit-0", "40 ms, 100 Mbit, 500 KB queue", "MB/s", Better.HIGHER),
  FAST_1(Table.IMPAIRED, "100mbit-1", "the same, 1 % loss", "MB/s", Better.HIGHER),
  SLOW_0(Table.IMPAIRED, "20mbit-0", "40 ms, 20 Mbit, 100 KB queue", "MB/s", Better.HIGHER),

  REBIND_PAUSE(Table.EVENTS, "rebind", "source port changes: pause", "ms", Better.LOWER),
  REBIND_RATE(Table.EVENTS, "rebind", "from then on", "MB/s", Better.HIGHER),
  HOLE(Table.EVENTS, "hole", "black hole: from its end to new bytes", "s", Better.LOWER),
  HOLE_RATE(Table.EVENTS, "hole", "from its end on", "MB/s", Better.HIGHER),
  SWAP_PAUSE(Table.EVENTS, "swap", "path becomes direct: pause", "ms", Better.LOWER),
  SWAP_RATE(Table.EVENTS, "swap", "from then on", "MB/s", Better.HIGHER);

  /// Where it is shown.
  enum Table {
    LOOPBACK("Loopback"),
    IMPAIRED("Impaired paths"),
    EVENTS("Events on a path of 20 ms and 200 Mbit");

    private final String title;

    Table(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /// Which of two values wins.
  enum Better {
    HIGHER,
    LOWER
  }

  private final Table table;
  private final String word;
  private final String title;
  private final String unit;
  private final Better better;

  Cell(Table table, String word, String title, String unit, Better better) {
    this.table = table;
    this.word = word;
    this.title = title;
    this.unit = unit;
    this.better = better;
  }

  Table table() {
    return table;
  }

  /// As users choose it; cells that are measured together share it.
  String word() {
    return word;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  /// How many times as good one value is as another.
  double advantage(double of, double over) {
    return better == Better.HIGHER ? of / over : over / of;
  }
}
