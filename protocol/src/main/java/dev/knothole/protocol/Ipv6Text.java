package dev.knothole.protocol;

/// The one canonical spelling of an IPv6 address (RFC 5952, section 4): lower case, no leading
/// zeros, the first longest run of two or more zero groups as `::`.
final class Ipv6Text {
  private static final int GROUPS = 8;

  private Ipv6Text() {}

  static String of(byte[] address) {
    int runStart = -1;
    int runLength = 1;
    for (int start = 0; start < GROUPS; start++) {
      int end = start;
      while (end < GROUPS && group(address, end) == 0) {
        end++;
      }
      if (end - start > runLength) {
        runStart = start;
        runLength = end - start;
      }
    }
    var text = new StringBuilder(39);
    for (int at = 0; at < GROUPS; at++) {
      if (at == runStart) {
        text.append("::");
        at += runLength - 1;
      } else {
        if (at > 0 && at != runStart + runLength) {
          text.append(':');
        }
        text.append(Integer.toHexString(group(address, at)));
      }
    }
    return text.toString();
  }

  private static int group(byte[] address, int at) {
    return ((address[2 * at] & 0xff) << 8) | (address[2 * at + 1] & 0xff);
  }
}
