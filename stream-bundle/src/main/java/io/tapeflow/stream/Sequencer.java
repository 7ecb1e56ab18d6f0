package io.tapeflow.stream;

import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Puts the trades of one instrument in the order of their ids and lets each through once. Trades
 * behind a hole wait for the missing ones, for a bounded time and in a bounded number; then they
 * are released, and what is left of the hole is a gap.
 *
 * <p>Not safe for several threads; {@link InstrumentFeed} guards it.
 */
final class Sequencer {
  /**
   * A trade that is further ahead than this, while the numbering goes on without it, is a mistake
   * of the venue's and not the far end of a hole.
   */
  private static final long FAR_AHEAD = 1_000_000;

  /**
   * With a hold as long as this one, so is any trade that the numbering has gone on without until
   * lately: trades behind a hole wait, and none is released in its turn. Shorter, it may be one
   * that overtook others.
   */
  private static final long TELLING_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Release release;
  private final TreeMap<Long, Held> held = new TreeMap<>();

  /** Ids ahead of {@code lastId} that were given to no trade. */
  private final IdRanges absentAhead = new IdRanges();

  private long holdNanos;
  private int maxHeld;
  private long firstId = -1;
  private long lastId = -1;
  private long accountFrom = -1;
  private long delivered;
  private long inOrder;
  private long inOrderNanos;
  private long duplicates;
  private long strays;
  private long gaps;
  private long missing;
  private long inherited;
  private long absent;
  private long repeatsInARow;
  private long gapsCountedTo = -1;

  Sequencer(long holdNanos, int maxHeld, Release release) {
    this.holdNanos = holdNanos;
    this.maxHeld = maxHeld;
    this.release = release;
  }

  /** Where ordered trades go. */
  interface Release {
    void release(long id, long price, long quantity, long time, long received, long flags);

    /** Ids that the next trade is released without. */
    void gap(long first, long last);

    /** A trade of an id at or ahead of the last one released. Returns whether it was missing. */
    boolean late(long id, long price, long quantity, long time, long received, long flags);
  }

  /** What has become of a trade. */
  enum Outcome {
    /** Released or held. */
    NEW,
    /** Late, and taken in at its place. */
    LATE,
    /** Of an id that had been taken before. */
    REPEATED
  }

  /**
   * A trade that waits.
   *
   * @param inOrder how many trades had been released in their turn when it came
   */
  private record Held(
      long price,
      long quantity,
      long time,
      long received,
      long flags,
      long sinceNanos,
      long inOrder) {}

  /**
   * Ids that are waited for.
   *
   * @param sinceNanos since when
   */
  record Hole(long firstId, long lastId, long sinceNanos) {}

  /** Goes on behind the last id of a record that was kept, with some ids missing in it. */
  void resumeAfter(long id, long missingInIt) {
    missing = missingInIt;
    inherited = missingInIt;
    lastId = id;
    accountFrom = id + 1;
  }

  /** Forgets the numbering; the next trade is the first one of another. */
  void beginAnew() {
    held.clear();
    absentAhead.clear();
    // What has been found of them stays in the account.
    inherited -= missing;
    missing = 0;
    lastId = -1;
    accountFrom = -1;
    repeatsInARow = 0;
    gapsCountedTo = -1;
  }

  /** The first hole that trades wait behind, or null. */
  Hole hole() {
    if (held.isEmpty()) {
      return null;
    }
    long end = held.firstKey() - 1;
    if (!absentAhead.isEmpty()) {
      end = Math.min(end, absentAhead.first(0) - 1);
    }
    return new Hole(lastId + 1, end, held.firstEntry().getValue().sinceNanos());
  }

  /**
   * The ids from the first missing one on, up to the last that trades have waited behind for a
   * time: one hole, or several and the trades between them. Null if there is none.
   *
   * @param lateNanos how long they must have waited
   * @param most how many ids there may be between the first and the last
   */
  Ids overdue(long nowNanos, long lateNanos, int most) {
    long first = lastId + 1;
    long behind = lastId;
    long last = -1;
    for (var entry : held.entrySet()) {
      long id = entry.getKey();
      boolean hole = id > behind + 1;
      boolean young = nowNanos - entry.getValue().sinceNanos() < lateNanos;
      if ((hole && young) || (last >= 0 && id - first > most)) {
        break;
      }
      last = hole ? id - 1 : last;
      behind = id;
    }
    return last < 0 ? null : new Ids(first, last);
  }

  /** Whether a trade waits. */
  boolean holds(long id) {
    return held.containsKey(id);
  }

  /**
   * Whether a trade is not at odds with the one that waits under its id, if the stream brought it.
   */
  boolean agrees(long id, long price, long flags) {
    Held other = held.get(id);
    return other == null
        || TapeRow.isRepaired(other.flags)
        || (other.price == price && TapeRow.isBuy(other.flags) == TapeRow.isBuy(flags));
  }

  /** The last id that trades wait behind a hole with, or -1 if none waits. */
  long lastHeld() {
    return held.isEmpty() ? -1 : held.lastKey();
  }

  /** The venue says that it gave ids to no trade. Of interest only where they are waited for. */
  void absent(long first, long last) {
    long from = Math.max(first, lastId + 1);
    while (!held.isEmpty() && from <= Math.min(last, held.lastKey() - 1)) {
      Long next = held.ceilingKey(from);
      long to = Math.min(last, next - 1);
      if (to >= from) {
        long before = absentAhead.ids();
        absentAhead.add(from, to);
        absent += absentAhead.ids() - before;
      }
      from = Math.max(from, next) + 1;
    }
    passContiguous();
  }

