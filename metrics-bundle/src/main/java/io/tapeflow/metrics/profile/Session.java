package io.tapeflow.metrics.profile;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.footprint.Ladder;
import io.tapeflow.metrics.footprint.NakedPocs;
import io.tapeflow.metrics.footprint.RowRule;
import io.tapeflow.metrics.window.SessionDay;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The running day, and the points of control of the days before. */
final class Session implements ProfileScope {
  private final Instrument instrument;
  private final RowRule rule;
  private final SessionDay days;
  private final NakedPocs pocs;
  private final Ladder ladder = new Ladder();
  private final Ladder nothing = new Ladder();
  private long day = Long.MIN_VALUE;
  private boolean partial;
  private long firstId = -1;
  private long lastId = -1;
  private long wholeDays;

  /**
   * Days that begin at a time of day.
   *
   * @param days when they begin
   * @param nakedDays how many days' points of control are followed
   */
  Session(Instrument instrument, RowRule rule, SessionDay days, int nakedDays) {
    this.instrument = instrument;
    this.rule = rule;
    this.days = days;
    pocs = new NakedPocs(nakedDays);
  }

  @Override
  public String name() {
    return "session";
  }

  @Override
  public String words() {
    return "of the day that began at " + days;
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy) {
    long now = days.number(timeMicros);
    if (now != day) {
      end();
      partial = day == Long.MIN_VALUE;
      day = now;
      firstId = lastId < 0 ? id : lastId + 1;
      ladder.begin(rule.size(instrument, price));
    }
    pocs.trade(price);
    ladder.add(price, quantity, buy, true);
    lastId = id;
  }

  @Override
  public Ladder at(long nowMicros) {
    return days.number(nowMicros) == day ? ladder : nothing;
  }

  @Override
  public MetricBasis basis(long nowMicros) {
    long now = days.number(nowMicros);
    long start = days.startOf(now);
    if (day == Long.MIN_VALUE) {
      return new MetricBasis(-1, nowMicros, "No trade yet");
    }
    if (now != day) {
      return MetricBasis.whole(lastId + 1, start);
    }
    return new MetricBasis(firstId, start, partial ? "The session began before the record" : "");
  }

  /** Points of control of former days that are still naked. */
  NakedPocs pocs() {
    return pocs;
  }

  /** What they rest on. */
  MetricBasis pocsBasis(long nowMicros) {
    if (wholeDays == 0) {
      return new MetricBasis(firstId, nowMicros, "No whole session has ended yet");
    }
    return pocs.naked().stream()
        .reduce((newer, older) -> older)
        .map(oldest -> MetricBasis.whole(oldest.firstId(), oldest.sinceMicros()))
        .orElse(MetricBasis.whole(firstId, days.startOf(day)));
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeInt(days.startMinute());
    out.writeLong(day);
    out.writeBoolean(partial);
    out.writeLong(firstId);
    out.writeLong(lastId);
    out.writeLong(wholeDays);
    ladder.save(out);
    pocs.save(out);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    if (in.readInt() != days.startMinute()) {
      throw new IOException("The state is of days with another start");
    }
    day = in.readLong();
    partial = in.readBoolean();
    firstId = in.readLong();
    lastId = in.readLong();
    wholeDays = in.readLong();
    ladder.restore(in);
    pocs.restore(in);
  }

  /** A day of which the beginning is not known has no point of control. */
  private void end() {
    if (!ladder.isEmpty() && !partial) {
      long price = ladder.price(ladder.poc());
      pocs.add(new NakedPocs.Poc(day, price, ladder.rowSize(), firstId, days.startOf(day)));
      wholeDays++;
    }
  }
}
