package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeHistory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Arrays;

/**
 * The latest trades of one instrument, in the order of their release. Each has a sequence number
 * from 0 on, by which {@link ListenerPump}s keep their places: the tape is history and delivery
 * queue in one.
 *
 * <p>One thread writes. Trades lie in segments that are written once and dropped whole, so a reader
 * can never see a row change under it, and needs no lock: it reads the list of segments, then a
 * segment's count.
 */
final class Tape implements TradeHistory {
  static final int SEGMENT_TRADES = 1024;

  private final Instrument instrument;
  private volatile TapeLimits limits;
  private volatile Segment[] segments = {new Segment(0)};

  Tape(Instrument instrument, TapeLimits limits) {
    this.instrument = instrument;
    this.limits = limits;
  }

  /** Bounds of a tape; the first one that is reached drops the oldest segment. */
  record TapeLimits(Duration age, long trades, long bytes) {}

  /** Changes the bounds; they are kept from the next segment on. */
  void limit(TapeLimits changed) {
    limits = changed;
  }

  /** Adds a trade. Called by the one writer. */
  void append(long id, long price, long quantity, long time, long received, long flags) {
    Segment tail = tail();
    if (tail.isFull()) {
      tail = new Segment(tail.firstSequence + SEGMENT_TRADES);
      segments = withoutOldest(tail, time);
    }
    tail.add(id, price, quantity, time, received, flags);
  }

  @Override
  public Instrument instrument() {
    return instrument;
  }

  /** The sequence number of the oldest trade held. */
  long firstSequence() {
    return segments[0].firstSequence;
  }

  /** The sequence number that the next trade will have. */
  long endSequence() {
    return tail().endSequence();
  }

  /**
   * Trades from a sequence number on, as far as they lie together in memory. Empty if there are
   * none yet. A number that history no longer holds is answered with the oldest trades it holds.
   */
  TapeBatch read(long sequence, int count) {
    Segment[] held = segments;
    long wanted = Math.max(sequence, held[0].firstSequence);
    int index = (int) ((wanted - held[0].firstSequence) / SEGMENT_TRADES);
    if (index >= held.length) {
      return new TapeBatch(instrument, held[0].rows, 0, 0, wanted);
    }
    Segment segment = held[index];
    int from = (int) (wanted - segment.firstSequence);
    int size = Math.max(0, Math.min(count, segment.count() - from));
    return new TapeBatch(instrument, segment.rows, from, size, wanted);
  }

  @Override
  public TapeBatch latest(int count) {
    requireNotNegative(count);
    long end = endSequence();
    return copy(Math.max(firstSequence(), end - count), end);
  }

  @Override
  public TapeBatch from(long firstId, int count) {
    requireNotNegative(count);
    Segment[] held = segments;
    long low = held[0].firstSequence;
    long high = held[held.length - 1].endSequence();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (idAt(held, middle) < firstId) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return copy(low, Math.min(low + count, held[held.length - 1].endSequence()));
  }

  @Override
  public long size() {
    Segment[] held = segments;
    return held[held.length - 1].endSequence() - held[0].firstSequence;
  }

  @Override
  public long bytes() {
    return (long) segments.length * SEGMENT_TRADES * TapeRow.BYTES;
  }

  /** Exchange time from the oldest to the newest trade held. */
  Duration coverage() {
    Segment[] held = segments;
    Segment newest = held[held.length - 1];
    if (newest.endSequence() == held[0].firstSequence) {
      return Duration.ZERO;
    }
    long micros = newest.lastTime() - held[0].rows[TapeRow.TIME];
    return Duration.ofNanos(Math.max(0, micros) * 1_000);
  }

  private Segment tail() {
    Segment[] held = segments;
    return held[held.length - 1];
  }

  private static long idAt(Segment[] held, long sequence) {
    long offset = sequence - held[0].firstSequence;
    Segment segment = held[(int) (offset / SEGMENT_TRADES)];
    return segment.rows[(int) (offset % SEGMENT_TRADES) * TapeRow.LONGS + TapeRow.ID];
  }

  /** Copies trades into an array of their own, so that what is kept does not pin whole segments. */
  private TapeBatch copy(long fromSequence, long endSequence) {
    int size = (int) Math.max(0, endSequence - fromSequence);
    long[] rows = new long[size * TapeRow.LONGS];
    Segment[] held = segments;
    int copied = 0;
    // Trades may have been dropped since the range was found; the rest moves up.
    long sequence = Math.max(fromSequence, held[0].firstSequence);
    while (sequence < endSequence) {
      Segment segment = held[(int) ((sequence - held[0].firstSequence) / SEGMENT_TRADES)];
      int from = (int) (sequence - segment.firstSequence);
      int run = (int) Math.min(endSequence - sequence, segment.count() - from);
      System.arraycopy(
          segment.rows, from * TapeRow.LONGS, rows, copied * TapeRow.LONGS, run * TapeRow.LONGS);
      copied += run;
      sequence += run;
    }
    return new TapeBatch(instrument, rows, 0, copied, sequence - copied);
  }

  /** The segments with a new tail, less the oldest ones as far as a limit demands. */
  private Segment[] withoutOldest(Segment newTail, long newestTime) {
    Segment[] held = Arrays.copyOf(segments, segments.length + 1);
    held[held.length - 1] = newTail;
    TapeLimits bounds = limits;
    long maxSegments =
        Math.max(
            2,
            Math.min(
                bounds.trades() / SEGMENT_TRADES,
                bounds.bytes() / ((long) SEGMENT_TRADES * TapeRow.BYTES)));
    long oldestTime = newestTime - bounds.age().toNanos() / 1_000;
    int drop = 0;
    while (held.length - drop > 2
        && (held.length - drop > maxSegments || held[drop].lastTime() < oldestTime)) {
      drop++;
    }
    return drop == 0 ? held : Arrays.copyOfRange(held, drop, held.length);
  }

  private static void requireNotNegative(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("A count is not negative: " + count);
    }
  }

  /** Rows that are written once, in order, and published by their count. */
  private static final class Segment {
    private static final VarHandle COUNT;

    static {
      try {
        COUNT = MethodHandles.lookup().findVarHandle(Segment.class, "count", int.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    final long firstSequence;
    final long[] rows = new long[SEGMENT_TRADES * TapeRow.LONGS];

    @SuppressWarnings("unused") // through COUNT
    private int count;

    Segment(long firstSequence) {
      this.firstSequence = firstSequence;
    }

    int count() {
      return (int) COUNT.getAcquire(this);
    }

    long endSequence() {
      return firstSequence + count();
    }

    boolean isFull() {
      return count == SEGMENT_TRADES;
    }

    long lastTime() {
      int last = count() - 1;
      return last < 0 ? Long.MAX_VALUE : rows[last * TapeRow.LONGS + TapeRow.TIME];
    }

    void add(long id, long price, long quantity, long time, long received, long flags) {
      int row = count * TapeRow.LONGS;
      rows[row + TapeRow.ID] = id;
      rows[row + TapeRow.PRICE] = price;
      rows[row + TapeRow.QUANTITY] = quantity;
      rows[row + TapeRow.TIME] = time;
      rows[row + TapeRow.RECEIVED] = received;
      rows[row + TapeRow.FLAGS] = flags;
      COUNT.setRelease(this, count + 1);
    }
  }
}