  /** The stream says that it gave an id to no trade. In its turn, nothing has to wait for it. */
  void noTrade(long id) {
    if (held.isEmpty() && lastId >= 0 && id == lastId + 1) {
      lastId = id;
      absent++;
    } else {
      absent(id, id);
    }
  }

  /** Takes a trade. */
  Outcome accept(
      long id, long price, long quantity, long time, long received, long flags, long nowNanos) {
    if (lastId < 0 || id == lastId + 1) {
      if (!TapeRow.isRepaired(flags)) {
        inOrder++;
        inOrderNanos = nowNanos;
      }
      pass(id, price, quantity, time, received, flags);
      passContiguous();
      return Outcome.NEW;
    }
    if (id <= lastId) {
      return late(id, price, quantity, time, received, flags);
    }
    Held trade =
        new Held(price, quantity, time, received, flags, waitingSince(id, nowNanos), inOrder);
    if (absentAhead.contains(id)) {
      // The venue's database was wrong, or behind its stream.
      absentAhead.remove(id, id);
      absent--;
    }
    if (held.putIfAbsent(id, trade) != null) {
      duplicates++;
      return Outcome.REPEATED;
    }
    if (holdNanos == 0 || held.size() > maxHeld) {
      giveUpFirstHole(nowNanos);
    }
    return Outcome.NEW;
  }

  private Outcome late(long id, long price, long quantity, long time, long received, long flags) {
    if (release.late(id, price, quantity, time, received, flags)) {
      missing--;
      repeatsInARow = 0;
      return Outcome.LATE;
    }
    duplicates++;
    repeatsInARow++;
    return Outcome.REPEATED;
  }

  /** Ids of gaps have come, or turned out to be of no trade. */
  void accounted(long ids, long ofNoTrade) {
    missing -= ids;
    absent += ofNoTrade;
  }

  /** A hole that is filled from behind is no younger for it. */
  private long waitingSince(long id, long nowNanos) {
    var behind = held.higherEntry(id);
    return behind == null ? nowNanos : behind.getValue().sinceNanos();
  }

  /** Gives up the holes that trades have waited behind for too long. */
  void tick(long nowNanos) {
    while (!held.isEmpty() && nowNanos - held.firstEntry().getValue().sinceNanos() >= holdNanos) {
      giveUpFirstHole(nowNanos);
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

  /** Trades that were dropped because their id was far from the numbering, which went on. */
  long strays() {
    return strays;
  }

  long gaps() {
    return gaps;
  }

  /** Ids in gaps, less those that have come since. */
  long missing() {
    return missing;
  }

  /** How many ids were missing in the kept record, whatever has become of them. */
  long inherited() {
    return inherited;
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

  /** Counts the holes up to an id as gaps: they are more than a matter of order. */
  void countGaps(long last) {
    long behind = lastId;
    for (long id : held.headMap(last + 1, true).keySet()) {
      if (id > behind + 1) {
        gaps += behind + 1 > gapsCountedTo ? 1 : 0;
        gapsCountedTo = Math.max(gapsCountedTo, id - 1);
      }
      behind = id;
    }
  }

  private void giveUpFirstHole(long nowNanos) {
    long next = held.firstKey();
    if (isStray(next, held.firstEntry().getValue(), nowNanos)) {
      held.pollFirstEntry();
      strays++;
      gapsCountedTo = Math.min(gapsCountedTo, lastId);
      return;
    }
    countGaps(next - 1);
    long from = lastId + 1;
    for (int i = 0; i < absentAhead.size() && absentAhead.first(i) < next; i++) {
      giveUp(from, absentAhead.first(i) - 1);
      from = absentAhead.last(i) + 1;
    }
    giveUp(from, next - 1);
    lastId = next - 1;
    passContiguous();
  }

  /** Whether a trade that waits is ahead of the numbering by mistake. */
  private boolean isStray(long id, Held trade, long nowNanos) {
    boolean wentOn = inOrder > trade.inOrder;
    boolean goesOn = holdNanos >= TELLING_NANOS && nowNanos - inOrderNanos < holdNanos / 2;
    return wentOn && (goesOn || id - lastId > FAR_AHEAD);
  }

  private void giveUp(long first, long last) {
    if (first <= last) {
      missing += last - first + 1;
      release.gap(first, last);
    }
  }

  private void passContiguous() {
    boolean more = true;
    while (more) {
      more = false;
      if (!absentAhead.isEmpty() && absentAhead.first(0) <= lastId + 1) {
        lastId = Math.max(lastId, absentAhead.last(0));
        absentAhead.removeBelow(lastId + 1);
        more = true;
      }
      if (!held.isEmpty() && held.firstKey() == lastId + 1) {
        long id = held.firstKey();
        Held trade = held.pollFirstEntry().getValue();
        pass(id, trade.price, trade.quantity, trade.time, trade.received, trade.flags);
        more = true;
      }
    }
  }

  private void pass(long id, long price, long quantity, long time, long received, long flags) {
    if (firstId < 0) {
      firstId = accountFrom < 0 ? id : accountFrom;
    }
    lastId = id;
    delivered++;
    repeatsInARow = 0;
    release.release(id, price, quantity, time, received, flags);
  }
}
