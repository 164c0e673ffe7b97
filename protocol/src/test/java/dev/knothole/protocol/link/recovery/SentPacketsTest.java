package dev.knothole.protocol.link.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SentPacketsTest {
  @Test
  void packets_are_found_by_number_whatever_gaps_there_are() {
    for (long seed = 0; seed < 200; seed++) {
      compareWithMap(seed);
    }
  }

  private static void compareWithMap(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SentPackets<Long> packets = new SentPackets<>();
    TreeMap<Long, Long> model = new TreeMap<>();
    int gaps = 1 + random.nextInt(5);
    long number = random.nextInt(10);
    for (int i = 0; i < 500; i++) {
      number += 1 + random.nextInt(gaps);
      model.put(number, packets.add(number, number));
      if (random.nextInt(3) > 0 && model.size() > random.nextInt(100)) {
        packets.settle(model.pollFirstEntry().getValue());
        packets.forget(Long.MIN_VALUE);
      }
      if (random.nextInt(50) == 0) {
        packets.trim();
      }
      long asked = number - random.nextInt(200);
      Map.Entry<Long, Long> found = model.floorEntry(asked);
      long expected = found == null ? packets.head() - 1 : found.getValue();
      assertEquals(expected, packets.atOrBelow(asked), "seed " + seed);
      if (found != null) {
        assertEquals(found.getKey(), packets.token(expected), "seed " + seed);
      }
    }
  }

  @Test
  void after_a_burst_the_memory_comes_back() {
    SentPackets<String> packets = new SentPackets<>();
    for (int i = 0; i < 10_000; i++) {
      packets.settle(packets.add(i, "content"));
    }
    assertTrue(packets.number.length >= 10_000);
    packets.forget(0);
    packets.trim();
    assertEquals(2, packets.number.length);
  }
}
