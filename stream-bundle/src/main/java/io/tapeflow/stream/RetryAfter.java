package io.tapeflow.stream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Reads how long a server wants to be left alone. */
final class RetryAfter {
  /** Longer than any ban; what asks for more is a mistake. */
  private static final Duration MOST = Duration.ofDays(7);

  private RetryAfter() {}

  /**
   * The time that the header {@code Retry-After} asks for, from a second to a week; empty if it is
   * not there or makes no sense.
   */
  static Optional<Duration> of(HttpFields headers, Instant now) {
    String value = headers.get(HttpHeader.RETRY_AFTER);
    if (value == null) {
      return Optional.empty();
    }
    try {
      String wish = value.strip();
      long seconds = wish.matches("-?[0-9]{1,18}") ? Long.parseLong(wish) : secondsUntil(wish, now);
      return Optional.of(Duration.ofSeconds(Math.min(MOST.toSeconds(), Math.max(1, seconds))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static long secondsUntil(String date, Instant now) {
    Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    return Duration.between(now, until).toSeconds() + 1;
  }
}
