package io.tapeflow.benchmarks.race;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What {@link Samples} wrote: of each trade the venue's stamp, and how long it took. */
final class Latencies {
  private final List<String> symbols = new ArrayList<>();
  private final long[] stamps;
  private final int[] latencies;
  private final short[] instruments;

  private Latencies(DataInputStream in) throws IOException {
    int names = in.readInt();
    for (int i = 0; i < names; i++) {
      symbols.add(in.readUTF());
    }
    int size = in.readInt();
    stamps = new long[size];
    latencies = new int[size];
    instruments = new short[size];
    for (int i = 0; i < size; i++) {
      stamps[i] = in.readLong();
      latencies[i] = in.readInt();
      instruments[i] = in.readShort();
    }
  }

  /**
   * Some trades' latency, in milliseconds.
   *
   * @param trades how many
   */
  record Quantiles(int trades, double p50, double p99, double p999, double max) {
    static Quantiles of(int[] sortedMicros) {
      return new Quantiles(
          sortedMicros.length,
          at(sortedMicros, 0.5),
          at(sortedMicros, 0.99),
          at(sortedMicros, 0.999),
          at(sortedMicros, 1));
    }

    private static double at(int[] sorted, double share) {
      int index = (int) Math.ceil(sorted.length * share) - 1;
      return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, index)] * 1e-3;
    }
  }

  /**
   * The same of a slice of time.
   *
   * @param second from the beginning to the middle of the slice
   */
  record Slice(double second, Quantiles latency) {}

  /** Reads a file, and deletes it: it may be large. */
  static Latencies taken(Path file) throws IOException {
    Latencies latencies;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      latencies = new Latencies(in);
    }
    Files.delete(file);
    return latencies;
  }

  int size() {
    return stamps.length;
  }

  /**
   * Of the trades of an instrument, or all if it is null, whose stamps are in a stretch of time.
   */
  Quantiles between(long fromMicros, long toMicros, String symbol) {
    int number = symbols.indexOf(symbol);
    int[] sorted =
        IntStream.range(0, stamps.length)
            .filter(i -> stamps[i] >= fromMicros && stamps[i] < toMicros)
            .filter(i -> symbol == null || instruments[i] == number)
            .map(i -> latencies[i])
            .toArray();
    Arrays.sort(sorted);
    return Quantiles.of(sorted);
  }

  /** Of all instruments, a slice of time for each so many microseconds. */
  List<Slice> slices(long fromMicros, long toMicros, long widthMicros) {
    List<Slice> slices = new ArrayList<>();
    for (long at = fromMicros; at < toMicros; at += widthMicros) {
      Quantiles latency = between(at, at + widthMicros, null);
      if (latency.trades() > 0) {
        slices.add(new Slice((at - fromMicros + widthMicros / 2) * 1e-6, latency));
      }
    }
    return slices;
  }

  /** When the last trade came whose stamp is before a time; 0 if there is none. */
  long lastArrival(long toMicros) {
    return IntStream.range(0, stamps.length)
        .filter(i -> stamps[i] < toMicros)
        .mapToLong(i -> stamps[i] + latencies[i])
        .max()
        .orElse(0);
  }
}
