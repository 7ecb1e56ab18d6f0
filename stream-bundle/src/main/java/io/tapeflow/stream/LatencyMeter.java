package io.tapeflow.stream;

import io.tapeflow.api.stream.FeedLatency;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;

/**
 * How long the trades of an instrument took to get here, over the last five minutes or a little
 * less: two histograms take turns, so that recording costs no allocation. Its owner locks.
 */
final class LatencyMeter {
  private static final long TURN_NANOS = TimeUnit.MINUTES.toNanos(5) / 2;
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
  private static final int DIGITS = 2;

  private final DelayCounter sinceStart = new DelayCounter();
  private final AbstractHistogram present = histogram();

  /** Of the present and of what was before it. Kept up at each trade, for it is read often. */
  private final AbstractHistogram window = histogram();

  private long turnNanos;

  LatencyMeter(long now) {
    turnNanos = now;
  }

  /** A trade came; a negative latency is that of two clocks that could not be told apart. */
  void record(long micros, long now) {
    turn(now);
    sinceStart.record(micros);
    long bounded = Math.min(LONGEST_MICROS, Math.max(0, micros));
    present.recordValue(bounded);
    window.recordValue(bounded);
  }

  FeedLatency reading(long now) {
    turn(now);
    return new FeedLatency(
        window.getTotalCount(),
        micros(window.getValueAtPercentile(50)),
        micros(window.getValueAtPercentile(99)),
        micros(window.getMaxValue()),
        sinceStart.reading());
  }

  private void turn(long now) {
    if (now - turnNanos < TURN_NANOS) {
      return;
    }
    window.reset();
    if (now - turnNanos < 2 * TURN_NANOS) {
      window.add(present);
    }
    present.reset();
    turnNanos = now;
  }

  private static AbstractHistogram histogram() {
    return new IntCountsHistogram(LONGEST_MICROS, DIGITS);
  }

  private static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }
}
