package io.tapeflow.benchmarks.race;

import io.tapeflow.api.trade.Instrument;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How long each single trade took from the venue's stamp to here. One thread writes. */
final class Samples {
  private final Set<String> wanted;
  private final long[] stamps;
  private final int[] latencies;
  private final short[] instruments;
  private final Map<String, Short> numbers = new HashMap<>();
  private int count;
  private int begun;
  private volatile int begin;

  /** What a count of samples is published by. */
  private volatile int published;

  /**
   * Room for so many.
   *
   * @param wanted symbols; all if there are none
   */
  Samples(int most, Set<String> wanted) {
    this.wanted = wanted;
    stamps = new long[most];
    latencies = new int[most];
    instruments = new short[most];
  }

  /** Begins anew. Any thread. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread measures
  void begin() {
    begin++;
  }

  /** Ahead of the trades of an instrument: its number; negative if it is not wanted. */
  int number(Instrument instrument) {
    if (begun != begin) {
      begun = begin;
      count = 0;
    }
    if (begun == 0 || (!wanted.isEmpty() && !wanted.contains(instrument.symbol()))) {
      return -1;
    }
    return numbers.computeIfAbsent(instrument.symbol(), symbol -> (short) numbers.size());
  }

  static long nowMicros() {
    Instant now = Clock.systemUTC().instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  void add(int number, long stampMicros, long nowMicros) {
    if (count < stamps.length) {
      stamps[count] = stampMicros;
      latencies[count] = (int) Math.max(0, Math.min(Integer.MAX_VALUE, nowMicros - stampMicros));
      instruments[count] = (short) number;
    }
    count++;
    published = count;
  }

  /** Writes them; fails if there was no room for all. */
  void write(Path file) throws IOException {
    int size = published;
    if (size > stamps.length) {
      throw new IllegalStateException(size + " samples, and room for " + stamps.length);
    }
    Map<Short, String> symbols = new TreeMap<>();
    numbers.forEach((symbol, number) -> symbols.put(number, symbol));
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      out.writeInt(symbols.size());
      for (String symbol : symbols.values()) {
        out.writeUTF(symbol);
      }
      out.writeInt(size);
      for (int i = 0; i < size; i++) {
        out.writeLong(stamps[i]);
        out.writeInt(latencies[i]);
        out.writeShort(instruments[i]);
      }
    }
  }
}
