package io.tapeflow.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricInfo;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void hasAllMetricsThatThereAre() {
    List<String> lines =
        StandardMetrics.infos().stream()
            .map(it -> it.name() + ' ' + it.unit())
            .distinct()
            .sorted()
            .collect(Collectors.toList());
    assertThat(Catalogue.lines())
        .as("src/main/resources/io/tapeflow/plan/check/metrics.txt")
        .containsAll(lines);
  }

  @Test
  void knowsMetricsOfOtherWindowsAndAnchors() {
    assertThat(Catalogue.find("delta.45s").map(MetricInfo::unit)).contains("base");
    assertThat(Catalogue.find("close.bar500t").map(MetricInfo::unit)).contains("price");
    assertThat(Catalogue.find("vwap.20260105T143000Z").map(MetricInfo::unit)).contains("price");
    assertThat(Catalogue.find("large.count.buy.75k.300s").map(MetricInfo::unit)).contains("orders");
    assertThat(Catalogue.find("delta")).isEmpty();
    assertThat(Catalogue.find("detla.60s")).isEmpty();
  }
}
