package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.trade.TradeHistory;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.osgi.framework.ServiceObjects;

/** What the metrics of this framework say. */
final class Metrics {
  private Metrics() {}

  static MetricSnapshot of(Host host, String instrument) {
    return host.ask(OrderFlow.class, flow -> flow.snapshot(instrument));
  }

  static MetricSnapshot await(Host host, String instrument, MetricStatus status) {
    return await(host, instrument, snapshot -> snapshot.status() == status);
  }

  static MetricSnapshot await(Host host, String instrument, Predicate<MetricSnapshot> right) {
    return Awaitility.await("metrics of " + instrument)
        .atMost(Host.PATIENCE)
        .until(() -> of(host, instrument), right);
  }

  /** A decimal without regard to its trailing zeros. */
  static BigDecimal number(MetricSnapshot snapshot, String metric) {
    Object value = snapshot.metric(metric).value();
    if (value instanceof Long count) {
      return BigDecimal.valueOf(count);
    }
    assertThat(value).as(metric + " of " + snapshot).isInstanceOf(BigDecimal.class);
    return (BigDecimal) value;
  }

  /** The metrics since the start must be the sums of these very trades. */
  static void assertSums(MetricSnapshot snapshot, Tally tally) {
    assertThat(number(snapshot, "volume.buy.start")).isEqualByComparingTo(tally.bought());
    assertThat(number(snapshot, "volume.sell.start")).isEqualByComparingTo(tally.sold());
    assertThat(number(snapshot, "cvd.start")).isEqualByComparingTo(tally.delta());
    assertThat(number(snapshot, "trades.start"))
        .isEqualByComparingTo(Long.toString(tally.trades()));
  }

  /** The values that do not age while nothing is traded. */
  static Map<String, Object> timeless(MetricSnapshot snapshot) {
    return snapshot.metrics().values().stream()
        .filter(metric -> metric.value() != null)
        .filter(metric -> metric.name().matches(".*\\.(start|session|last|bar\\w+)"))
        .collect(
            Collectors.toMap(MetricValue::name, MetricValue::value, (a, b) -> a, TreeMap::new));
  }

  /** What a batch makes of all trades that a history holds. */
  static MetricSnapshot inABatch(Host host, TradeHistory history) {
    ServiceObjects<OrderFlowBatch> batches =
        host.context().getServiceObjects(host.context().getServiceReference(OrderFlowBatch.class));
    OrderFlowBatch batch = batches.getService();
    try {
      batch.trades(history.latest((int) history.size()));
      return batch.snapshot(history.instrument().key());
    } finally {
      batches.ungetService(batch);
    }
  }
}
