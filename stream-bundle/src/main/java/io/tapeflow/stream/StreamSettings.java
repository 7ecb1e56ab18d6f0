package io.tapeflow.stream;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A checked {@link StreamConfiguration}.
 *
 * @param pid the configuration's PID
 * @param symbols as written; the venue has yet to normalise them
 * @param streamEndpoint null for the venue's own
 * @param restEndpoint null for the venue's own, if {@code streamEndpoint} is null as well; else
 *     none
 * @param venueOptions the venue has yet to understand them
 * @param historyDirectory where history is kept over a stop; null if it is not
 */
record StreamSettings(
    String pid,
    String venue,
    List<String> symbols,
    URI streamEndpoint,
    URI restEndpoint,
    Map<String, String> venueOptions,
    TlsTrust trust,
    Duration connectTimeout,
    Duration idleTimeout,
    Duration firstBackoff,
    Duration longestBackoff,
    Duration stableAfter,
    Duration stopTimeout,
    Duration reorder,
    Duration hold,
    int holdTrades,
    long holdBytes,
    Duration history,
    int historyTrades,
    long historyBytes,
    Path historyDirectory,
    Limits.Configured limits,
    DataWatch.Bounds silence,
    Rollover.Plan rollover) {

  /**
   * Checks a configuration.
   *
   * @param dataArea where history is kept if the configuration does not say; may be null
   * @throws InvalidConfiguration if a value is outside its range
   */
  static StreamSettings of(String pid, StreamConfiguration config, Path dataArea) {
    Checker check = new Checker(pid);
    String venue = config.venue().strip();
    if (venue.isEmpty()) {
      throw check.wrong("venue", "\"\"", "the name of a venue, such as binance-spot");
    }
    Duration first =
        check.millis("reconnect.initial.ms", config.reconnect_initial_ms(), 10, 60_000);
    Duration longest = check.millis("reconnect.max.ms", config.reconnect_max_ms(), 10, 600_000);
    if (longest.compareTo(first) < 0) {
      throw check.wrong(
          "reconnect.max.ms", config.reconnect_max_ms(), "no less than reconnect.initial.ms");
    }
    return new StreamSettings(
        pid,
        venue,
        check.symbols(config.symbols()),
        check.endpoint("ws.endpoint", config.ws_endpoint(), "ws", "wss"),
        check.endpoint("rest.endpoint", config.rest_endpoint(), "http", "https"),
        check.options(config.venue_options()),
        check.trust(config.tls_truststore(), config.tls_truststore_password()),
        check.millis("connect.timeout.ms", config.connect_timeout_ms(), 100, 600_000),
        check.millis("idle.timeout.ms", config.idle_timeout_ms(), 100, 3_600_000),
        first,
        longest,
        check.millis("reconnect.stable.ms", config.reconnect_stable_ms(), 0, 3_600_000),
        check.millis("stop.timeout.ms", config.stop_timeout_ms(), 500, 60_000),
        check.millis("reorder.ms", config.reorder_ms(), 0, 10_000),
        check.millis("hold.ms", config.hold_ms(), 0, 60_000),
        (int) check.range("hold.trades", config.hold_trades(), 1, 1_000_000),
        check.range("hold.bytes", config.hold_bytes(), 16_384, 1L << 30),
        Duration.ofSeconds(
            check.range("history.seconds", config.history_seconds(), 60, 31_622_400)),
        (int) check.range("history.trades", config.history_trades(), 2_048, 50_000_000),
        check.range("history.bytes", config.history_bytes(), 131_072, 4L << 30),
        config.history_keep() ? check.directory(config.history_directory(), dataArea) : null,
        limits(check, config),
        check.silence(config),
        new Rollover.Plan(
            check.millis("rollover.after.ms", config.rollover_after_ms(), 1_000, 86_400_000),
            check.millis("rollover.jitter.ms", config.rollover_jitter_ms(), 0, 43_200_000)));
  }

  private static Limits.Configured limits(Checker check, StreamConfiguration config) {
    return new Limits.Configured(
        (int)
            check.range("limit.messages.per.second", config.limit_messages_per_second(), 0, 1_000),
        (int)
            check.range(
                "limit.streams.per.connection", config.limit_streams_per_connection(), 0, 10_000),
        (int) check.range("limit.attempts", config.limit_attempts(), 0, 100_000),
        check.millis("limit.attempts.window.ms", config.limit_attempts_window_ms(), 0, 86_400_000),
        (int) check.range("limit.rest.weight", config.limit_rest_weight(), 0, 10_000_000),
        (int) check.range("limit.rest.share.percent", config.limit_rest_share_percent(), 1, 100));
  }

  /** These settings for one of several connections. */
  StreamSettings of(String id, List<String> itsSymbols) {
    return new StreamSettings(
        id,
        venue,
        itsSymbols,
        streamEndpoint,
        restEndpoint,
        venueOptions,
        trust,
        connectTimeout,
        idleTimeout,
        firstBackoff,
        longestBackoff,
        stableAfter,
        stopTimeout,
        reorder,
        hold,
        holdTrades,
        holdBytes,
        history,
        historyTrades,
        historyBytes,
        historyDirectory,
        limits,
        silence,
        rollover);
  }

  /** Whether a change from the other settings can be made without a new connection. */
  boolean sameConnection(StreamSettings other) {
    return venue.equals(other.venue)
        && venueOptions.equals(other.venueOptions)
        && trust.equals(other.trust)
        && java.util.Objects.equals(streamEndpoint, other.streamEndpoint)
        && java.util.Objects.equals(restEndpoint, other.restEndpoint);
  }

  private record Checker(String pid) {
    InvalidConfiguration wrong(String property, Object value, String expected) {
      return new InvalidConfiguration(
          pid + ": " + property + " = " + value + " is refused; expected " + expected);
    }

    long range(String property, long value, long min, long max) {
      if (value < min || value > max) {
        throw wrong(property, value, min + " to " + max);
      }
      return value;
    }

    Duration millis(String property, long value, long min, long max) {
      return Duration.ofMillis(range(property, value, min, max));
    }

    Path directory(String written, Path otherwise) {
      if (written.isBlank()) {
        return otherwise;
      }
      try {
        return Path.of(written.strip());
      } catch (InvalidPathException e) {
        throw wrong("history.directory", written, "the path of a directory");
      }
    }

    Map<String, String> options(String[] written) {
      Map<String, String> options = new TreeMap<>();
      for (String entry : written) {
        for (String option : entry.split(",", -1)) {
          if (!option.isBlank()) {
            int sign = option.indexOf('=');
            String name = option.substring(0, Math.max(0, sign)).strip();
            if (name.isEmpty() || options.containsKey(name)) {
              throw wrong("venue.options", option, "name=value, each name once");
            }
            options.put(name, option.substring(sign + 1).strip());
          }
        }
      }
      return Map.copyOf(options);
    }

    TlsTrust trust(String written, String password) {
      if (written.isBlank()) {
        return TlsTrust.OF_JAVA;
      }
      try {
        return TlsTrust.in(Path.of(written.strip()), password);
      } catch (IOException | InvalidPathException e) {
        throw wrong(
            "tls.truststore",
            written,
            "a readable PKCS#12 or JKS file with a certificate, and its tls.truststore.password ("
                + e.getMessage()
                + ")");
      }
    }

    DataWatch.Bounds silence(StreamConfiguration config) {
      Duration min = millis("data.silence.min.ms", config.data_silence_min_ms(), 100, 600_000);
      Duration max = millis("data.silence.max.ms", config.data_silence_max_ms(), 100, 3_600_000);
      if (max.compareTo(min) < 0) {
        throw wrong(
            "data.silence.max.ms",
            config.data_silence_max_ms(),
            "no less than data.silence.min.ms");
      }
      return new DataWatch.Bounds(min, max);
    }

    List<String> symbols(String[] written) {
      Set<String> symbols = new LinkedHashSet<>();
      for (String entry : written) {
        Arrays.stream(entry.split(",", -1))
            .map(String::strip)
            .filter(symbol -> !symbol.isEmpty())
            .forEach(symbols::add);
      }
      if (symbols.isEmpty()) {
        throw wrong("symbols", "[]", "at least one symbol, such as BTCUSDT");
      }
      return new ArrayList<>(symbols);
    }

    URI endpoint(String property, String written, String plain, String secure) {
      if (written.isBlank()) {
        return null;
      }
      String expected = plain + "://host[:port] or " + secure + "://host[:port]";
      URI uri;
      try {
        uri = new URI(written.strip());
      } catch (URISyntaxException e) {
        throw wrong(property, written, expected);
      }
      boolean known = plain.equals(uri.getScheme()) || secure.equals(uri.getScheme());
      boolean bare =
          (uri.getPath() == null || uri.getPath().isEmpty() || uri.getPath().equals("/"))
              && uri.getQuery() == null
              && uri.getFragment() == null
              && uri.getUserInfo() == null;
      if (!known || !bare || uri.getHost() == null || uri.getPort() == 0) {
        throw wrong(property, written, expected);
      }
      return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
    }
  }
}
