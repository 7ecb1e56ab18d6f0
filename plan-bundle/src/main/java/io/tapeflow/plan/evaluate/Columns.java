package io.tapeflow.plan.evaluate;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The metrics that the plans of an instrument look at, as they are at the present trade. */
final class Columns {
  private final List<String> names;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Object[] values;
  private final int[] places;
  private FlowMoments moments;
  private int moment;
  private long fixedPrice = -1;
  private BigDecimal price;

  Columns(Collection<String> metrics) {
    names = List.copyOf(metrics);
    for (int i = 0; i < names.size(); i++) {
      indexes.put(names.get(i), i);
    }
    values = new Object[names.size()];
    places = new int[names.size()];
  }

  /** The very list that is to be asked for. */
  List<String> names() {
    return names;
  }

  int index(String metric) {
    return indexes.get(metric);
  }

  /** Null if it must not be acted upon. */
  Object value(int index) {
    return values[index];
  }

  long tradeId() {
    return moments == null ? -1 : moments.id(moment);
  }

  long timeMicros() {
    return moments.timeMicros(moment);
  }

  /** Null before any trade. */
  BigDecimal price() {
    return price;
  }

  /**
   * Goes on to a trade.
   *
   * @param changed is told the metrics that have another value, with the values before, while the
   *     columns have the present ones
   * @return whether the price is another
   */
  boolean go(FlowMoments to, int at, Changed changed) {
    if (moments == null || moments.metrics() != to.metrics()) {
      find(to.metrics());
    }
    moments = to;
    moment = at;
    for (int i = 0; i < values.length; i++) {
      Object before = values[i];
      Object now = places[i] < 0 ? null : to.usable(at, places[i]);
      if (before != now && (before == null || !before.equals(now))) {
        values[i] = now;
        changed.is(i, before, now);
      }
    }
    long fixed = to.price(at);
    if (fixed == fixedPrice) {
      return false;
    }
    fixedPrice = fixed;
    price = to.instrument().price(fixed);
    return true;
  }

  /** Why a metric must not be acted upon; null if it may be. */
  Fault fault(String metric) {
    int index = index(metric);
    if (moments == null) {
      return Fault.of("No trade has come since plans changed");
    }
    return values[index] == null ? Fault.of(shown(index)) : null;
  }

  MetricValue evidence(String metric) {
    return shown(index(metric));
  }

  private MetricValue shown(int index) {
    return places[index] < 0
        ? MetricValue.none(names.get(index), MetricStatus.NO_DATA, "It is not shown yet", null)
        : moments.value(moment, places[index]);
  }

  /**
   * Which of the metrics shown is which column: plans may have changed since they were asked for.
   */
  private void find(List<String> shown) {
    for (int i = 0; i < places.length; i++) {
      places[i] = shown.indexOf(names.get(i));
    }
  }

  /** Takes changes. */
  @FunctionalInterface
  interface Changed {
    void is(int index, Object before, Object now);
  }
}
