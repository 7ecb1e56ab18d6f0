package io.tapeflow.simulator;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of one embedded venue. What is allowed is checked in {@link ConfigReader}. */
@ObjectClassDefinition(
    name = "Tapeflow embedded venue",
    description =
        "An exchange in this process, on loopback ports, that speaks Binance's protocol over a"
            + " generated market or an archive. Each configuration is one venue.")
@interface SimulatorConfig {
  @AttributeDefinition(
      name = "Venue",
      description = "Which of the exchange's markets it is like: binance-spot or binance-usdm.")
  String venue() default "binance-spot";

  @AttributeDefinition(
      name = "Port",
      description = "TCP port on 127.0.0.1 for streams and REST, 0 to 65535. 0 takes a free one.",
      min = "0",
      max = "65535")
  int port() default 0;

  @AttributeDefinition(
      name = "REST port",
      description =
          "TCP port on 127.0.0.1 for REST alone, which only faults of REST touch, 0 to 65535. 0"
              + " takes a free one.",
      min = "0",
      max = "65535")
  int rest_port() default 0;

  @AttributeDefinition(
      name = "Symbols",
      description =
          "What a generated market lists: symbols as the venue spells them, such as BTCUSDT,"
              + " several separated by commas. Not used with an archive.")
  String[] symbols() default {"BTCUSDT", "ETHUSDT"};

  @AttributeDefinition(
      name = "Seed",
      description = "What a generated market is made from: the same seed gives the same trades.")
  long seed() default 1;

  @AttributeDefinition(
      name = "Rate",
      description = "Average trades per second and symbol of a generated market, 0.001 to 100000.",
      min = "0.001",
      max = "100000")
  double rate() default 20;

  @AttributeDefinition(
      name = "Quiet symbols",
      description = "Symbols of a generated market in which nothing is traded after its past.")
  String[] quiet() default {};

  @AttributeDefinition(
      name = "Archive",
      description =
          "Paths of aggTrades archives (zip, gz or csv) to play instead of a generated market."
              + " Empty: none.")
  String[] archive() default {};

  @AttributeDefinition(
      name = "Archive symbol",
      description =
          "The symbols of the archives, in the same order. Empty: what stands before '-aggTrades'"
              + " in the file names.")
  String[] archive_symbol() default {};

  @AttributeDefinition(
      name = "Speed",
      description =
          "How fast an archive is played: 'max', which is as fast as every client reads, or a"
              + " factor of real time above 0.")
  String speed() default "max";

  @AttributeDefinition(
      name = "Archive strict",
      description =
          "Whether an archive ends at its first damaged line, instead of leaving such lines out.")
  boolean archive_strict() default false;

  @AttributeDefinition(
      name = "History",
      description =
          "How many trades a generated market has had before it starts, 0 to 1000000, so that REST"
              + " has a past.",
      min = "0",
      max = "1000000")
  int history() default 2_000;

  @AttributeDefinition(
      name = "Ping interval",
      description =
          "Seconds between the venue's pings, 0.01 to 3600. A connection that answers none for"
              + " three intervals is closed.",
      min = "0.01",
      max = "3600")
  double ping_seconds() default 20;

  @AttributeDefinition(
      name = "Messages per second",
      description =
          "How many messages a connection may send in any second, pings and pongs included; 0 for"
              + " no limit. One that sends more is closed.",
      min = "0")
  int messages_per_second() default 5;

  @AttributeDefinition(
      name = "Streams per connection",
      description = "How many streams a connection may be subscribed to, above 0.",
      min = "1")
  int streams_per_connection() default 1_024;

  @AttributeDefinition(
      name = "Connection attempts",
      description =
          "How many upgrades an address may ask for within the connection window; more are"
              + " answered with 429. 0 for no limit.",
      min = "0")
  int connection_attempts() default 0;

  @AttributeDefinition(
      name = "Connection window (ms)",
      description = "The window of the connection attempts, above 0.",
      min = "1")
  long connection_window_ms() default 300_000;

  @AttributeDefinition(
      name = "REST weight per minute",
      description =
          "How much weight of REST requests is allowed in a minute, above 0; more are answered with"
              + " 429, and a client that takes no notice with 418.",
      min = "1")
  int weight_per_minute() default 6_000;

  @AttributeDefinition(
      name = "REST window (ms)",
      description = "How long that minute is, above 0.",
      min = "1")
  long weight_window_ms() default 60_000;

  @AttributeDefinition(
      name = "Ban (ms)",
      description = "For how long a client is answered with 418, above 0.",
      min = "1")
  long ban_ms() default 120_000;

  @AttributeDefinition(
      name = "Connection life (ms)",
      description = "After how long a connection is closed; 0 for no limit.",
      min = "0")
  long connection_life_ms() default 0;

  @AttributeDefinition(
      name = "TLS host",
      description =
          "Host name or address, such as 127.0.0.1, that the venue makes a self-signed certificate"
              + " for and speaks TLS with. Empty: no TLS.")
  String tls_host() default "";

  @AttributeDefinition(
      name = "Clock offset (ms)",
      description = "What the venue's clock is ahead of this machine's; may be negative.")
  long clock_offset_ms() default 0;
}
