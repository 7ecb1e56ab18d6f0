package io.tapeflow.benchmarks.race;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An instrument of the venue: its trades, how far they have come, and when the last ones were. */
final class Listing {
  private final String symbol;
  private final Round round;
  private final Map<String, Frames> frames = new ConcurrentHashMap<>();

  /** Of as many trades as REST knows the time of. */
  private final long[] times;

  private volatile long lastId = Frames.FIRST_ID - 1;

  private final double weight;

  /**
   * Lists it.
   *
   * @param rank from 1; by Zipf's law it has so much fewer trades than the first
   */
  Listing(String symbol, int rank, Round round, int kept) {
    this.symbol = symbol;
    this.round = round;
    weight = 1.0 / rank;
    times = new long[kept];
  }

  String symbol() {
    return symbol;
  }

  /** Its part of what all instruments share, beside the 1 of the first. */
  double weight() {
    return weight;
  }

  Round round() {
    return round;
  }

  /** Its trades as messages of a stream. */
  Frames frames(String stream, boolean wrapped) {
    return frames.computeIfAbsent(stream + wrapped, key -> new Frames(round, stream, wrapped));
  }

  long lastId() {
    return lastId;
  }

  /** The next trade is made. Called by one thread. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread sends an instrument's trades
  long next(long micros) {
    long id = lastId + 1;
    times[(int) (id % times.length)] = micros;
    lastId = id;
    return id;
  }

  /** Trades as REST tells them, from an id on; the newest ones if that is negative. */
  String page(long fromId, int limit) {
    long last = lastId;
    long first = fromId < 0 ? last - limit + 1 : fromId;
    first = Math.max(first, Math.max(Frames.FIRST_ID, last - times.length + 1));
    StringBuilder page = new StringBuilder("[");
    for (long id = first; id <= last && id < first + limit; id++) {
      int i = (int) ((id - Frames.FIRST_ID) % round.size());
      page.append(id == first ? "" : ",").append("{\"a\":").append(id);
      page.append(",\"p\":\"").append(round.priceText(i));
      page.append("\",\"q\":\"").append(round.quantityText(i));
      page.append("\",\"f\":").append(id).append(",\"l\":").append(id);
      page.append(",\"T\":").append(times[(int) (id % times.length)]);
      page.append(",\"m\":").append(!round.buy(i)).append(",\"M\":true}");
    }
    return page.append(']').toString();
  }
}
