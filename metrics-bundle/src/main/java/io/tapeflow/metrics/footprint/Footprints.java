package io.tapeflow.metrics.footprint;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.bar.Bar;
import io.tapeflow.metrics.bar.BarListener;
import io.tapeflow.metrics.bar.BarSpec;
import io.tapeflow.metrics.bar.Bars;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bars with their footprints: that of the forming bar and that of the last closed one. Two ladders
 * take turns, so nothing is copied. The size of a row is chosen anew for each bar, from its first
 * price.
 */
public final class Footprints {
  private final Instrument instrument;
  private final RowRule rule;
  private final FootprintListener listener;
  private final Bars bars;
  private Ladder forming = new Ladder();
  private Ladder closed = new Ladder();

  /**
   * Footprints of an instrument.
   *
   * @param kept how many closed bars are kept, without their footprints; at least 1
   * @param listener told of each trade and of each close
   */
  public Footprints(
      BarSpec spec, Instrument instrument, RowRule rule, int kept, FootprintListener listener) {
    this.instrument = instrument;
    this.rule = rule;
    this.listener = listener;
    bars = new Bars(spec, instrument, kept, new Follower());
  }

  /** A trade. */
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    bars.trade(id, timeMicros, price, quantity, buy, fills);
  }

  /** Missing ids. */
  public void gap(long firstId, long lastId) {
    bars.gap(firstId, lastId);
  }

  /** The bars. */
  public Bars bars() {
    return bars;
  }

  /** What was traded in the forming bar; empty if none forms. */
  public Ladder forming() {
    return forming;
  }

  /** What was traded in the last closed bar; empty if there is none or nothing was. */
  public Ladder closed() {
    return closed;
  }

  /** These take the place of others, because late trades have come. */
  public void replaces(Footprints earlier) {
    bars.replaces(earlier.bars);
  }

  /** Writes what is needed to go on. */
  public void save(DataOutput out) throws IOException {
    out.writeInt(rule.ticks());
    bars.save(out);
    forming.save(out);
    closed.save(out);
  }

  /** Takes over what {@link #save} wrote. */
  public void restore(DataInput in) throws IOException {
    int ticks = in.readInt();
    if (ticks != rule.ticks()) {
      throw new IOException("The state has " + new RowRule(ticks).words());
    }
    bars.restore(in);
    forming.restore(in);
    closed.restore(in);
  }

  /** Fills the ladder along with the bar. */
  private final class Follower implements BarListener {
    @Override
    public void entered(long timeMicros, long price, long quantity, boolean buy, boolean first) {
      if (forming.isEmpty()) {
        forming.begin(rule.size(instrument, price));
      }
      forming.add(price, quantity, buy, first);
      listener.entered(timeMicros, price);
    }

    @Override
    public void closed(Bar bar) {
      Ladder full = forming;
      forming = closed;
      closed = full;
      forming.begin(1);
      listener.closed(bar, full);
    }
  }
}
