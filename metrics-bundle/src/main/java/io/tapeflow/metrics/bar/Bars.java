package io.tapeflow.metrics.bar;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.trade.Instrument;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Makes bars of trades and keeps the last few. What it makes depends on the trades alone, not on
 * when they came: a bar closes by a trade, never by a clock. The bars' time does not go back: a
 * trade that is stamped earlier than one before it counts at the latest time so far.
 *
 * <p>For one thread. Nothing is allocated but at the close of a bar.
 */
public final class Bars {
  /** Why a metric of closed bars has no value. */
  public static final String NONE_CLOSED = "No bar has closed yet";

  /** Why a metric of the forming bar has no value. */
  public static final String NONE_FORMS = "The next trade opens a bar";

  private static final int FORMAT = 1;
  private static final int MOST_PARTS = 100_000;

  private final BarSpec spec;
  private final Instrument instrument;
  private final BarListener listener;
  private final CloseRule rule;
  private final long interval;
  private final Bar[] ring;
  private final FormingBar forming;
  private boolean isForming;
  private int size;
  private long closedCount;
  private long nextNumber;
  private long time = Long.MIN_VALUE;
  private long gapId = -1;
  private long gapCount;
  private List<Bar> before = List.of();

  /**
   * Bars of an instrument.
   *
   * @param spec when a bar ends
   * @param instrument with the scales of its numbers
   * @param kept how many closed bars are kept; at least 1
   * @param listener told of each trade in a bar and of each close
   */
  public Bars(BarSpec spec, Instrument instrument, int kept, BarListener listener) {
    this.spec = spec;
    this.instrument = instrument;
    this.listener = listener;
    rule = CloseRule.of(spec, instrument);
    interval = spec.kind() == BarSpec.Kind.TIME ? spec.size().longValueExact() * 1_000_000 : 0;
    ring = new Bar[kept];
    forming = new FormingBar(instrument);
  }

