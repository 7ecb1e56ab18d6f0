package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-03-01T11:59:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30|30",
        " 7 |7",
        "0|1",
        "-5|1",
        "604801|604800",
        "999999999999999999|604800",
        "Sun, 1 Mar 2026 12:00:00 GMT|61",
        "Sun, 1 Mar 2020 12:00:00 GMT|1",
        "Fri, 1 Mar 2126 12:00:00 GMT|604800"
      })
  void isBoundedWhateverTheServerSays(String header, long seconds) {
    assertThat(read(header)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "1.5", "99999999999999999999", "Mon, 1 Mar 2026 12:00:00 GMT"})
  void whatMakesNoSenseIsNothing(String header) {
    assertThat(read(header)).isEmpty();
  }

  @Test
  void absentIsNothing() {
    assertThat(RetryAfter.of(HttpFields.EMPTY, NOW)).isEmpty();
  }

  private static Optional<Duration> read(String header) {
    return RetryAfter.of(HttpFields.build().put("Retry-After", header), NOW);
  }
}
