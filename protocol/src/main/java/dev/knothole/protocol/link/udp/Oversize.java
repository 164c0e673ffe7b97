package dev.knothole.protocol.link.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/// Tells "too large" from the other reasons for which the kernel refuses a datagram. The JDK passes
/// the reason on as words only, in the language of the machine; what the words for this one are is
/// learnt by sending something that no IP can carry.
final class Oversize {
  private static final int MORE_THAN_IP_CARRIES = 65_536;

  private final DatagramChannel channel;
  private @Nullable String words;

  Oversize(DatagramChannel channel) {
    this.channel = channel;
  }

  boolean is(SocketException refused) {
    if (words == null) {
      words = learn();
    }
    return words.equals(refused.getMessage());
  }

  private String learn() {
    try {
      var local = (InetSocketAddress) channel.getLocalAddress();
      InetAddress host = local.getAddress();
      var to = host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
      channel.send(
          ByteBuffer.allocateDirect(MORE_THAN_IP_CARRIES),
          new InetSocketAddress(to, local.getPort()));
      return "";
    } catch (SocketException refused) {
      return String.valueOf(refused.getMessage());
    } catch (IOException closed) {
      return "";
    }
  }
}
