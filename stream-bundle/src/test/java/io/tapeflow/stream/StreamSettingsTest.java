package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSettingsTest {
  private static final String PID = "io.tapeflow.stream~btc";
  private static final String[] BTC = {"BTCUSDT"};
  private static final Path DATA_AREA = Path.of("data");

  @Test
  void theDefaultsAreRight() {
    StreamSettings settings = settings(Map.of("symbols", BTC));
    assertThat(settings.venue()).isEqualTo("binance-spot");
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.streamEndpoint()).isNull();
    assertThat(settings.restEndpoint()).isNull();
  }

  @Test
  void historyIsKeptWhereItIsConfiguredOrInTheDataArea() {
    assertThat(settings(Map.of("symbols", BTC)).historyDirectory()).isEqualTo(DATA_AREA);
    assertThat(settings(Map.of("symbols", BTC, "history_directory", " /x/y ")).historyDirectory())
        .isEqualTo(Path.of("/x/y"));
    assertThat(settings(Map.of("symbols", BTC, "history_keep", false)).historyDirectory()).isNull();
  }

  @Test
  void symbolsMayBeWrittenWithCommas() {
    assertThat(settings(Map.of("symbols", new String[] {"BTCUSDT, ETHUSDT", "BTCUSDT"})).symbols())
        .containsExactly("BTCUSDT", "ETHUSDT");
  }

  @Test
  void endpointsAreTakenWithoutAPath() {
    StreamSettings settings =
        settings(
            Map.of(
                "symbols",
                BTC,
                "ws_endpoint",
                "wss://stream.example.org:9443/",
                "rest_endpoint",
                " http://127.0.0.1:8081 "));
    assertThat(settings.streamEndpoint()).isEqualTo(URI.create("wss://stream.example.org:9443"));
    assertThat(settings.restEndpoint()).isEqualTo(URI.create("http://127.0.0.1:8081"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host",
        "ws:/host",
        "ws://",
        "ws://host/path",
        "ws://host?q=1",
        "ws://user@host",
        "ws://host:0",
        "host:80",
        "ws://ho st"
      })
  void aBadAddressIsRefusedByName(String address) {
    assertRefused(Map.of("symbols", BTC, "ws_endpoint", address), "ws.endpoint", address);
  }

  @ParameterizedTest
  @CsvSource({
    "connect_timeout_ms, connect.timeout.ms, -1, 100 to 600000",
    "idle_timeout_ms, idle.timeout.ms, 99, 100 to 3600000",
    "data_silence_min_ms, data.silence.min.ms, 99, 100 to 600000",
    "data_silence_max_ms, data.silence.max.ms, 9999, no less than data.silence.min.ms",
    "rollover_after_ms, rollover.after.ms, 999, 1000 to 86400000",
    "rollover_jitter_ms, rollover.jitter.ms, -1, 0 to 43200000",
    "reconnect_initial_ms, reconnect.initial.ms, 0, 10 to 60000",
    "reconnect_max_ms, reconnect.max.ms, 600001, 10 to 600000",
    "reconnect_max_ms, reconnect.max.ms, 400, no less than reconnect.initial.ms",
    "reconnect_stable_ms, reconnect.stable.ms, -5, 0 to 3600000",
    "stop_timeout_ms, stop.timeout.ms, 499, 500 to 60000",
    "reorder_ms, reorder.ms, -1, 0 to 10000",
    "hold_ms, hold.ms, 60001, 0 to 60000",
    "history_seconds, history.seconds, 59, 60 to 31622400",
    "history_bytes, history.bytes, 1, 131072 to 4294967296",
    "limit_attempts_window_ms, limit.attempts.window.ms, 86400001, 0 to 86400000"
  })
  void aNumberOutOfRangeIsRefusedByName(
      String method, String property, long value, String allowed) {
    assertRefused(Map.of("symbols", BTC, method, value), property, "= " + value, allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "limit_messages_per_second, limit.messages.per.second, -1, 0 to 1000",
    "limit_streams_per_connection, limit.streams.per.connection, 10001, 0 to 10000",
    "limit_attempts, limit.attempts, -1, 0 to 100000",
    "limit_rest_weight, limit.rest.weight, -1, 0 to 10000000",
    "limit_rest_share_percent, limit.rest.share.percent, 0, 1 to 100"
  })
  void aCountOutOfRangeIsRefusedByName(String method, String property, int value, String allowed) {
    assertRefused(Map.of("symbols", BTC, method, value), property, "= " + value, allowed);
  }

  @Test
  void noSymbolsAndNoVenueAreRefusedByName() {
    assertRefused(Map.of("symbols", new String[] {" , "}), "symbols", "at least one");
    assertRefused(Map.of(), "symbols", "at least one");
    assertRefused(Map.of("symbols", BTC, "venue", " "), "venue", "binance-spot");
    assertRefused(Map.of("symbols", BTC, "hold_trades", 0), "hold.trades", "1 to 1000000");
    assertRefused(Map.of("symbols", BTC, "history_trades", 1), "history.trades", "2048 to");
  }

  @Test
  void optionsOfTheVenueAreNamesAndValues() {
    assertThat(
            settings(Map.of("symbols", BTC, "venue_options", new String[] {" a = b=c, d=", ""}))
                .venueOptions())
        .isEqualTo(Map.of("a", "b=c", "d", ""));
    for (String wrong : new String[] {"nq", "=nq", "a=1,a=2"}) {
      assertRefused(
          Map.of("symbols", BTC, "venue_options", new String[] {wrong}),
          "venue.options",
          "name=value");
    }
  }

  @Test
  void aTrustStoreThatCannotBeReadIsRefusedByName() {
    assertThat(settings(Map.of("symbols", BTC)).trust()).isEqualTo(TlsTrust.OF_JAVA);
    assertRefused(
        Map.of("symbols", BTC, "tls_truststore", "/no/such", "tls_truststore_password", "hidden"),
        "tls.truststore = /no/such",
        "PKCS#12");
  }

  private static void assertRefused(Map<String, Object> values, String... parts) {
    assertThatThrownBy(() -> settings(values))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageStartingWith(PID + ": ")
        .message()
        .contains(parts)
        .doesNotContain("\n");
  }

  private static StreamSettings settings(Map<String, Object> values) {
    return StreamSettings.of(PID, configuration(values), DATA_AREA);
  }

  /** A configuration with some values set and the rest left at their defaults. */
  private static StreamConfiguration configuration(Map<String, Object> values) {
    return (StreamConfiguration)
        Proxy.newProxyInstance(
            StreamConfiguration.class.getClassLoader(),
            new Class<?>[] {StreamConfiguration.class},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
