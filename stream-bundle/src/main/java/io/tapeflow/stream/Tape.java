package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The latest trades of one instrument, in the order of their ids: history and delivery queue in
 * one. It knows which ids are missing among them, and takes them in at their place when they come.
 *
 * <p>One thread writes. Readers take a {@link TapeView}, in which nothing changes under them, and
 * need no lock.
 */
final class Tape implements TradeHistory {
  private final Instrument instrument;
  private volatile TapeLimits limits;
  private volatile Brake brake = lastId -> {};
  private volatile TapeView view;

  /** The writer's: the segment it adds to, or null; and the holes ahead of the next trade. */
  private TapeSegment tail;

  private IdRanges holesAhead = new IdRanges();

  Tape(Instrument instrument, TapeLimits limits) {
    this.instrument = instrument;
    this.limits = limits;
    this.view = TapeView.empty(instrument, 0);
  }

  /** Bounds of a tape; the first one that is reached drops the oldest segment. */
  record TapeLimits(Duration age, long trades, long bytes) {}

  /** Lets those have what is about to be dropped who must. */
  @FunctionalInterface
  interface Brake {
    /**
     * Waits a little, if need be. Called by the writer.
     *
     * @param lastId the last id that is to go
     */
    void beforeDropping(long lastId);
  }

  /** Asks this one ahead of dropping anything. */
  void brake(Brake other) {
    brake = other;
  }

  /** Changes the bounds; they are kept from the next segment on. */
  void limit(TapeLimits changed) {
    limits = changed;
  }

  /** What it holds now. */
  TapeView view() {
    return view;
  }

  /**
   * Begins with trades that another tape held.
   *
   * @param rows ascending by id; at least one
   */
  void restore(long[] rows, int count, IdRanges holes) {
    TapeSegment[] segments = TapeSegment.split(rows, count, holes, true);
    tail = segments[segments.length - 1];
    view = TapeView.empty(instrument, view.epoch()).with(segments, 0, segments[0].firstId() - 1, 0);
  }

  /** Forgets everything: the venue has begun a new numbering. */
  void beginAnew() {
    tail = null;
    holesAhead = new IdRanges();
    view = TapeView.empty(instrument, view.epoch() + 1);
  }

  /** Ids ahead of the next trade that are missing. Called by the one writer. */
  void gap(long first, long last) {
    holesAhead.add(first, last);
  }

  /** Adds a trade. Called by the one writer. */
  void append(long id, long price, long quantity, long time, long received, long flags) {
    if (tail != null && !tail.isFull() && holesAhead.isEmpty()) {
      tail.add(id, price, quantity, time, received, flags);
      return;
    }
    TapeView before = view;
    TapeSegment[] segments;
    if (tail != null && !tail.isFull()) {
      IdRanges holes = tail.holes().copy();
      for (int i = 0; i < holesAhead.size(); i++) {
        holes.add(holesAhead.first(i), holesAhead.last(i));
      }
      tail = tail.withHoles(holes);
      segments = before.segments().clone();
    } else {
      tail = TapeSegment.empty(holesAhead);
      segments = Arrays.copyOf(before.segments(), before.segments().length + 1);
    }
    holesAhead = new IdRanges();
    tail.add(id, price, quantity, time, received, flags);
    segments[segments.length - 1] = tail;
    publish(before, segments, before.isEmpty() ? id : before.firstEver(), time);
  }

  /**
   * Puts late trades in at their place. Called by the one writer.
   *
   * @param first the first id that is now accounted for
   * @param last the last one
   * @param rows the trades among them
   * @param count their number
   * @return whether it was a hole, and what follows it is still held
   */
  boolean amend(long first, long last, long[] rows, int count) {
    TapeView before = view;
    int index = before.segmentAfter(last);
    if (index < 0 || !before.segments()[index].holes().covers(first, last)) {
      return false;
    }
    TapeSegment[] old = before.segments();
    IdRanges left = old[index].holes().copy();
    left.remove(first, last);
    boolean growing = index == old.length - 1;
    TapeSegment[] put = old[index].with(rows, count, left, growing);
    TapeSegment[] segments = new TapeSegment[old.length - 1 + put.length];
    System.arraycopy(old, 0, segments, 0, index);
    System.arraycopy(put, 0, segments, index, put.length);
    System.arraycopy(old, index + 1, segments, index + put.length, old.length - index - 1);
    tail = segments[segments.length - 1];
    view = before.with(segments, before.firstEver(), before.droppedTo(), before.amendments() + 1);
    return true;
  }

  @Override
  public Instrument instrument() {
    return instrument;
  }

  @Override
  public TapeBatch latest(int count) {
    requireNotNegative(count);
    return view.latest(count);
  }

  @Override
  public TapeBatch from(long firstId, int count) {
    requireNotNegative(count);
    return view.from(firstId, count);
  }

  @Override
  public List<TradeGap> gaps(long firstId, long lastId) {
    IdRanges holes = view.holesFrom(firstId);
    List<TradeGap> gaps = new ArrayList<>();
    for (int i = 0; i < holes.size() && holes.first(i) <= lastId; i++) {
      long first = Math.max(firstId, holes.first(i));
      long last = Math.min(lastId, holes.last(i));
      gaps.add(new TradeGap(instrument, first, last, TradeGap.Cause.MISSING));
    }
    return gaps;
  }

  @Override
  public long size() {
    return view.size();
  }

  @Override
  public long bytes() {
    return view.bytes();
  }

  /** Publishes segments, less the oldest ones as far as a limit demands. */
  private void publish(TapeView before, TapeSegment[] segments, long firstEver, long newestTime) {
    TapeLimits bounds = limits;
    long oldestTime = newestTime - bounds.age().toNanos() / 1_000;
    long trades = 0;
    for (TapeSegment segment : segments) {
      trades += segment.capacity();
    }
    int drop = 0;
    while (segments.length - drop > 2
        && (trades > bounds.trades()
            || trades * TapeRow.BYTES > bounds.bytes()
            || segments[drop].lastTime() < oldestTime)) {
      trades -= segments[drop].capacity();
      drop++;
    }
    long droppedTo = drop == 0 ? before.droppedTo() : segments[drop - 1].lastId();
    if (drop > 0) {
      brake.beforeDropping(droppedTo);
    }
    TapeSegment[] kept = drop == 0 ? segments : Arrays.copyOfRange(segments, drop, segments.length);
    view = before.with(kept, firstEver, droppedTo, before.amendments());
  }

  private static void requireNotNegative(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("A count is not negative: " + count);
    }
  }
}
