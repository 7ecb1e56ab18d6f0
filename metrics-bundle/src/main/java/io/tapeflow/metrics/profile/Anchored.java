package io.tapeflow.metrics.profile;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.footprint.Ladder;
import io.tapeflow.metrics.footprint.RowRule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** All since a fixed instant. */
final class Anchored implements ProfileScope {
  private final Instrument instrument;
  private final RowRule rule;
  private final Instant anchor;
  private final long anchorMicros;
  private final Ladder ladder = new Ladder();
  private boolean begun;
  private boolean partial;
  private long firstId = -1;
  private long lastId = -1;

  Anchored(Instrument instrument, RowRule rule, Instant anchor) {
    this.instrument = instrument;
    this.rule = rule;
    this.anchor = anchor;
    anchorMicros = ChronoUnit.MICROS.between(Instant.EPOCH, anchor);
  }

  @Override
  public String name() {
    return "anchor";
  }

  @Override
  public String words() {
    return "since " + anchor;
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy) {
    boolean within = timeMicros >= anchorMicros;
    if (!begun) {
      begun = true;
      partial = within;
    }
    if (within) {
      if (ladder.isEmpty()) {
        firstId = lastId < 0 ? id : lastId + 1;
        ladder.begin(rule.size(instrument, price));
      }
      ladder.add(price, quantity, buy, true);
    }
    lastId = id;
  }

  @Override
  public Ladder at(long nowMicros) {
    return ladder;
  }

  @Override
  public MetricBasis basis(long nowMicros) {
    if (nowMicros < anchorMicros) {
      return new MetricBasis(-1, nowMicros, "The anchor lies in the future");
    }
    if (!begun) {
      return new MetricBasis(-1, nowMicros, "No trade yet");
    }
    long first = firstId < 0 ? lastId + 1 : firstId;
    return new MetricBasis(first, anchorMicros, partial ? "The anchor lies before the record" : "");
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeLong(anchorMicros);
    out.writeBoolean(begun);
    out.writeBoolean(partial);
    out.writeLong(firstId);
    out.writeLong(lastId);
    ladder.save(out);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    if (in.readLong() != anchorMicros) {
      throw new IOException("The state is of another anchor");
    }
    begun = in.readBoolean();
    partial = in.readBoolean();
    firstId = in.readLong();
    lastId = in.readLong();
    ladder.restore(in);
  }
}
