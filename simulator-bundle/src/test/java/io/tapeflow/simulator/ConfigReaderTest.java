package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  @TempDir private Path folder;

  @Test
  void theDefaultsAreAllowed() {
    VenueSettings settings = new ConfigReader(defaults()).read("owner");
    assertThat(settings)
        .isEqualTo(VenueSettings.generated("BTCUSDT", "ETHUSDT").owner("owner").build());
  }

  @Test
  void textFromAFileIsUnderstood() {
    Map<String, Object> properties = defaults();
    properties.put("port", "0");
    properties.put("symbols", " SOLUSDT, BTCUSDT ,");
    properties.put("seed", "-9");
    properties.put("rate", "0.5");
    properties.put("history", "10");
    properties.put("ping.seconds", "2.5");
    assertThat(new ConfigReader(properties).read("owner"))
        .isEqualTo(
            VenueSettings.generated("SOLUSDT", "BTCUSDT")
                .owner("owner")
                .seed(-9)
                .rate(0.5)
                .history(10)
                .pingInterval(Duration.ofMillis(2_500))
                .build());
  }

  @Test
  void archivesReplaceTheGeneratedMarket() throws Exception {
    Path one = Files.createFile(folder.resolve("BTCUSDT-aggTrades-1.csv"));
    Path two = Files.createFile(folder.resolve("BTCUSDT-aggTrades-2.csv"));
    Map<String, Object> properties = defaults();
    properties.put("archive", one + "," + two);
    properties.put("speed", "10");
    VenueSettings settings = new ConfigReader(properties).read("owner");
    assertThat(settings.symbols()).containsExactly("BTCUSDT");
    assertThat(settings.archives()).extracting(ArchiveFile::path).containsExactly(one, two);
    assertThat(settings.speed()).isEqualTo(10);
    properties.put("archive.symbol", List.of("ABC", "DEF"));
    assertThat(new ConfigReader(properties).read("owner").symbols()).containsExactly("ABC", "DEF");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "venue|kraken|venue must be binance-spot or binance-usdm, but is 'kraken'",
        "port|-1|port must be from 0 to 65535, but is -1",
        "port|x|port must be a whole number from 0 to 65535, but is 'x'",
        "port|65536|port must be from 0 to 65535, but is 65536",
        "rest.port|70000|rest.port must be from 0 to 65535, but is 70000",
        "symbols|,|symbols must be a list of at least one symbol, but is empty",
        "symbols|BTC USDT|symbols must be 1 to 20 of A-Z, 0-9, '_', '.' and '-' each, but is 'BTC"
            + " USDT'",
        "symbols|btcusdt|symbols must be 1 to 20 of A-Z, 0-9, '_', '.' and '-' each, but is"
            + " 'btcusdt'",
        "symbols|A,A|symbols must be a list without repetitions, but is [A, A]",
        "seed|1.5|seed must be a whole number, but is '1.5'",
        "quiet|XRPUSDT|quiet must be a list of some of the symbols, but is [XRPUSDT]",
        "rate|0|rate must be from 0.001 to 100000 a second, but is 0.0",
        "rate|NaN|rate must be a number from 0.001 to 100000, but is 'NaN'",
        "speed|fast|speed must be 'max' or a factor above 0, but is 'fast'",
        "speed|-1|speed must be 'max' or a factor above 0, but is -1.0",
        "history|-1|history must be from 0 to 1000000 trades, but is -1",
        "ping.seconds|0|ping.seconds must be from 0.01 to 3600, but is 0.0",
        "messages.per.second|-1|messages.per.second must be 0 or more, but is -1",
        "streams.per.connection|0|streams.per.connection must be above 0, but is 0",
        "connection.attempts|-1|connection.attempts must be 0 or more, but is -1",
        "connection.window.ms|0|connection.window.ms must be above 0, but is 0",
        "weight.window.ms|x|weight.window.ms must be a whole number of milliseconds, but is 'x'",
        "ban.ms|0|ban.ms must be above 0, but is 0",
        "tls.host|no host|tls.host must be a host name or an address, but is no host",
        "connection.life.ms|-1|connection.life.ms must be 0 or more, but is -1",
        "archive|/no/such-aggTrades-file|archive must be a readable file, but is"
            + " '/no/such-aggTrades-file'",
        "archive|/no/such|archive.symbol must be given, because 'such' is not named"
            + " SYMBOL-aggTrades…",
        "archive.symbol|BTCUSDT|archive.symbol must name one symbol for each of 0 archives, but"
            + " names 1",
      })
  void aWrongValueIsNamedWithWhatIsAllowed(String property, String value, String complaint) {
    Map<String, Object> properties = defaults();
    properties.put(property, value);
    assertThatThrownBy(() -> new ConfigReader(properties).read("owner"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(complaint);
  }

  /** What the component gets if the configuration is empty. */
  static Map<String, Object> defaults() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("venue", "binance-spot");
    properties.put("port", 0);
    properties.put("rest.port", 0);
    properties.put("symbols", new String[] {"BTCUSDT", "ETHUSDT"});
    properties.put("seed", 1L);
    properties.put("rate", 20.0);
    properties.put("quiet", new String[0]);
    properties.put("archive", new String[0]);
    properties.put("archive.symbol", new String[0]);
    properties.put("speed", "max");
    properties.put("history", 2_000);
    properties.put("ping.seconds", 20.0);
    properties.put("messages.per.second", 5);
    properties.put("streams.per.connection", 1_024);
    properties.put("connection.attempts", 0);
    properties.put("connection.window.ms", 300_000L);
    properties.put("weight.per.minute", 6_000);
    properties.put("weight.window.ms", 60_000L);
    properties.put("ban.ms", 120_000L);
    properties.put("connection.life.ms", 0L);
    properties.put("clock.offset.ms", 0L);
    properties.put("tls.host", "");
    return properties;
  }
}
