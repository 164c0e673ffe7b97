package dev.knothole.relay.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One peer with a socket of its own; answers are waited for actively, as the generator has a
/// processor to itself.
final class Client implements AutoCloseable {
  private static final byte[] REGISTER = "{\"Register\":{\"username\":\"peer-".getBytes(US_ASCII);
  private static final byte[] CONNECT =
      "{\"Connect\":{\"target_username\":\"peer-".getBytes(US_ASCII);
  private static final byte[] END = "\"}}".getBytes(US_ASCII);
  private static final byte[] FINISHED = "\"SessionFinished\"".getBytes(US_ASCII);

  private static final int NAME_DIGITS = 9;
  private static final int SPINS_BEFORE_SLEEP = 2_000;
  private static final long LOST_AFTER = TimeUnit.SECONDS.toNanos(5);

  private static final ByteBuffer OUT = ByteBuffer.allocateDirect(1024);
  private static final ByteBuffer IN = ByteBuffer.allocateDirect(1024);

  private final DatagramChannel channel;
  private int name;

  Client(InetSocketAddress local, InetSocketAddress relay) throws IOException {
    channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.bind(local).connect(relay).configureBlocking(false);
  }

  void register(int newName) throws IOException {
    name = newName;
    send(named(REGISTER, newName));
  }

  void connect(Client target) throws IOException {
    send(named(CONNECT, target.name));
  }

  void finish() throws IOException {
    send(OUT.clear().put(FINISHED));
  }

  private static ByteBuffer named(byte[] start, int name) {
    OUT.clear().put(start);
    for (int unit = (int) Math.pow(10, NAME_DIGITS - 1), left = name; unit > 0; unit /= 10) {
      OUT.put((byte) ('0' + left / unit));
      left %= unit;
    }
    return OUT.put(END);
  }

  private void send(ByteBuffer datagram) throws IOException {
    if (channel.write(datagram.flip()) == 0) {
      throw new IOException("the generator's socket is full");
    }
  }

  void awaitAck() throws IOException {
    await((byte) 'R', 1);
  }

  void awaitPeerInfo() throws IOException {
    await((byte) 'P', 2);
  }

  private void await(byte expected, int at) throws IOException {
    long deadline = 0;
    for (int spins = 0; channel.read(IN.clear()) <= 0; spins++) {
      if (spins < SPINS_BEFORE_SLEEP) {
        Thread.onSpinWait();
        continue;
      }
      LockSupport.parkNanos(1);
      deadline = deadline == 0 ? System.nanoTime() + LOST_AFTER : deadline;
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("an answer was lost");
      }
    }
    if (IN.get(at) != expected) {
      throw new IOException("an unexpected answer");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
