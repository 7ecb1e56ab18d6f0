package io.tapeflow.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.IdRange;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.Provenance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How metrics of every kind look on a terminal. */
class MetricsTest {
  private final Map<String, MetricValue> metrics = new LinkedHashMap<>();

  @Test
  void aTableHasItsRowsBehindTheOthers() {
    add("zones.60s", List.of(row("low", "99.50", "BUY"), row("high", "1E+2", null)));
    add("empty.60s", List.of());
    add("one.60s", List.of(row("only", "1", "SELL")));

    assertThat(Metrics.of(snapshot(), ""))
        .hasToString(
            """
            binance-spot:BTCUSDT: OK, as of 2026-01-04T12:00:00Z, up to trade 9
            Metric      Value  Status  Coverage  Complete  Reason
            zones.60s  2 rows  OK          60 s  yes
            empty.60s  0 rows  OK          60 s  yes
            one.60s     1 row  OK          60 s  yes

            zones.60s
              name  price  side
              low   99.50  BUY
              high    100  -

            one.60s
              name  price  side
              only      1  SELL
            """);
  }

  @Test
  void whatIsMissingIsNamed() {
    add("cvd.start", BigDecimal.ONE, new IdRange(3, 3), new IdRange(5, 7));

    assertThat(Metrics.of(snapshot(), "").toString()).contains("no: without 3, 5 to 7");
  }

  private static MetricRow row(String name, String price, String side) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("price", new BigDecimal(price));
    if (side != null) {
      fields.put("side", side);
    }
    return new MetricRow(fields);
  }

  private void add(String name, Object value, IdRange... gaps) {
    metrics.put(
        name,
        new MetricValue(
            name,
            value,
            MetricStatus.OK,
            "",
            Samples.NOW,
            Duration.ofSeconds(60),
            gaps.length == 0,
            1,
            9,
            List.of(gaps),
            0,
            Provenance.AGGRESSOR_EXACT));
  }

  private MetricSnapshot snapshot() {
    return new MetricSnapshot(
        Samples.BTC.key(),
        MetricStatus.OK,
        "",
        Samples.NOW,
        9,
        Duration.ZERO,
        Duration.ZERO,
        metrics);
  }
}
