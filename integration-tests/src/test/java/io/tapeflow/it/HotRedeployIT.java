package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamStatus;
import org.awaitility.Awaitility;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** The metrics bundle goes and comes back while a thousand trades a second flow. */
public class HotRedeployIT extends ShippedIT {
  private static final String SYMBOL = "BTCUSDT";
  private static final int ROUNDS = 21;
  private static final double RATE = 1_000;

  @Test
  public void metricsWarmUpFromHistoryWithoutAHoleOrARepeat() throws BundleException {
    Venue venue = Venue.generated(host(), "load", RATE, SYMBOL);
    Stream stream = Stream.to(venue, host(), "load", SYMBOL);
    StreamStatus before = stream.awaitLive();
    Recorder recorder = Recorder.fromHistory(host(), SYMBOL);
    Recorder live = Recorder.of(host(), SYMBOL);
    Bundle metrics = host().bundle("io.tapeflow.metrics");
    LogFile log = LogFile.fromHere();

    for (int round = 0; round < ROUNDS; round++) {
      long gone = stream.lastId(SYMBOL);
      switch (round % 3) {
        case 0 -> Redeploy.UPDATE.change(metrics);
        case 1 -> Redeploy.REFRESH.change(metrics);
        default -> {
          metrics.stop();
          assertThat(host().has(OrderFlow.class, null)).isFalse();
          Awaitility.await("trades without metrics")
              .atMost(Host.PATIENCE)
              .until(() -> stream.lastId(SYMBOL) > gone + RATE / 10);
          metrics.start();
        }
      }
      MetricSnapshot back =
          Metrics.await(host(), SYMBOL, snapshot -> snapshot.lastTradeId() > gone);
      assertExact(back, stream, venue);
    }

    StreamStatus after = stream.status();
    assertThat(after.connections()).isEqualTo(before.connections());
    InstrumentStatus instrument = stream.instrument(SYMBOL);
    assertThat(instrument.unrepaired()).isZero();
    Awaitility.await("the recorder")
        .atMost(Host.PATIENCE)
        .until(
            () -> recorder.lastId() >= instrument.lastId() && live.lastId() >= instrument.lastId());
    assertThat(recorder.firstId()).isEqualTo(instrument.firstId());
    for (Recorder listener : new Recorder[] {recorder, live}) {
      assertThat(listener.faults()).isEmpty();
      assertThat(listener.gaps()).isEmpty();
    }
    assertThat(log.lines("ERROR")).isEmpty();
    assertThat(log.linkageErrors()).isEmpty();
    Verdicts verdicts = new Verdicts(host());
    verdicts.await(1, PASS);
    verdicts.await(6, PASS);
  }

  /** As if they had been there all the time: the sums since the first trade. */
  private static void assertExact(MetricSnapshot snapshot, Stream stream, Venue venue) {
    assertThat(
            Metrics.number(snapshot, "volume.buy.start")
                .subtract(Metrics.number(snapshot, "volume.sell.start")))
        .isEqualByComparingTo(Metrics.number(snapshot, "cvd.start"));
    long firstId = stream.instrument(SYMBOL).firstId();
    Metrics.assertSums(snapshot, venue.printed(SYMBOL, firstId, snapshot.lastTradeId()));
    assertThat(snapshot.metric("cvd.start").complete()).isTrue();
  }
}
