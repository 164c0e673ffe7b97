package dev.knothole.relay;

import java.util.Locale;

/// What a relay has seen since it started.
///
/// @param registered how many are registered now
/// @param received datagrams that came
/// @param answers datagrams that went out
/// @param malformed datagrams that were dropped because they are nothing the relay knows
/// @param undelivered answers that the system did not send
/// @param faults failures that nobody foresaw; the relay went on after each
/// @param circuits what went through from client to client
public record Traffic(
    int registered,
    long received,
    long answers,
    long malformed,
    long undelivered,
    long faults,
    Circuits circuits) {
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d registered, %,d received, %,d answers, %,d malformed, %,d undelivered, %,d faults, %s",
        registered,
        received,
        answers,
        malformed,
        undelivered,
        faults,
        circuits);
  }
}
