package io.tapeflow.metrics.window;

import io.tapeflow.metrics.family.FamilySettings;
import java.util.concurrent.TimeUnit;

/**
 * The days that sessions are: each begins at the same time of day.
 *
 * @param startMinute minutes behind 00:00 UTC
 */
public record SessionDay(int startMinute) {
  /** Days that begin at 00:00 UTC. */
  public static final SessionDay UTC = new SessionDay(0);

  static final long MICROS = TimeUnit.DAYS.toMicros(1);

  private static final int MINUTES = 1_440;

  /** The days of a configuration. */
  public static SessionDay of(FamilySettings settings) {
    return new SessionDay(settings.whole("session.start.minutes", 0, MINUTES - 1, 0));
  }

  /** The number of the day that a time is in, microseconds since the epoch; days ascend by one. */
  public long number(long micros) {
    return Math.floorDiv(micros - offset(), MICROS);
  }

  /** When the day of a number begins, microseconds since the epoch. */
  public long startOf(long number) {
    return number * MICROS + offset();
  }

  /** When the day began that a time is in; both in microseconds since the epoch. */
  public long start(long micros) {
    return startOf(number(micros));
  }

  private long offset() {
    return TimeUnit.MINUTES.toMicros(startMinute);
  }

  /** The time of day at which it begins, such as {@code 00:00 UTC}. */
  @Override
  public String toString() {
    return "%02d:%02d UTC".formatted(startMinute / 60, startMinute % 60);
  }
}
