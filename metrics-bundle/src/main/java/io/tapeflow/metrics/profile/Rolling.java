package io.tapeflow.metrics.profile;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.footprint.Ladder;
import io.tapeflow.metrics.footprint.RowRule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The last so many seconds. The window's start moves in steps of a sixtieth of its length, aligned
 * to the epoch, so that no single trade has to be kept: it holds the running step and the sixty
 * before it, which is the length asked for and up to one step more.
 *
 * <p>Rows are of the size that fits the first price of the record. If they had to be merged, they
 * are made small again when the prices that were too far away have left the window.
 */
final class Rolling implements ProfileScope {
  private static final int STEPS = 60;

  private final Instrument instrument;
  private final RowRule rule;
  private final int seconds;
  private final long step;
  private final Ladder total = new Ladder();
  private final Slice[] slices = new Slice[STEPS + 1];
  private long rowSize;
  private long began;
  private long current = Long.MIN_VALUE;
  private long lastId = -1;

  Rolling(Instrument instrument, RowRule rule, int seconds) {
    this.instrument = instrument;
    this.rule = rule;
    this.seconds = seconds;
    step = TimeUnit.SECONDS.toMicros(seconds) / STEPS;
    for (int i = 0; i < slices.length; i++) {
      slices[i] = new Slice();
    }
  }

  @Override
  public String name() {
    return seconds + "s";
  }

  @Override
  public String words() {
    return "of the last " + seconds + " s, in steps of a sixtieth";
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy) {
    if (rowSize == 0) {
      rowSize = rule.size(instrument, price);
      began = timeMicros;
      total.begin(rowSize);
    }
    long now = Math.floorDiv(timeMicros, step);
    if (now != current) {
      moveOn(now);
    }
    Slice slice = slices[(int) Math.floorMod(now, (long) slices.length)];
    if (slice.ladder.isEmpty()) {
      slice.number = now;
      slice.firstId = id;
      slice.ladder.begin(rowSize);
    }
    slice.ladder.add(price, quantity, buy, true);
    total.add(price, quantity, buy, true);
    lastId = id;
  }

  @Override
  public Ladder at(long nowMicros) {
    long now = Math.floorDiv(nowMicros, step);
    return now == current || rowSize == 0 ? total : sum(now);
  }

  @Override
  public MetricBasis basis(long nowMicros) {
    if (rowSize == 0) {
      return new MetricBasis(-1, nowMicros, "No trade yet");
    }
    long now = Math.floorDiv(nowMicros, step);
    long first = lastId + 1;
    for (Slice slice : slices) {
      if (slice.isWithin(now)) {
        first = Math.min(first, slice.firstId);
      }
    }
    long start = (now - STEPS) * step;
    String lack = start < began ? "The window began before the record" : "";
    return new MetricBasis(first, Math.max(start, began), lack);
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeInt(seconds);
    out.writeLong(rowSize);
    out.writeLong(began);
    out.writeLong(current);
    out.writeLong(lastId);
    for (Slice slice : slices) {
      out.writeLong(slice.number);
      out.writeLong(slice.firstId);
      slice.ladder.save(out);
    }
  }

  @Override
  public void restore(DataInput in) throws IOException {
    if (in.readInt() != seconds) {
      throw new IOException("The state is of another window");
    }
    rowSize = in.readLong();
    began = in.readLong();
    current = in.readLong();
    lastId = in.readLong();
    for (Slice slice : slices) {
      slice.number = in.readLong();
      slice.firstId = in.readLong();
      slice.ladder.restore(in);
    }
    refill();
  }

  /** Another step runs: those that are too old leave the window. */
  private void moveOn(long now) {
    current = now;
    boolean merged = total.rowSize() > rowSize;
    for (Slice slice : slices) {
      if (!slice.ladder.isEmpty() && !slice.isWithin(now)) {
        if (!merged) {
          total.subtract(slice.ladder);
        }
        slice.ladder.begin(rowSize);
      }
    }
    if (merged) {
      refill();
    }
  }

  private void refill() {
    fill(total, current);
  }

  private Ladder sum(long now) {
    Ladder sum = new Ladder();
    fill(sum, now);
    return sum;
  }

  private void fill(Ladder ladder, long now) {
    // No row may be smaller than one that is added to it.
    long size = Math.max(1, rowSize);
    for (Slice slice : slices) {
      size = slice.isWithin(now) ? Math.max(size, slice.ladder.rowSize()) : size;
    }
    ladder.begin(size);
    for (Slice slice : slices) {
      if (slice.isWithin(now)) {
        ladder.add(slice.ladder);
      }
    }
  }

  /** What was traded in one step. */
  private static final class Slice {
    private final Ladder ladder = new Ladder();
    private long number;
    private long firstId;

    boolean isWithin(long now) {
      return !ladder.isEmpty() && number >= now - STEPS;
    }
  }
}
