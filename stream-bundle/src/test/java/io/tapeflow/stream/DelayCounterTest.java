package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.stream.DelayCounts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DelayCounterTest {
  private final DelayCounter counter = new DelayCounter();

  @Test
  void aTimeCountsForTheFirstBoundThatItDoesNotExceed() {
    assertThat(counter.reading()).isEqualTo(DelayCounts.NONE);
    counter.record(-5);
    counter.record(1_000);
    counter.record(1_001);
    counter.record(2_500);
    counter.record(60_000_000);
    counter.record(60_000_001);
    DelayCounts counts = counter.reading();
    assertThat(counts.counts().subList(0, 3)).containsExactly(2L, 2L, 0L);
    assertThat(counts.counts().subList(12, 15)).containsExactly(0L, 1L, 1L);
    assertThat(counts.count()).isEqualTo(6);
    assertThat(counts.total()).isEqualTo(Duration.ofNanos(120_004_502_000L));
  }
}