  /**
   * A trade; as in {@link io.tapeflow.api.metrics.MetricCalculator#trade}.
   *
   * @throws ArithmeticException if a sum exceeds 127 bits, or a single trade would be split over
   *     more than 100 000 bars
   */
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    boolean begins = time == Long.MIN_VALUE;
    if (timeMicros > time) {
      time = timeMicros;
    }
    if (interval != 0 && isForming && time >= forming.closeTime) {
      close();
      if (spec.carries()) {
        carry();
      }
    }
    if (spec.splits()) {
      split(id, price, quantity, buy, fills);
    } else {
      openBefore(id, price);
      forming.partial |= begins && interval != 0;
      forming.count(buy, fills);
      enter(id, price, quantity, buy, true);
    }
    gapCount = 0;
  }

  /**
   * Ids are missing between the last trade and the next. They count as missing in the bar that
   * forms and, if it gets no further trade, in the next one too.
   *
   * @param firstId the first of them
   * @param lastId the last of them
   */
  public void gap(long firstId, long lastId) {
    if (gapCount == 0) {
      gapId = firstId;
    }
    gapCount += lastId - firstId + 1;
    if (isForming) {
      forming.missing += lastId - firstId + 1;
    }
  }

  /** When a bar ends. */
  public BarSpec spec() {
    return spec;
  }

  /** How many closed bars are at hand. */
  public int size() {
    return size;
  }

  /**
   * A closed bar.
   *
   * @param back 0 for the newest, up to {@link #size()} - 1
   * @throws IndexOutOfBoundsException if there is none
   */
  public Bar closed(int back) {
    Objects.checkIndex(back, size);
    return ring[(int) ((closedCount - 1 - back) % ring.length)];
  }

  /** The closed bars at hand, oldest first; a copy. */
  public List<Bar> closed() {
    List<Bar> bars = new ArrayList<>(size());
    for (int back = size() - 1; back >= 0; back--) {
      bars.add(closed(back));
    }
    return bars;
  }

  /** Number of bars that have closed since the first trade. */
  public long closedCount() {
    return closedCount;
  }

  /** The bar that forms, with the version 0; null if the next trade will open one. */
  public Bar forming() {
    return isForming ? forming.bar(0) : null;
  }

  /** Whether a bar forms. */
  public boolean isForming() {
    return isForming;
  }

  /**
   * What a metric of the last closed bar rests on.
   *
   * @param nowMicros the moment asked for
   */
  public MetricBasis closedBasis(long nowMicros) {
    return size == 0 ? new MetricBasis(-1, nowMicros, NONE_CLOSED) : closed(0).basis();
  }

  /**
   * What a metric of the forming bar rests on.
   *
   * @param nowMicros the moment asked for
   */
  public MetricBasis formingBasis(long nowMicros) {
    return isForming ? forming.bar(0).basis() : new MetricBasis(-1, nowMicros, NONE_FORMS);
  }

  /**
   * Late trades have come, and these bars take the place of others of the same kind: a bar that
   * closed there, closes here and is different gets the next version. Called before the first
   * trade, behind {@link #restore}.
   *
   * @param earlier the bars that had been made without the late trades
   */
  public void replaces(Bars earlier) {
    before = earlier.closed();
  }

  /** Writes what is needed to go on. */
  public void save(DataOutput out) throws IOException {
    out.writeInt(FORMAT);
    out.writeUTF(spec.toString());
    out.writeLong(closedCount);
    out.writeLong(nextNumber);
    out.writeLong(time);
    out.writeLong(gapId);
    out.writeLong(gapCount);
    out.writeBoolean(isForming);
    forming.save(out);
    rule.save(out);
    out.writeInt(size());
    for (Bar bar : closed()) {
      BarCodec.write(bar, out);
    }
  }

  /**
   * Takes over what {@link #save} wrote.
   *
   * @throws IOException if it is the state of other bars
   */
  public void restore(DataInput in) throws IOException {
    if (in.readInt() != FORMAT) {
      throw new IOException("The state of the bars is of another version");
    }
    String saved = in.readUTF();
    if (!saved.equals(spec.toString())) {
      throw new IOException("The state is of bars of " + saved + ", not of " + spec);
    }
    closedCount = in.readLong();
    nextNumber = in.readLong();
    time = in.readLong();
    gapId = in.readLong();
    gapCount = in.readLong();
    isForming = in.readBoolean();
    forming.restore(in);
    rule.restore(in);
    int held = in.readInt();
    int valueScale = instrument.priceScale() + instrument.quantityScale();
    for (int i = 0; i < held; i++) {
      Bar bar = BarCodec.read(in, instrument.quantityScale(), valueScale);
      ring[(int) ((closedCount - held + i) % ring.length)] = bar;
    }
    // Another number of bars may have been kept then.
    size = Math.min(held, ring.length);
  }

  private void split(long id, long price, long quantity, boolean buy, int fills) {
    long left = quantity;
    for (int part = 0; left > 0; part++) {
      if (part == MOST_PARTS) {
        throw new ArithmeticException(
            "Trade " + id + " fills more than " + MOST_PARTS + " bars of " + spec);
      }
      openBefore(id, price);
      if (part == 0) {
        forming.count(buy, fills);
      }
      long share = rule.share(forming, price, left);
      left -= share;
      enter(id, price, share, buy, part == 0);
    }
  }

  private void openBefore(long id, long price) {
    if (isForming) {
      return;
    }
    long first = gapCount > 0 ? gapId : id;
    if (interval == 0) {
      forming.open(nextNumber, first, price, time, time);
    } else {
      long number = Math.floorDiv(time, interval);
      forming.open(number, first, price, number * interval, (number + 1) * interval);
    }
    forming.missing = gapCount;
    isForming = true;
  }

  private void enter(long id, long price, long quantity, boolean buy, boolean first) {
    forming.add(id, price, quantity, buy);
    if (interval == 0) {
      forming.closeTime = time;
    }
    listener.entered(time, price, quantity, buy, first);
    if (rule.isFull(forming, quantity, buy)) {
      close();
    }
  }

  private void close() {
    isForming = false;
    Bar bar = forming.bar(1);
    keep(bar.withVersion(version(bar)));
  }

  private void keep(Bar bar) {
    ring[(int) (closedCount % ring.length)] = bar;
    closedCount++;
    size = Math.min(size + 1, ring.length);
    nextNumber = bar.number() + 1;
    listener.closed(bar);
  }

  /** Empty bars up to the present; of a long silence only as many as are kept. */
  private void carry() {
    long until = Math.floorDiv(time, interval);
    long price = forming.close;
    long id = forming.lastId + 1;
    for (long n = Math.max(nextNumber, until - ring.length); n < until; n++) {
      forming.open(n, id, price, n * interval, (n + 1) * interval);
      forming.missing = gapCount;
      close();
    }
  }

  private int version(Bar bar) {
    for (Bar earlier : before) {
      if (earlier.number() == bar.number()) {
        boolean same = earlier.withVersion(1).equals(bar.withVersion(1));
        return same ? earlier.version() : earlier.version() + 1;
      }
    }
    return 1;
  }
}
