package dev.knothole.protocol.link.bench.load;

import dev.knothole.protocol.link.bench.Contestant;
import dev.knothole.protocol.link.bench.transport.Connection;
import dev.knothole.protocol.link.bench.transport.Credentials;
import dev.knothole.protocol.link.bench.transport.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.ThreadFactory;

/// Fulfils the wishes of everybody who connects.
public final class Served {
  private Served() {}

  /// @param arguments contestant, address to listen at, folder of the keys
  public static void main(String... arguments) throws IOException, GeneralSecurityException {
    var contestant = Contestant.named(arguments[0]);
    var at = new InetSocketAddress(InetAddress.ofLiteral(arguments[1]), 0);
    var credentials =
        Credentials.of(Credentials.SERVED, Credentials.MEASURING, Path.of(arguments[2]));
    var listener = contestant.listen(at, credentials);
    Thread.ofPlatform().daemon().start(() -> serve(listener, contestant.threads()));
    System.out.println(listener.address().getPort());
    awaitEndOfInput();
    Runtime.getRuntime().halt(0);
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing is said to this program.
    }
  }

  private static void serve(Listener listener, ThreadFactory threads) {
    while (true) {
      try {
        var connection = listener.accept();
        threads.newThread(() -> serve(connection)).start();
      } catch (IOException e) {
        System.err.println("a connection failed: " + e);
      }
    }
  }

  /// A measuring end that has seen enough closes the connection, which is no news here.
  private static void serve(Connection connection) {
    try (connection) {
      var stream = connection.accept();
      var wish = Wish.readFrom(stream);
      if (wish.isEmpty()) {
        return;
      }
      byte[] message = new byte[wish.get().size()];
      if (wish.get().isEcho()) {
        while (stream.readFully(message)) {
          stream.write(message, 0, message.length);
        }
        return;
      }
      for (long left = wish.get().amount(); left > 0; left -= message.length) {
        stream.write(message, 0, (int) Math.min(left, message.length));
      }
      stream.readFully(message);
    } catch (IOException _) {
      // The other end tells what failed.
    }
  }
}
