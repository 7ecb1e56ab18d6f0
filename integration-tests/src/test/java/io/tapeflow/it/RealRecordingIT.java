package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.stream.InstrumentStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.Test;
import org.junit.runner.RunWith;

/**
 * Whole days of a real exchange through the embedded venue, the socket, the connector and the
 * metrics: the sums are those that were computed independently, to the last digit.
 */
@RunWith(Recordings.class)
public class RealRecordingIT extends ShippedIT {
  private static final Duration PLAYED_WITHIN = Duration.ofSeconds(60);

  @Test
  public void oneDayOfTheExchangeItself() {
    MetricSnapshot snapshot =
        play("BTCUSDC", "BTCUSDC-aggTrades-2025-10-04.zip", 184_359_103, 184_499_591);
    assertMetric(snapshot, "trades.start", "140489");
    assertMetric(snapshot, "volume.buy.start", "985.50626");
    assertMetric(snapshot, "volume.sell.start", "1002.0242");
    assertMetric(snapshot, "cvd.start", "-16.51794");
    assertMetric(snapshot, "cvd.max.start", "25.60877");
    assertMetric(snapshot, "cvd.min.start", "-68.91057");
    assertMetric(snapshot, "value.buy.start", "120407976.1076382");
    assertMetric(snapshot, "value.sell.start", "122384612.8488395");
  }

  @Test
  public void oneDayAggregatedFromSingleTrades() {
    MetricSnapshot snapshot =
        play("ETHUSDT", "ETHUSDT-aggTrades-derived-2019-06-01.csv.gz", 1, 158_232);
    assertMetric(snapshot, "trades.start", "158232");
    assertMetric(snapshot, "volume.buy.start", "244439.949");
    assertMetric(snapshot, "volume.sell.start", "211237.03713");
    assertMetric(snapshot, "cvd.start", "33202.91187");
    assertMetric(snapshot, "cvd.max.start", "36943.41986");
    assertMetric(snapshot, "cvd.min.start", "-248.53869");
    assertMetric(snapshot, "value.buy.start", "65355188.6778699");
    assertMetric(snapshot, "value.sell.start", "56496047.0813144");
  }

  private MetricSnapshot play(String symbol, String file, long firstId, long lastId) {
    Path recording = Recordings.file(file);
    Venue venue =
        Venue.open(host(), "recorded", Map.of("archive", recording.toString(), "speed", "max"));
    Map<String, Object> values = new HashMap<>(Stream.values(venue, symbol));
    // All of the day stays in history, whoever wants it later.
    values.put("history.seconds", 86_400L);
    Stream stream = Stream.open(host(), "recorded", values);
    Awaitility.await("the last trade of " + recording)
        .atMost(PLAYED_WITHIN)
        .until(() -> Metrics.of(host(), symbol).lastTradeId() == lastId);

    InstrumentStatus instrument = stream.instrument(symbol);
    assertThat(instrument.firstId()).isEqualTo(firstId);
    assertThat(instrument.lastId()).isEqualTo(lastId);
    assertThat(instrument.delivered()).isEqualTo(lastId - firstId + 1);
    assertThat(instrument.historySize()).isEqualTo(lastId - firstId + 1);
    assertThat(instrument.duplicates()).isZero();
    assertThat(instrument.gaps()).isZero();
    assertThat(venue.market(symbol).ended()).isTrue();
    MetricSnapshot snapshot = Metrics.of(host(), symbol);
    assertThat(snapshot.metric("cvd.start").complete()).isTrue();
    return snapshot;
  }

  private static void assertMetric(MetricSnapshot snapshot, String metric, String golden) {
    assertThat(Metrics.number(snapshot, metric)).as(metric).isEqualByComparingTo(golden);
  }
}
