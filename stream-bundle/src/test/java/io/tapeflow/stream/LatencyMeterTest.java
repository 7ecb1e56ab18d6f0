package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.stream.FeedLatency;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyMeterTest {
  private final ManualTime time = new ManualTime();
  private final LatencyMeter meter = new LatencyMeter(time.nanos());

  @Test
  void thereIsNoneBeforeATrade() {
    assertThat(meter.reading(time.nanos())).isEqualTo(FeedLatency.NONE);
  }

  @Test
  void theQuantilesAreThoseOfTheTradesToWithinOneHundredth() {
    for (int millis = 1; millis <= 1_000; millis++) {
      record(millis);
    }
    FeedLatency reading = meter.reading(time.nanos());
    assertThat(reading.samples()).isEqualTo(1_000);
    assertNear(reading.p50(), 500);
    assertNear(reading.p99(), 990);
    assertNear(reading.max(), 1_000);
  }

  @Test
  void whatIsOlderThanFiveMinutesIsForgotten() {
    record(900);
    time.pass(Duration.ofSeconds(151));
    record(10);
    assertNear(meter.reading(time.nanos()).max(), 900);
    time.pass(Duration.ofSeconds(151));
    assertNear(meter.reading(time.nanos()).max(), 10);
    time.pass(Duration.ofMinutes(10));
    FeedLatency later = meter.reading(time.nanos());
    assertThat(later.samples()).isZero();
    assertThat(later.max()).isZero();
    assertThat(later.sinceStart().count()).as("what is counted for ever").isEqualTo(2);
  }

  @Test
  void clocksThatCannotBeToldApartGiveZeroAndAnAgeOldTradeTheLongest() {
    record(-5);
    assertThat(meter.reading(time.nanos()).max()).isZero();
    record(Duration.ofDays(3).toMillis());
    assertNear(meter.reading(time.nanos()).max(), 120_000);
  }

  private void record(long millis) {
    meter.record(millis * 1_000, time.nanos());
  }

  private static void assertNear(Duration actual, long millis) {
    assertThat(actual.toNanos() / 1e6).isCloseTo((double) millis, within(millis / 100.0));
  }
}
