package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.trade.TradeGap;
import java.io.IOException;
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
  private static final Duration PLAYED_WITHIN = Duration.ofMinutes(2);

  private static final Recorded EXCHANGE =
      new Recorded(
          "BTCUSDC-aggTrades-2025-10-04.zip",
          184_359_103,
          184_499_591,
          Map.of(
              "trades.start", "140489",
              "volume.buy.start", "985.50626",
              "volume.sell.start", "1002.0242",
              "cvd.start", "-16.51794",
              "cvd.max.start", "25.60877",
              "cvd.min.start", "-68.91057",
              "value.buy.start", "120407976.1076382",
              "value.sell.start", "122384612.8488395"));

  private static final Recorded AGGREGATED =
      new Recorded(
          "ETHUSDT-aggTrades-derived-2019-06-01.csv.gz",
          1,
          158_232,
          Map.of(
              "trades.start", "158232",
              "volume.buy.start", "244439.949",
              "volume.sell.start", "211237.03713",
              "cvd.start", "33202.91187",
              "cvd.max.start", "36943.41986",
              "cvd.min.start", "-248.53869",
              "value.buy.start", "65355188.6778699",
              "value.sell.start", "56496047.0813144"));

  /** Trades that a stream cannot be trusted with: REST must make up for it. */
  private static final Map<FaultKind, Integer> GARBLED =
      Map.of(
          FaultKind.DROP, 997,
          FaultKind.DUPLICATE, 89,
          FaultKind.REORDER, 83,
          FaultKind.MALFORMED, 1_009);

  /** One in twenty left out, one doubled, all shuffled; the number is the seed of the plan. */
  private static final Map<FaultKind, Integer> PLANNED = Map.of(FaultKind.DISTURB, 20_251_004);

  /** A day of an exchange with its golden sums. */
  private record Recorded(String file, long firstId, long lastId, Map<String, String> golden) {}

  @Test
  public void oneDayOfTheExchangeItself() {
    play("BTCUSDC", EXCHANGE, Map.of());
  }

  @Test
  public void oneDayAggregatedFromSingleTrades() {
    play("ETHUSDT", AGGREGATED, Map.of());
  }

  @Test
  public void theSameDayWithTradesDroppedDoubledSwappedAndGarbled() {
    InstrumentStatus instrument = play("BTC2USDC", EXCHANGE, GARBLED);
    assertThat(instrument.duplicates()).isPositive();
    assertThat(instrument.repaired()).isPositive();
  }

  @Test
  public void theSameDayWithIdsLeftOutDoubledAndShuffledByAPlan() {
    InstrumentStatus instrument = play("BTC3USDC", EXCHANGE, PLANNED);
    assertThat(instrument.duplicates()).isGreaterThan(5_000);
    assertThat(instrument.repaired()).isGreaterThan(5_000);
  }

  /** What the recorder of this day did not get, the venue's REST does not know either. */
  @Test
  public void realHolesThatTheVenueSaysWereNeverThere() throws IOException {
    GappyDay day = GappyDay.read(Recordings.file("../gaps/LTCUSDT-2019-06-23.csv.gz"));
    String symbol = "LTCUSDT";
    Recorder recorder = Recorder.fromHistory(host(), symbol);
    Stream stream = play(symbol, day, recorder, true);
    InstrumentStatus instrument = stream.instrument(symbol);
    assertThat(instrument.absent()).isEqualTo(day.missing());
    assertThat(instrument.unrepaired()).isZero();
    assertThat(recorder.gaps()).isEmpty();
    assertThat(recorder.tally()).isEqualTo(day.tally());
    MetricSnapshot snapshot = Metrics.of(host(), symbol);
    Metrics.assertSums(snapshot, day.tally());
    assertThat(snapshot.metric("cvd.start").complete()).isTrue();
  }

  @Test
  public void realHolesThatNobodyCanFill() throws IOException {
    GappyDay day = GappyDay.read(Recordings.file("../gaps/LTCUSDT-2019-06-23.csv.gz"));
    String symbol = "LTC2USDT";
    Recorder recorder = Recorder.fromHistory(host(), symbol);
    Stream stream = play(symbol, day, recorder, false);
    assertThat(stream.instrument(symbol).unrepaired()).isEqualTo(day.missing());
    assertThat(recorder.gaps())
        .extracting(TradeGap::firstId, TradeGap::lastId)
        .containsExactlyElementsOf(
            day.holes().stream().map(hole -> tuple(hole[0], hole[1])).toList());
    assertThat(recorder.tally()).isEqualTo(day.tally());
    MetricSnapshot snapshot = Metrics.of(host(), symbol);
    Metrics.assertSums(snapshot, day.tally());
    assertThat(snapshot.metric("cvd.start").complete()).isFalse();
  }

  private Stream play(String symbol, GappyDay day, Recorder recorder, boolean rest)
      throws IOException {
    Venue venue = open(day.write(symbol), symbol, Map.of());
    Map<String, Object> values = wholeDay(venue, symbol);
    if (!rest) {
      values.remove("rest.endpoint");
    }
    Stream stream = Stream.open(host(), "recorded", values);
    awaitLast(symbol, day.lastId());
    Awaitility.await("the listener")
        .atMost(PLAYED_WITHIN)
        .until(() -> recorder.lastId() == day.lastId());
    return stream;
  }

  /** Each test has a symbol of its own: metrics outlive a stream. */
  private InstrumentStatus play(String symbol, Recorded day, Map<FaultKind, Integer> faults) {
    Venue venue = open(Recordings.file(day.file), symbol, faults);
    Map<String, Object> values = wholeDay(venue, symbol);
    Stream stream = Stream.open(host(), "recorded", values);
    awaitLast(symbol, day.lastId);

    InstrumentStatus instrument = stream.instrument(symbol);
    long trades = day.lastId - day.firstId + 1;
    assertThat(instrument.firstId()).isEqualTo(day.firstId);
    assertThat(instrument.lastId()).isEqualTo(day.lastId);
    assertThat(instrument.delivered()).isEqualTo(trades);
    assertThat(instrument.historySize()).isEqualTo(trades);
    assertThat(instrument.unrepaired()).isZero();
    assertThat(venue.market(symbol).ended()).isTrue();
    MetricSnapshot snapshot = Metrics.of(host(), symbol);
    assertThat(snapshot.metric("cvd.start").complete()).isTrue();
    day.golden.forEach((metric, golden) -> assertMetric(snapshot, metric, golden));
    return instrument;
  }

  private Venue open(Path archive, String symbol, Map<FaultKind, Integer> faults) {
    Venue venue =
        Venue.open(
            host(),
            "recorded",
            Map.of(
                "archive",
                archive.toString(),
                "archive.symbol",
                symbol,
                "speed",
                "max",
                "weight.per.minute",
                1_000_000));
    faults.forEach(venue::switchOn);
    return venue;
  }

  /** All of the day stays in history, whoever wants it later. */
  private static Map<String, Object> wholeDay(Venue venue, String symbol) {
    Map<String, Object> values = new HashMap<>(Stream.values(venue, symbol));
    values.put("history.seconds", 86_400L);
    // The day takes a few seconds, in which more is traded than a hold is meant for; how fast this
    // machine repairs it is not what is tested.
    values.put("hold.ms", 60_000L);
    values.put("hold.trades", 1_000_000);
    values.put("hold.bytes", 1L << 30);
    return values;
  }

  private void awaitLast(String symbol, long lastId) {
    Awaitility.await("trade " + lastId + " of " + symbol)
        .atMost(PLAYED_WITHIN)
        .until(() -> Metrics.of(host(), symbol).lastTradeId() == lastId);
  }

  private static void assertMetric(MetricSnapshot snapshot, String metric, String golden) {
    assertThat(Metrics.number(snapshot, metric)).as(metric).isEqualByComparingTo(golden);
  }
}
