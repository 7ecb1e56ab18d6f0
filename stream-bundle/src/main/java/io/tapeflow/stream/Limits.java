package io.tapeflow.stream;

import io.tapeflow.api.venue.VenueLimits;
import java.time.Duration;

/**
 * The limits that a connector keeps: the venue's, where the configuration does not say otherwise.
 *
 * @param messagesPerSecond messages on one connection in a second
 * @param streamsPerConnection subscriptions on one connection
 * @param attempts connection attempts to one address
 * @param restOwn REST weight that this process uses at one address
 * @param restAll REST weight at one address as the venue counts it, which is of all who share ours
 */
record Limits(
    int messagesPerSecond,
    int streamsPerConnection,
    Budget.Limit attempts,
    Budget.Limit restOwn,
    Budget.Limit restAll) {

  // The rest of the venue's own limits is left to other clients behind the same address.
  private static final int SAFE_ATTEMPTS_PERCENT = 80;
  private static final int SAFE_WEIGHT_PERCENT = 90;

  /**
   * What the configuration says of limits; 0 stands for the venue's own.
   *
   * @param restSharePercent how much of the REST weight this process uses at the most
   */
  record Configured(
      int messagesPerSecond,
      int streamsPerConnection,
      int attempts,
      Duration attemptWindow,
      int restWeight,
      int restSharePercent) {
    static final int DEFAULT_SHARE = 30;
    static final Configured VENUES_OWN = new Configured(0, 0, 0, Duration.ZERO, 0, DEFAULT_SHARE);
  }

  static Limits of(Configured configured, VenueLimits venue) {
    long weight = either(configured.restWeight, venue.restWeight());
    long attempts =
        either(configured.attempts, percent(SAFE_ATTEMPTS_PERCENT, venue.connectionAttempts()));
    Duration attemptWindow =
        configured.attemptWindow.isZero() ? venue.attemptWindow() : configured.attemptWindow;
    return new Limits(
        (int) either(configured.messagesPerSecond, venue.messagesPerSecond()),
        (int) either(configured.streamsPerConnection, venue.streamsPerConnection()),
        new Budget.Limit(attempts, attemptWindow),
        new Budget.Limit(percent(configured.restSharePercent, weight), venue.restWindow()),
        new Budget.Limit(percent(SAFE_WEIGHT_PERCENT, weight), venue.restWindow()));
  }

  private static long either(long configured, long venues) {
    return configured == 0 ? venues : configured;
  }

  private static long percent(int percent, long of) {
    return Math.max(1, of * percent / 100);
  }
}
