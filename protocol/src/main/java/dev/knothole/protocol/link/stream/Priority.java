package dev.knothole.protocol.link.stream;

/// Who goes first. Strict: nothing of a lower priority is sent while something of a higher one may
/// be. That can starve the lower ones, on purpose: what is urgent here is typed by people.
public enum Priority {
  /// A chat: before everything, with a reserve of credit and buffers that no other may touch.
  URGENT,
  NORMAL,
  /// A file.
  BULK;

  Use writing() {
    return this == URGENT ? Use.URGENT_WRITE : Use.WRITE;
  }

  Use readingInOrder() {
    return this == URGENT ? Use.URGENT_IN_ORDER : Use.IN_ORDER;
  }
}
