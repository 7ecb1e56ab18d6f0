package io.tapeflow.metrics.large;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.Wide;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An order that was large.
 *
 * @param firstId of its trades, by which it is known
 * @param lastId of its trades
 * @param time at which it was complete, not less than that of orders before it; microseconds
 * @param durationMicros from its first to its last trade
 * @param buy true if it bought
 * @param quantity fixed-point
 * @param valueHigh upper half of its value
 * @param valueLow lower half of its value
 * @param firstPrice fixed-point
 * @param lastPrice fixed-point
 * @param levels number of prices
 * @param tier the highest it reached, or {@link Tiers#NONE}
 * @param rules by which it is large, see {@link Judge}
 * @param alert false if an alert of its side had been shortly before
 */
record LargeTrade(
    long firstId,
    long lastId,
    long time,
    long durationMicros,
    boolean buy,
    long quantity,
    long valueHigh,
    long valueLow,
    long firstPrice,
    long lastPrice,
    int levels,
    int tier,
    int rules,
    boolean alert) {
  private static final double BASIS_POINTS = 1e4;

  String side() {
    return buy ? "BUY" : "SELL";
  }

  MetricRow row(Instrument instrument, List<String> tiers) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("firstId", BigDecimal.valueOf(firstId));
    fields.put("lastId", BigDecimal.valueOf(lastId));
    fields.put("time", Instant.EPOCH.plus(time, ChronoUnit.MICROS).toString());
    fields.put("side", side());
    fields.put("price", instrument.price(lastPrice));
    fields.put("quantity", instrument.quantity(quantity));
    int scale = instrument.priceScale() + instrument.quantityScale();
    fields.put("value", Wide.decimal(new long[] {valueHigh, valueLow}, 0, scale));
    fields.put("levels", BigDecimal.valueOf(levels));
    double slippage = Math.abs((double) lastPrice - firstPrice) / firstPrice * BASIS_POINTS;
    fields.put("slippageBps", BigDecimal.valueOf(slippage));
    fields.put("durationMs", BigDecimal.valueOf(durationMicros, 3));
    if (tier != Tiers.NONE) {
      fields.put("tier", tiers.get(tier));
    }
    fields.put("rules", Judge.words(rules));
    fields.put("alert", alert ? "YES" : "NO");
    return new MetricRow(fields);
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(firstId);
    out.writeLong(lastId);
    out.writeLong(time);
    out.writeLong(durationMicros);
    out.writeBoolean(buy);
    out.writeLong(quantity);
    out.writeLong(valueHigh);
    out.writeLong(valueLow);
    out.writeLong(firstPrice);
    out.writeLong(lastPrice);
    out.writeInt(levels);
    out.writeInt(tier);
    out.writeInt(rules);
    out.writeBoolean(alert);
  }

  static LargeTrade restored(DataInput in) throws IOException {
    return new LargeTrade(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readBoolean(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readBoolean());
  }
}
