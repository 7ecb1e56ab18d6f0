package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.CANNOT_VERIFY;
import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.OrderFlow;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.Test;

/** From nothing to metrics to a stop, with the verdicts on the way. */
public class TradesFlowIT extends ShippedIT {
  @Test
  public void tradesBecomeMetricsWithinSecondsAndAllChecksPass() {
    Verdicts verdicts = new Verdicts(host());
    // Plans are waited for from the start, by executors that can be seen to run.
    verdicts.await(1, PASS);
    assertThat(verdicts.all())
        .as("before any configuration")
        .containsExactly(
            PASS, CANNOT_VERIFY, CANNOT_VERIFY, CANNOT_VERIFY, CANNOT_VERIFY, CANNOT_VERIFY);

    Venue venue = Venue.generated(host(), "flow", 200, "BTCUSDT", "ETHUSDT");
    long begin = System.nanoTime();
    Stream stream = Stream.to(venue, host(), "flow", "BTCUSDT", "ETHUSDT");
    stream.awaitLive();
    for (String symbol : new String[] {"BTCUSDT", "ETHUSDT"}) {
      MetricSnapshot snapshot = Metrics.await(host(), symbol, MetricStatus.WARMING_UP);
      assertThat((BigDecimal) snapshot.metric("price.last").value()).isPositive();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));

    verdicts.await(6, PASS);
    assertThat(verdicts.all())
        .as(verdicts.text(verdicts.report()))
        .containsExactly(PASS, PASS, CANNOT_VERIFY, PASS, PASS, PASS);

    Stream other = Stream.to(venue, host(), "other", "BTCUSDT");
    other.close();
    verdicts.await(3, PASS);
    assertThat(verdicts.all()).as(verdicts.text(verdicts.report())).containsOnly(PASS);
    assertThat(verdicts.report().rootCause()).isEqualTo("Nothing fails.");
    assertThat(host().ask(OrderFlow.class, flow -> flow.snapshot("NOSUCH")).status())
        .isEqualTo(MetricStatus.UNKNOWN_INSTRUMENT);
  }
}
