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
  private long absent;
  private long repeatsInARow;
  private boolean afterAbsent;
  private long gapsCountedTo = -1;

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
      long price, long quantity, long time, long received, long flags, long sinceNanos) {
    /** Stands for an id that the venue gave to no trade. */
    static Held absent(long sinceNanos) {
      return new Held(0, 0, 0, 0, 0, sinceNanos);
    }

    boolean isAbsent() {
      return quantity == 0;
    }
  }

  /**
   * Ids that are waited for.
   *
   * @param sinceNanos since when
   */
  record Hole(long firstId, long lastId, long sinceNanos) {}

  /** The first hole that trades wait behind, or null. */
  Hole hole() {
    return held.isEmpty()
        ? null
        : new Hole(lastId + 1, held.firstKey() - 1, held.firstEntry().getValue().sinceNanos());
  }

  /** The venue says that it gave an id to no trade. Of interest only where it is waited for. */
  void absent(long id) {
    if (held.isEmpty() || id <= lastId || id > held.lastKey()) {
      return;
    }
    if (held.putIfAbsent(id, Held.absent(waitingSince(id, 0))) == null) {
      absent++;
      passContiguous();
    }
  }

  /** Takes a trade. Returns whether its id had not been seen before. */
  boolean accept(
      long id, long price, long quantity, long time, long received, long flags, long nowNanos) {
    if (lastId < 0 || id == lastId + 1) {
      pass(id, price, quantity, time, received, flags);
      passContiguous();
      return true;
    }
    if (id <= lastId) {
      countRepeated(id);
      return false;
    }
    Held trade = new Held(price, quantity, time, received, flags, waitingSince(id, nowNanos));
    if (held.putIfAbsent(id, trade) != null) {
      duplicates++;
      return false;
    }
    if (holdNanos == 0 || held.size() > maxHeld) {
      giveUpFirstHole();
    }
    return true;
  }

  /** A hole that is filled from behind is no younger for it. */
  private long waitingSince(long id, long nowNanos) {
    var behind = held.higherEntry(id);
    return behind == null ? nowNanos : behind.getValue().sinceNanos();
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

  /** Ids that turned out to belong to no trade. */
  long absentIds() {
    return absent;
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

  /** Counts the first hole as a gap: it is more than a matter of order. */
  void countGap() {
    long end = held.firstKey() - 1;
    if (lastId + 1 > gapsCountedTo) {
      gaps++;
    }
    gapsCountedTo = Math.max(gapsCountedTo, end);
  }

  private void giveUpFirstHole() {
    long next = held.firstKey();
    countGap();
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
      if (trade.isAbsent()) {
        lastId = id;
        afterAbsent = true;
      } else {
        pass(id, trade.price, trade.quantity, trade.time, trade.received, trade.flags);
      }
    }
  }

  private void pass(long id, long price, long quantity, long time, long received, long flags) {
    if (firstId < 0) {
      firstId = id;
    }
    lastId = id;
    delivered++;
    repeatsInARow = 0;
    release.release(
        id, price, quantity, time, received, afterAbsent ? TapeRow.afterAbsent(flags) : flags);
    afterAbsent = false;
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
