package io.tapeflow.stream;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One connection to a venue, as an operator writes it. {@link StreamSettings} checks it. */
@ObjectClassDefinition(
    name = "Tapeflow stream",
    description = "A connection to a venue that streams the trades of some instruments.")
public @interface StreamConfiguration {
  /** Shown by the Web Console beside the factory's name. */
  String webconsole_configurationFactory_nameHint() default "{venue}: {symbols}";

  /** The name of a venue. */
  @AttributeDefinition(
      name = "Venue",
      description = "Name of a venue whose protocol is installed, such as binance-spot.")
  String venue() default "binance-spot";

  /** Instruments. */
  @AttributeDefinition(
      name = "Symbols",
      description = "The instruments, in the venue's spelling; separated by commas in a .cfg file.")
  String[] symbols() default {};

  /** WebSocket address. */
  @AttributeDefinition(
      name = "WebSocket endpoint",
      required = false,
      description = "ws:// or wss:// address without a path. Empty: the venue's own.")
  String ws_endpoint() default "";

  /** REST address. */
  @AttributeDefinition(
      name = "REST endpoint",
      required = false,
      description =
          "http:// or https:// address without a path. Empty: the venue's own, or none if a"
              + " WebSocket endpoint is set, so that two venues' data never mix.")
  String rest_endpoint() default "";

  /** Options of the venue. */
  @AttributeDefinition(
      name = "Venue options",
      required = false,
      description =
          "Options of the venue's own as name=value, such as quantity=nq; separated by commas in a"
              + " .cfg file.")
  String[] venue_options() default {};

  /** Certificates to trust. */
  @AttributeDefinition(
      name = "TLS trust store",
      required = false,
      description =
          "File with the only certificates to trust, PKCS#12 or JKS. Empty: the authorities that"
              + " Java knows. Host names are verified either way.")
  String tls_truststore() default "";

  /** Password of that file. */
  @AttributeDefinition(
      name = "TLS trust store password",
      required = false,
      type = AttributeType.PASSWORD,
      description = "The password of the trust store.")
  String tls_truststore_password() default "";

  /** Deadline of an attempt. */
  @AttributeDefinition(
      name = "Connect timeout (ms)",
      type = AttributeType.LONG,
      min = "100",
      max = "600000",
      description =
          "How long one attempt may take from name look-up to the first trade: 100 to 600000.")
  long connect_timeout_ms() default 10_000;

  /** Limit without data. */
  @AttributeDefinition(
      name = "Idle timeout (ms)",
      type = AttributeType.LONG,
      min = "100",
      max = "3600000",
      description =
          "How long a live connection may bring no trade before it is replaced: 100 to 3600000."
              + " Pings do not count as data. It stays if REST says that the market is quiet.")
  long idle_timeout_ms() default 30_000;

  /** First wait. */
  @AttributeDefinition(
      name = "First back-off (ms)",
      type = AttributeType.LONG,
      min = "10",
      max = "60000",
      description = "Longest wait after the first failure; doubles with each one: 10 to 60000.")
  long reconnect_initial_ms() default 500;

  /** Longest wait. */
  @AttributeDefinition(
      name = "Longest back-off (ms)",
      type = AttributeType.LONG,
      min = "10",
      max = "600000",
      description = "Where the doubling ends: 10 to 600000. Attempts never end.")
  long reconnect_max_ms() default 30_000;

  /** Time of data that resets the back-off. */
  @AttributeDefinition(
      name = "Stable after (ms)",
      type = AttributeType.LONG,
      min = "0",
      max = "3600000",
      description = "How long data must flow before the back-off starts over: 0 to 3600000.")
  long reconnect_stable_ms() default 60_000;

  /** Bound of a stop. */
  @AttributeDefinition(
      name = "Stop timeout (ms)",
      type = AttributeType.LONG,
      min = "500",
      max = "60000",
      description = "How long stopping may take before what still runs is abandoned: 500 to 60000.")
  long stop_timeout_ms() default 5_000;

  /** Time for an id to be merely late. */
  @AttributeDefinition(
      name = "Reordering (ms)",
      type = AttributeType.LONG,
      min = "0",
      max = "10000",
      description =
          "How long a missing id may be merely late: 0 to 10000. Then it is fetched by REST;"
              + " without REST, the trades behind it are released with the gap stated.")
  long reorder_ms() default 200;

  /** Hold of trades behind a hole. */
  @AttributeDefinition(
      name = "Hold behind a hole (ms)",
      type = AttributeType.LONG,
      min = "0",
      max = "60000",
      description =
          "How long trades wait while missing ones ahead of them are fetched, before they are"
              + " released with the gap stated: 0 to 60000.")
  long hold_ms() default 15_000;

  /** Bound of the hold. */
  @AttributeDefinition(
      name = "Hold behind a hole (trades)",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000000",
      description = "How many trades may wait so, for one instrument: 1 to 1000000.")
  int hold_trades() default 50_000;

  /** Bound of the hold in memory. */
  @AttributeDefinition(
      name = "Hold behind a hole (bytes)",
      type = AttributeType.LONG,
      min = "16384",
      max = "1073741824",
      description =
          "The memory that trades waiting so may take, for one instrument, at some 144 bytes each:"
              + " 16384 to 1073741824.")
  long hold_bytes() default 16L << 20;

