package io.tapeflow.metrics;

import io.tapeflow.api.metrics.IdRange;
import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.tasks.Clock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Drives one calculator without an engine: feeds it trades, reads its values by name, saves and
 * restores it. The feed counts as live; ids that were told as a gap are missing.
 */
public final class CalculatorHarness {
  private final MetricFactory factory;
  private final Instrument instrument;
  private final MetricCalculator calculator;
  private final Map<String, MetricInfo> infos = new LinkedHashMap<>();
  private final List<IdRange> gaps = new ArrayList<>();
  private long lastId = -1;
  private long nowMicros;

  /** A new calculator of an instrument. */
  public CalculatorHarness(MetricFactory factory, Instrument instrument) {
    this.factory = factory;
    this.instrument = instrument;
    this.calculator = factory.create(instrument);
    for (MetricInfo info : calculator.metrics()) {
      if (infos.put(info.name(), info) != null) {
        throw new AssertionError(info.name() + " is announced twice");
      }
    }
  }

  public Instrument instrument() {
    return instrument;
  }

  /** What the calculator has announced, by name. */
  public Map<String, MetricInfo> infos() {
    return infos;
  }

  /** Feeds trades in the order given. */
  public CalculatorHarness feed(Iterable<Trade> trades) {
    trades.forEach(this::feed);
    return this;
  }

  /** Feeds a trade. The moment asked for moves on to it. */
  public CalculatorHarness feed(Trade trade) {
    calculator.trade(
        trade.id(),
        trade.timeMicros(),
        trade.price(),
        trade.quantity(),
        trade.aggressor() == Side.BUY,
        trade.fills());
    lastId = trade.id();
    nowMicros = Math.max(nowMicros, trade.timeMicros());
    return this;
  }

  /** Tells that ids are missing. */
  public CalculatorHarness gap(long firstId, long lastMissingId) {
    calculator.gap(firstId, lastMissingId);
    gaps.add(new IdRange(firstId, lastMissingId));
    return this;
  }

  /** Time passes without a trade. */
  public CalculatorHarness passes(Duration time) {
    nowMicros += time.toNanos() / 1_000;
    return this;
  }

  /** The moment for which values are asked, microseconds. */
  public long nowMicros() {
    return nowMicros;
  }

  /** The value of a metric now; of status NO_DATA if the calculator gives none. */
  public MetricValue metric(String name) {
    MetricValue value = metrics().get(name);
    if (value == null) {
      throw new AssertionError(name + " is not announced; there are " + infos.keySet());
    }
    return value;
  }

  /** A number, a word, a list of rows, or null. */
  public Object value(String name) {
    return metric(name).value();
  }

  /** A number, or null if there is none. */
  public BigDecimal number(String name) {
    return (BigDecimal) value(name);
  }

  /** A number as a double, for those that are not exact. */
  public double real(String name) {
    BigDecimal number = number(name);
    if (number == null) {
      throw new AssertionError(metric(name).toString());
    }
    return number.doubleValue();
  }

  /** A table; fails if there is none. */
  public List<MetricRow> rows(String name) {
    if (value(name) instanceof List<?> rows) {
      return rows.stream().map(MetricRow.class::cast).toList();
    }
    throw new AssertionError(metric(name).toString());
  }

  /** All values now, by name in the order announced. */
  public Map<String, MetricValue> metrics() {
    Readout readout = new Readout(nowMicros, infos);
    calculator.read(readout);
    Map<String, MetricValue> values = new LinkedHashMap<>();
    infos.forEach((name, info) -> values.put(name, metric(info, readout.of(name))));
    return values;
  }

  /** What the calculator said a metric rests on; null if it gave none. */
  public MetricBasis basis(String name) {
    Readout readout = new Readout(nowMicros, infos);
    calculator.read(readout);
    Readout.Raw raw = readout.of(name);
    return raw == null ? null : raw.basis();
  }

  /** The calculator's state, or null if it has none to save. */
  public byte[] save() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      return calculator.save(out) ? bytes.toByteArray() : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new calculator of the same factory that goes on from a saved state. */
  public CalculatorHarness restored(byte[] state) throws IOException {
    CalculatorHarness other = new CalculatorHarness(factory, instrument);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
      other.calculator.restore(in);
      if (in.read() != -1) {
        throw new AssertionError("restore() has not read all that save() wrote");
      }
    }
    other.lastId = lastId;
    other.nowMicros = nowMicros;
    other.gaps.addAll(gaps);
    return other;
  }

  private MetricValue metric(MetricInfo info, Readout.Raw raw) {
    if (raw == null) {
      return MetricValue.none(info.name(), MetricStatus.NO_DATA, "It gives no value", null);
    }
    MetricBasis basis = raw.basis();
    long first = basis.firstId();
    List<IdRange> missing =
        gaps.stream().filter(gap -> first >= 0 && gap.lastId() >= first).toList();
    MetricStatus status = MetricStatus.OK;
    if (!basis.lack().isEmpty()) {
      status = MetricStatus.WARMING_UP;
    } else if (!raw.absence().isEmpty()) {
      status = MetricStatus.NO_DATA;
    }
    return new MetricValue(
        info.name(),
        raw.value(),
        status,
        basis.lack().isEmpty() ? raw.absence() : basis.lack(),
        Clock.instant(nowMicros),
        Duration.of(Math.max(0, nowMicros - basis.sinceMicros()), ChronoUnit.MICROS),
        missing.isEmpty(),
        first,
        lastId,
        missing,
        0,
        info.provenance());
  }
}
