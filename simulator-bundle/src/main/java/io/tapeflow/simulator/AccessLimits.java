package io.tapeflow.simulator;

import java.time.Duration;
import java.util.Objects;

/**
 * What a venue permits its clients. What goes beyond is punished as the venue does.
 *
 * @param messagesPerSecond how many messages a connection may send in any second, pings and pongs
 *     included, before it is closed; 0 for no limit
 * @param streamsPerConnection how many streams a connection may be subscribed to
 * @param connectionAttempts how many upgrades an address may ask for within {@code attemptWindow},
 *     before they are answered with 429; 0 for no limit
 * @param attemptWindow the window of {@code connectionAttempts}
 * @param restWeight how much weight of REST requests is allowed within {@code restWindow}, before
 *     they are answered with 429
 * @param restWindow the window of {@code restWeight}; the venue calls it a minute whatever it is
 * @param ban for how long a client that takes no notice of 429 is answered with 418
 * @param connectionLife how long a connection lives; zero for no limit
 */
record AccessLimits(
    int messagesPerSecond,
    int streamsPerConnection,
    int connectionAttempts,
    Duration attemptWindow,
    int restWeight,
    Duration restWindow,
    Duration ban,
    Duration connectionLife) {

  /** The limits that hold unless others are asked for: those that nobody meets by accident. */
  static final AccessLimits DEFAULT =
      new AccessLimits(
          5,
          1_024,
          0,
          Duration.ofMinutes(5),
          6_000,
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ZERO);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is wrong; the message names it and what is allowed
   */
  AccessLimits {
    Objects.requireNonNull(connectionLife, "connectionLife");
    require(messagesPerSecond >= 0, "messages.per.second", "0 or more", messagesPerSecond);
    require(streamsPerConnection > 0, "streams.per.connection", "above 0", streamsPerConnection);
    require(connectionAttempts >= 0, "connection.attempts", "0 or more", connectionAttempts);
    require(isPositive(attemptWindow), "connection.window.ms", "above 0", attemptWindow.toMillis());
    require(restWeight > 0, "weight.per.minute", "above 0", restWeight);
    require(isPositive(restWindow), "weight.window.ms", "above 0", restWindow.toMillis());
    require(isPositive(ban), "ban.ms", "above 0", ban.toMillis());
    require(
        !connectionLife.isNegative(), "connection.life.ms", "0 or more", connectionLife.toMillis());
  }

  AccessLimits withMessagesPerSecond(int messages) {
    return new AccessLimits(
        messages,
        streamsPerConnection,
        connectionAttempts,
        attemptWindow,
        restWeight,
        restWindow,
        ban,
        connectionLife);
  }

  AccessLimits withStreamsPerConnection(int streams) {
    return new AccessLimits(
        messagesPerSecond,
        streams,
        connectionAttempts,
        attemptWindow,
        restWeight,
        restWindow,
        ban,
        connectionLife);
  }

  AccessLimits withConnectionAttempts(int attempts, Duration window) {
    return new AccessLimits(
        messagesPerSecond,
        streamsPerConnection,
        attempts,
        window,
        restWeight,
        restWindow,
        ban,
        connectionLife);
  }

  AccessLimits withRestWeight(int weight, Duration window) {
    return new AccessLimits(
        messagesPerSecond,
        streamsPerConnection,
        connectionAttempts,
        attemptWindow,
        weight,
        window,
        ban,
        connectionLife);
  }

  AccessLimits withBan(Duration length) {
    return new AccessLimits(
        messagesPerSecond,
        streamsPerConnection,
        connectionAttempts,
        attemptWindow,
        restWeight,
        restWindow,
        length,
        connectionLife);
  }

  AccessLimits withConnectionLife(Duration life) {
    return new AccessLimits(
        messagesPerSecond,
        streamsPerConnection,
        connectionAttempts,
        attemptWindow,
        restWeight,
        restWindow,
        ban,
        life);
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void require(boolean holds, String property, String allowed, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(property + " must be " + allowed + ", but is " + value);
    }
  }
}