  /** Age of history. */
  @AttributeDefinition(
      name = "History (s)",
      type = AttributeType.LONG,
      min = "60",
      max = "31622400",
      description = "Trades older than this leave an instrument's history: 60 to 31622400.")
  long history_seconds() default 1_800;

  /** Count of history. */
  @AttributeDefinition(
      name = "History (trades)",
      type = AttributeType.INTEGER,
      min = "2048",
      max = "50000000",
      description = "The most trades that an instrument's history holds: 2048 to 50000000.")
  int history_trades() default 200_000;

  /** Bytes of history. */
  @AttributeDefinition(
      name = "History (bytes)",
      type = AttributeType.LONG,
      min = "131072",
      max = "4294967296",
      description = "The most bytes that an instrument's history holds: 131072 to 4294967296.")
  long history_bytes() default 64L << 20;

  /** Whether history outlives a stop. */
  @AttributeDefinition(
      name = "Keep history",
      description =
          "Whether history is written to a file at an orderly stop and read back at the next start,"
              + " so that the record goes on where it ended; what was missed meanwhile is fetched.")
  boolean history_keep() default true;

  /** Where history is kept. */
  @AttributeDefinition(
      name = "History directory",
      required = false,
      description =
          "Where history is kept. Empty: in the home's state directory or, without one, in the"
              + " bundle's data area, which lasts as long as the framework's cache.")
  String history_directory() default "";

  /** Messages on a connection. */
  @AttributeDefinition(
      name = "Limit: messages per second",
      type = AttributeType.INTEGER,
      min = "0",
      max = "1000",
      description =
          "Messages sent on one connection in a second, pongs counted: 1 to 1000; 0 for the"
              + " venue's own limit.")
  int limit_messages_per_second() default 0;

  /** Subscriptions on a connection. */
  @AttributeDefinition(
      name = "Limit: streams per connection",
      type = AttributeType.INTEGER,
      min = "0",
      max = "10000",
      description =
          "Symbols on one connection: 1 to 10000; 0 for the venue's own limit. More symbols are"
              + " spread over several connections.")
  int limit_streams_per_connection() default 0;

  /** Attempts. */
  @AttributeDefinition(
      name = "Limit: connection attempts",
      type = AttributeType.INTEGER,
      min = "0",
      max = "100000",
      description =
          "Connection attempts that this process makes to one address within the window below: 1"
              + " to 100000; 0 for 80 % of the venue's own limit.")
  int limit_attempts() default 0;

  /** Window of the attempts. */
  @AttributeDefinition(
      name = "Limit: window of the attempts (ms)",
      type = AttributeType.LONG,
      min = "0",
      max = "86400000",
      description = "1 to 86400000; 0 for the venue's own window.")
  long limit_attempts_window_ms() default 0;

  /** REST weight. */
  @AttributeDefinition(
      name = "Limit: REST weight",
      type = AttributeType.INTEGER,
      min = "0",
      max = "10000000",
      description =
          "Weight of REST requests that the venue permits one address within its window (a minute"
              + " at Binance): 1 to 10000000; 0 for the venue's own limit.")
  int limit_rest_weight() default 0;

  /** Our share of it. */
  @AttributeDefinition(
      name = "Limit: our share of the REST weight (%)",
      type = AttributeType.INTEGER,
      min = "1",
      max = "100",
      description = "How much of the REST weight this process uses at the most: 1 to 100.")
  int limit_rest_share_percent() default 30;

  /** Least silence of an instrument. */
  @AttributeDefinition(
      name = "Least suspicious silence (ms)",
      type = AttributeType.LONG,
      min = "100",
      max = "600000",
      description =
          "An instrument that is silent for less than this is never looked into: 100 to 600000."
              + " Beyond it, one is that is silent for several times its own usual interval; REST"
              + " then tells a quiet market from a dead stream.")
  long data_silence_min_ms() default 10_000;

  /** Most silence of an instrument. */
  @AttributeDefinition(
      name = "Most unsuspicious silence (ms)",
      type = AttributeType.LONG,
      min = "100",
      max = "3600000",
      description =
          "After this long a silence is looked into, however rarely the instrument trades, and at"
              + " least this often while it lasts: 100 to 3600000.")
  long data_silence_max_ms() default 120_000;

  /** Age of a connection. */
  @AttributeDefinition(
      name = "Rollover after (ms)",
      type = AttributeType.LONG,
      min = "1000",
      max = "86400000",
      description =
          "A connection of this age is replaced by a new one that is made first: 1000 to 86400000."
              + " Always earlier than the venue's own limit, which is 24 h for Binance.")
  long rollover_after_ms() default 82_800_000;

  /** Spread of rollovers. */
  @AttributeDefinition(
      name = "Rollover jitter (ms)",
      type = AttributeType.LONG,
      min = "0",
      max = "43200000",
      description =
          "Each rollover comes up to this much earlier, at random, so that several connections are"
              + " spread: 0 to 43200000. At most half of the age counts.")
  long rollover_jitter_ms() default 1_800_000;
}
