package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.FAIL;
import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.verification.CheckResult;
import java.util.HashMap;
import java.util.Map;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Metrics say how far they can be trusted, and check 6 says the same. */
public class MetricsIT extends ShippedIT {
  private Venue venue;
  private Verdicts verdicts;

  @Before
  public void open() {
    host().configureOnly("io.tapeflow.metrics", Map.of("windows.seconds", 2, "stale.ms", 1_000));
    venue = Venue.generated(host(), "metrics", 100, "BTCUSDT", "ETHUSDT", "ADAUSDT");
    verdicts = new Verdicts(host());
  }

  @Test
  public void aFeedThatDriesUpMakesMetricsStaleUntilItFlowsAgain() {
    String symbol = "BTCUSDT";
    venue.switchOn(FaultKind.NO_DATA);
    Stream stream = Stream.to(venue, host(), "quiet", symbol);
    MetricSnapshot nothing = Metrics.await(host(), symbol, MetricStatus.NO_DATA);
    assertThat(nothing.metric("delta.2s").value()).isNull();
    assertThat(nothing.reason()).isNotEmpty();

    venue.clearFaults();
    MetricSnapshot first = Metrics.await(host(), symbol, MetricStatus.WARMING_UP);
    assertThat(first.metric("delta.2s").usable()).isFalse();
    MetricSnapshot warm = Metrics.await(host(), symbol, MetricStatus.OK);
    assertThat(warm.metric("delta.2s").usable()).isTrue();
    verdicts.await(6, PASS);

    venue.switchOn(FaultKind.NO_DATA);
    MetricSnapshot stale = Metrics.await(host(), symbol, MetricStatus.STALE);
    assertThat(stale.metric("delta.2s").usable()).isFalse();
    assertThat(stale.reason()).contains("No trade for");
    CheckResult verdict = verdicts.await(6, FAIL);
    assertThat(verdict.evidence())
        .anyMatch(line -> line.contains(symbol) && line.contains("STALE"));

    venue.clearFaults();
    // What was traded meanwhile is fetched, so that nothing is missing in the end.
    MetricSnapshot mended =
        Metrics.await(host(), symbol, snapshot -> snapshot.metric("delta.2s").usable());
    long firstId = stream.instrument(symbol).firstId();
    Metrics.assertSums(mended, venue.printed(symbol, firstId, mended.lastTradeId()));
    verdicts.await(5, PASS);
    verdicts.await(6, PASS);
  }

  @Test
  public void pingsAreNoDataAndAnIdleConnectionIsReplaced() {
    String symbol = "ETHUSDT";
    Map<String, Object> values = new HashMap<>(Stream.values(venue, symbol));
    values.put("idle.timeout.ms", 1_500L);
    values.put("connect.timeout.ms", 2_000L);
    Stream stream = Stream.open(host(), "pinged", values);
    stream.awaitLive();
    Metrics.await(host(), symbol, MetricStatus.OK);

    venue.switchOn(FaultKind.PINGS_ONLY, 100);
    long pongs = venue.account().pongs();
    Metrics.await(host(), symbol, MetricStatus.STALE);
    stream.until("idle", status -> hasFailed(status.lastError(), ErrorKind.IDLE));
    verdicts.await(6, FAIL);
    assertThat(venue.account().pongs()).isGreaterThan(pongs);

    venue.clearFaults();
    stream.awaitLive();
    Metrics.await(host(), symbol, MetricStatus.OK);
    verdicts.await(6, PASS);
  }

  @Test
  public void withoutTheMetricsBundleCheckSixFails() throws BundleException {
    String symbol = "ADAUSDT";
    Stream.to(venue, host(), "alone", symbol).awaitLive();
    verdicts.await(6, PASS);
    Bundle metrics = host().bundle("io.tapeflow.metrics");
    metrics.stop();
    try {
      CheckResult verdict = verdicts.await(6, FAIL);
      assertThat(verdict.evidence()).anyMatch(line -> line.contains("metrics bundle"));
      assertThat(verdicts.check(5).status()).isEqualTo(PASS);
    } finally {
      metrics.start();
    }
    verdicts.await(6, PASS);
  }

  private static boolean hasFailed(io.tapeflow.api.stream.ConnectionError error, ErrorKind kind) {
    return error != null && error.kind() == kind;
  }
}
