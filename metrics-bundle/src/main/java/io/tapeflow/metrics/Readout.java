package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.metrics.MetricRow;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The values of one calculator at one moment, as it gave them. */
final class Readout implements MetricReadout {
  private final long nowMicros;
  private final Map<String, MetricInfo> announced;
  private final Set<String> wanted;
  private final Map<String, Raw> values = new HashMap<>();

  /**
   * Room for the values of a moment.
   *
   * @param announced the metrics that may be given, by name
   */
  Readout(long nowMicros, Map<String, MetricInfo> announced) {
    this(nowMicros, announced, announced.keySet());
  }

  /**
   * Room for some of the values of a moment.
   *
   * @param announced the metrics that may be given, by name
   * @param wanted those of them that are looked at
   */
  Readout(long nowMicros, Map<String, MetricInfo> announced, Set<String> wanted) {
    this.nowMicros = nowMicros;
    this.announced = announced;
    this.wanted = wanted;
  }

  /** What was given for a metric, or null if nothing was. */
  Raw of(String name) {
    return values.get(name);
  }

  @Override
  public long nowMicros() {
    return nowMicros;
  }

  @Override
  public boolean wants(String name) {
    return wanted.contains(name);
  }

  @Override
  public void number(String name, BigDecimal value, MetricBasis basis) {
    // The digits of what nobody looks at are not worth their time.
    put(name, new Raw(wants(name) ? plain(value) : value, "", basis));
  }

  @Override
  public void number(String name, double value, MetricBasis basis) {
    if (!wants(name)) {
      put(name, new Raw(null, "", basis));
    } else if (Double.isFinite(value)) {
      number(name, BigDecimal.valueOf(value), basis);
    } else {
      absent(name, "It is not a finite number", basis);
    }
  }

  @Override
  public void word(String name, String value, MetricBasis basis) {
    put(name, new Raw(Objects.requireNonNull(value, name), "", basis));
  }

  @Override
  public void rows(String name, List<MetricRow> rows, MetricBasis basis) {
    put(name, new Raw(List.copyOf(rows), "", basis));
  }

  @Override
  public void absent(String name, String reason, MetricBasis basis) {
    put(name, new Raw(null, Objects.requireNonNull(reason, name), basis));
  }

  private void put(String name, Raw value) {
    Objects.requireNonNull(value.basis(), name);
    if (!announced.containsKey(name)) {
      throw new IllegalArgumentException("It gives " + name + ", which it has not announced");
    }
    if (wants(name) && values.put(name, value) != null) {
      throw new IllegalArgumentException("It gives " + name + " twice");
    }
  }

  /** Equal numbers are shown alike, whatever scales they were summed at. */
  static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.scale() > 0 ? number.stripTrailingZeros() : number;
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /**
   * What a calculator gave for a metric.
   *
   * @param value null if there is none
   * @param absence why there is none; empty if there is one
   * @param basis what it rests on
   */
  record Raw(Object value, String absence, MetricBasis basis) {}
}
