package io.tapeflow.stream;

import java.util.TreeMap;

/**
 * Puts the trades of one instrument in the order of their ids and lets each through once. Trades
 * behind a hole wait for the missing ones, for a bounded time and in a bounded number; then they
 * are released and the hole is counted as a gap.
 *
 * <p>Not safe for several threads; {@link InstrumentFeed} guards it.
 */
final class Sequencer {
  private static final int REMEMBERED_GAPS = 1_000;

  private final Release release;
  private final TreeMap<Long, Held> held = new TreeMap<>();
  private final TreeMap<Long, Long> gapEnds = new TreeMap<>();

  private long holdNanos;
  private int maxHeld;
  private long firstId = -1;
  private long lastId = -1;
  private long delivered;
  private long duplicates;
  private long late;
  private long gaps;
  private long missing;
  private long repeatsInARow;

  Sequencer(long holdNanos, int maxHeld, Release release) {
    this.holdNanos = holdNanos;
    this.maxHeld = maxHeld;
    this.release = release;
  }

  /** Where ordered trades go. */
  interface Release {
    void release(long id, long price, long quantity, long time, long received, long flags);
  }

  private record Held(
      long price, long quantity, long time, long received, long flags, long sinceNanos) {}

  void accept(
      long id, long price, long quantity, long time, long received, long flags, long nowNanos) {
    if (lastId < 0 || id == lastId + 1) {
      pass(id, price, quantity, time, received, flags);
      passContiguous();
    } else if (id <= lastId) {
      countRepeated(id);
    } else if (held.putIfAbsent(id, new Held(price, quantity, time, received, flags, nowNanos))
        != null) {
      duplicates++;
    } else if (holdNanos == 0 || held.size() > maxHeld) {
      giveUpFirstHole();
    }
  }

  /** Gives up the holes that trades have waited behind for too long. */
  void tick(long nowNanos) {
    while (!held.isEmpty() && nowNanos - held.firstEntry().getValue().sinceNanos() >= holdNanos) {
      giveUpFirstHole();
    }
  }

  /** Changes the bounds of the hold. */
  void limit(long newHoldNanos, int newMaxHeld) {
    holdNanos = newHoldNanos;
    maxHeld = newMaxHeld;
  }

  long firstId() {
    return firstId;
  }

  long lastId() {
    return lastId;
  }

  long delivered() {
    return delivered;
  }

  long duplicates() {
    return duplicates;
  }

  /** Trades that came after the gap they belong to had been given up. */
  long late() {
    return late;
  }

  long gaps() {
    return gaps;
  }

  /** Ids in gaps. */
  long missing() {
    return missing;
  }

  /** How many ids in a row had been released before: many of them are a new numbering. */
  long repeatsInARow() {
    return repeatsInARow;
  }

  int holding() {
    return held.size();
  }

  /** The newest gap, in words; empty if there was none. */
  String lastGap() {
    return gapEnds.isEmpty()
        ? ""
        : "ids " + gapEnds.lastKey() + " to " + gapEnds.lastEntry().getValue() + " are missing";
  }

  private void giveUpFirstHole() {
    long next = held.firstKey();
    gaps++;
    missing += next - lastId - 1;
    gapEnds.put(lastId + 1, next - 1);
    if (gapEnds.size() > REMEMBERED_GAPS) {
      gapEnds.pollFirstEntry();
    }
    lastId = next - 1;
    passContiguous();
  }

  private void passContiguous() {
    while (!held.isEmpty() && held.firstKey() == lastId + 1) {
      long id = held.firstKey();
      Held trade = held.pollFirstEntry().getValue();
      pass(id, trade.price, trade.quantity, trade.time, trade.received, trade.flags);
    }
  }

  private void pass(long id, long price, long quantity, long time, long received, long flags) {
    if (firstId < 0) {
      firstId = id;
    }
    lastId = id;
    delivered++;
    repeatsInARow = 0;
    release.release(id, price, quantity, time, received, flags);
  }

  private void countRepeated(long id) {
    repeatsInARow++;
    var gap = gapEnds.floorEntry(id);
    if (gap != null && id <= gap.getValue()) {
      late++;
    } else {
      duplicates++;
    }
  }
}
