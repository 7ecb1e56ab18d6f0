package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.LongConsumer;

/** A calculator whose value tells everything that it was given, and in which order. */
final class Witness implements MetricCalculator {
  private final String name;
  private final String parameter;
  private final boolean saves;
  private final LongConsumer onTrade;
  private long hash;
  private long trades;
  private long firstId = -1;
  private long firstTime;

  /**
   * A calculator of {@code name.hash} and {@code name.trades}.
   *
   * @param parameter is part of the description
   * @param saves whether it has a state to save
   */
  Witness(String name, String parameter, boolean saves) {
    this(name, parameter, saves, id -> {});
  }

  /** One that does something at each trade, by its id. */
  Witness(String name, String parameter, boolean saves, LongConsumer onTrade) {
    this.name = name;
    this.parameter = parameter;
    this.saves = saves;
    this.onTrade = onTrade;
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.of(
        new MetricInfo(name + ".hash", "number", "Hash with " + parameter),
        new MetricInfo(name + ".trades", "trades", "Number of trades"));
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    onTrade.accept(id);
    if (firstId < 0) {
      firstId = id;
      firstTime = timeMicros;
    }
    trades++;
    for (long part : new long[] {id, timeMicros, price, quantity, buy ? 1 : 0, fills}) {
      hash = hash * 31 + part;
    }
  }

  @Override
  public void gap(long first, long last) {
    hash = hash * 37 + first * 7 + last;
  }

  @Override
  public void read(MetricReadout out) {
    MetricBasis basis = MetricBasis.whole(firstId, firstId < 0 ? out.nowMicros() : firstTime);
    if (firstId < 0) {
      out.absent(name + ".hash", "No trade yet", basis);
    } else {
      out.number(name + ".hash", BigDecimal.valueOf(hash), basis);
    }
    out.number(name + ".trades", BigDecimal.valueOf(trades), basis);
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    out.writeLong(hash);
    out.writeLong(trades);
    out.writeLong(firstId);
    out.writeLong(firstTime);
    return saves;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    if (!saves) {
      MetricCalculator.super.restore(in);
    }
    hash = in.readLong();
    trades = in.readLong();
    firstId = in.readLong();
    firstTime = in.readLong();
  }
}
