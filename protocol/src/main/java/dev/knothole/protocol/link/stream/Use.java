package dev.knothole.protocol.link.stream;

/// What a chunk is taken for, and up to which fill of the budget (in sixteenths) it is given.
///
/// The order is what keeps the process alive when memory is short: bytes written wait for
/// acknowledgements of others, so they come last; bytes that arrived ahead of a hole wait for the
/// hole to be filled, so room for the filling is kept; bytes in order are read by the application
/// next. What is urgent finds room where nothing else does.
public enum Use {
  WRITE(8, true),
  URGENT_WRITE(10, false),
  AHEAD(12, true),
  IN_ORDER(14, false),
  URGENT_IN_ORDER(16, false);

  private final int sixteenths;

  /// Whether an owner may hold only as much as is still free: so N owners share evenly, without
  /// anybody counting them, and the first does not take all.
  final boolean fair;

  Use(int sixteenths, boolean fair) {
    this.sixteenths = sixteenths;
    this.fair = fair;
  }

  int of(int chunks) {
    return (int) ((long) chunks * sixteenths / 16);
  }
}
