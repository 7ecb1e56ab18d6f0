package io.tapeflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.Provenance;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotLinesTest {
  private static final Instant AT = Instant.parse("2026-01-05T14:30:00Z");

  private static final List<MetricInfo> INFOS =
      List.of(
          new MetricInfo("delta.60s", "base", "Bought - sold volume."),
          new MetricInfo("zones", "rows", "Zones."));

  @TempDir private Path folder;

  @Test
  void jsonHasTheShapeOfTheHttpAnswerAndTablesAsRows() throws Exception {
    Path file = folder.resolve("out.jsonl");
    try (SnapshotLines lines = SnapshotLines.of(file)) {
      assertThat(lines.write("BTCUSDT", snapshot(), INFOS)).isTrue();
    }
    assertThat(Files.readAllLines(file))
        .singleElement()
        .asString()
        .startsWith("{\"instrument\":\"BTCUSDT\",\"key\":\"binance-spot:BTCUSDT\"")
        .contains("\"delta.60s\":{\"value\":\"0.00000001\",\"unit\":\"base\",\"status\":\"OK\"")
        .contains(
            "\"zones\":{\"value\":[{\"side\":\"BUY\",\"low\":\"1.5\"}],\"unit\":\"rows\",\"status\":\"OK\"")
        .contains("\"vpin.exact\":{\"value\":null,\"unit\":null,\"status\":\"WARMING_UP\"");
  }

  @Test
  void csvHasNumbersAndWordsWithTheirStatus() throws Exception {
    Path file = folder.resolve("out.CSV");
    try (SnapshotLines lines = SnapshotLines.of(file)) {
      lines.write("BTCUSDT", snapshot(), INFOS);
      lines.write("BTCUSDT", snapshot(), INFOS);
    }
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "instrument,asOf,lastTradeId,status,delta.60s,delta.60s.status,delta.60s.complete,side,"
                + "side.status,side.complete,vpin.exact,vpin.exact.status,vpin.exact.complete",
            "BTCUSDT,2026-01-05T14:30:00Z,7,OK,0.00000001,OK,true,\"BUY, \"\"SELL\"\"\",OK,true,,"
                + "WARMING_UP,true",
            "BTCUSDT,2026-01-05T14:30:00Z,7,OK,0.00000001,OK,true,\"BUY, \"\"SELL\"\"\",OK,true,,"
                + "WARMING_UP,true");
  }

  @Test
  void noFileTakesNothing() throws Exception {
    assertThat(SnapshotLines.NONE.write("BTCUSDT", snapshot(), INFOS)).isFalse();
  }

  private static MetricSnapshot snapshot() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("side", "BUY");
    row.put("low", new BigDecimal("1.5"));
    Map<String, MetricValue> values = new LinkedHashMap<>();
    put(values, "delta.60s", new BigDecimal("1E-8"), MetricStatus.OK);
    put(values, "side", "BUY, \"SELL\"", MetricStatus.OK);
    put(values, "zones", List.of(new MetricRow(row)), MetricStatus.OK);
    put(values, "vpin.exact", null, MetricStatus.WARMING_UP);
    return new MetricSnapshot(
        "binance-spot:BTCUSDT", MetricStatus.OK, "", AT, 7, Duration.ZERO, Duration.ZERO, values);
  }

  private static void put(
      Map<String, MetricValue> values, String name, Object value, MetricStatus status) {
    values.put(
        name,
        new MetricValue(
            name,
            value,
            status,
            "",
            AT,
            Duration.ofSeconds(60),
            true,
            1,
            7,
            List.of(),
            0,
            Provenance.AGGRESSOR_EXACT));
  }
}
