package io.tapeflow.metrics;

import static io.tapeflow.metrics.TestMarket.decimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tapeflow.api.metrics.MetricStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConfigurationChangeTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(OrderFlowComponent.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void aWrongValueIsNamedAndTheRunningSettingsStay() {
    TestMarket market =
        new TestMarket(TestMarket.BTC, TestMarket.NOON, Map.of("windows.seconds", "10"));
    market.buy("100", "1");
    market.component.modified(Map.of("windows.seconds", "-5", "stale.ms", "2000"));
    assertThat(errors())
        .containsExactly(
            "io.tapeflow.metrics: windows.seconds is \"-5\", allowed is 1 to 8 whole numbers of"
                + " seconds, each from 1 to 3600; the running settings stay");
    assertThat(market.value("volume.10s")).isEqualTo(decimal("1"));
    market.passSeconds(5);
    assertThat(market.snapshot().status())
        .as("nothing of a wrong configuration is taken")
        .isEqualTo(MetricStatus.WARMING_UP);
  }

  @Test
  void aWrongStartRunsOnTheDefaults() {
    TestMarket market =
        new TestMarket(TestMarket.BTC, TestMarket.NOON, Map.of("dominance.ratio", "much"));
    assertThat(errors())
        .containsExactly(
            "io.tapeflow.metrics: dominance.ratio is \"much\", allowed is a number from 1 to 1000;"
                + " the defaults are used");
    market.buy("100", "1");
    assertThat(market.snapshot().metrics()).containsKeys("delta.30s", "delta.60s", "delta.300s");
  }

  /** History reaches back further than the windows did: they are filled from it. */
  @Test
  void aLongerWindowIsFilledFromHistory() {
    TestMarket market =
        new TestMarket(TestMarket.BTC, TestMarket.NOON, Map.of("windows.seconds", "1"));
    for (int second = 0; second < 2_000; second++) {
      market.passSeconds(1).buy("100", "1");
    }
    assertThat(market.value("trades.1s")).isEqualTo(decimal("1"));
    market.stream.history().dropBefore(201);
    market.component.modified(Map.of("windows.seconds", "1,900,3600"));
    await().until(() -> market.metric("trades.900s").status() == MetricStatus.OK);
    assertThat(market.value("trades.900s")).isEqualTo(decimal("900"));
    assertThat(market.metric("trades.3600s").status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(market.metric("trades.3600s").reason()).isEqualTo("Covers 1799.0 of 3600 s");
    assertThat(market.value("trades.3600s")).isEqualTo(decimal("1800"));
    assertThat(market.value("cvd.start")).isEqualTo(decimal("2000"));
    assertThat(market.value("trades.1s")).isEqualTo(decimal("1"));
    market.passSeconds(1).buy("100", "1");
    assertThat(market.value("trades.900s")).isEqualTo(decimal("900"));
    assertThat(market.value("cvd.start")).isEqualTo(decimal("2001"));
  }

  /** Without a history they reach back as far as trades are kept for the windows of before. */
  @Test
  void aLongerWindowWithoutHistorySaysWhatItCovers() {
    TestMarket market =
        new TestMarket(TestMarket.BTC, TestMarket.NOON, Map.of("windows.seconds", "1"));
    for (int second = 0; second < 2_000; second++) {
      market.passSeconds(1).buy("100", "1");
    }
    market.component.removeStream(market.stream);
    market.component.modified(Map.of("windows.seconds", "1,3600"));
    long covered = market.metric("trades.3600s").coverage().toSeconds();
    assertThat(covered).as("old marks were dropped").isBetween(1L, 600L);
    assertThat(market.value("trades.3600s"))
        .as("the trades behind the reach")
        .isEqualTo(decimal(Long.toString(covered)));
    assertThat(market.value("cvd.start")).isEqualTo(decimal("2000"));
  }

  private List<String> errors() {
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
