package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.MessageJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// What one input leads to: outputs for the world, and words for our own relay session.
final class Outbox {
  private final List<PeerOutput> outputs = new ArrayList<>();
  private final Queue<RelaySession.Input> forRelay = new ArrayDeque<>();

  void send(Endpoint to, Message message) {
    outputs.add(new PeerOutput.Transmit(to, MessageJson.encode(message)));
  }

  void report(PeerEvent event) {
    outputs.add(new PeerOutput.Report(event));
  }

  void add(PeerOutput output) {
    outputs.add(output);
  }

  void tellRelay(RelaySession.Input input) {
    forRelay.add(input);
  }

  Queue<RelaySession.Input> forRelay() {
    return forRelay;
  }

  List<PeerOutput> take() {
    List<PeerOutput> taken = List.copyOf(outputs);
    outputs.clear();
    return taken;
  }
}
