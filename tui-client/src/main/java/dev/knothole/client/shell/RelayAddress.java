package dev.knothole.client.shell;

import dev.knothole.protocol.Endpoint;
import dev.knothole.relay.RelayServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A relay as a person names it.
///
/// @param port 1 to 65535
public record RelayAddress(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:\\s]+))(?::(\\d{1,5}))?");

  /// Reads `HOST`, `HOST:PORT`, `[IPV6]` or `[IPV6]:PORT`.
  ///
  /// @throws IllegalArgumentException with a sentence for the user
  public static RelayAddress parse(String text) {
    Matcher form = FORM.matcher(text);
    int port =
        form.matches() && form.group(3) != null
            ? Integer.parseInt(form.group(3))
            : RelayServer.DEFAULT_PORT;
    if (!form.matches() || port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "A relay is written HOST or HOST:PORT, for example relay.example.org:3478, not "
              + text
              + ".");
    }
    String host = form.group(1) != null ? form.group(1) : form.group(2);
    return new RelayAddress(host, port);
  }

  /// Asks the system's resolver; may take seconds. IPv4 comes first: two who reach the same relay
  /// by different families cannot be introduced to each other.
  ///
  /// @return nothing when the name has no address
  List<Endpoint> lookUp() {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(address -> new Endpoint(address, port))
          .sorted(Comparator.comparing(Endpoint::isIpv6))
          .toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}
