package io.tapeflow.simulator;

import io.tapeflow.tasks.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a {@link Venue} is to be. Made by one of {@link #generated}, {@link #byHand} and {@link
 * #archives}, and then by what differs from the defaults:
 *
 * <pre>{@code
 * VenueSettings.generated("BTCUSDT", "ETHUSDT").rate(100).seed(7).build()
 * }</pre>
 *
 * @param owner who the venue belongs to, for its ledger
 * @param dialect which of the exchange's markets it is like
 * @param market where the trades come from
 * @param port for streams and REST; 0 for any free one
 * @param restPort for REST alone, which only faults of REST touch; 0 for any free one
 * @param symbols what is listed; for archives, what they are of
 * @param seed what a generated market is made from
 * @param rate average trades per second and symbol of a generated market
 * @param quiet symbols of a generated market in which nothing is traded after its past
 * @param history how many trades a generated market has had before it starts
 * @param firstId id of a generated market's first trade after that; if empty, one above all that an
 *     earlier venue has printed
 * @param archives what is played
 * @param speed how fast it is played, as a factor of real time; infinite for as fast as every
 *     subscriber can read
 * @param strict whether an archive ends at its first damaged line
 * @param pingInterval how often a connection is pinged; three times that without an answer ends it
 * @param limits what clients are permitted
 * @param clockOffset what the venue's clock is ahead of the given one; may be negative
 * @param keep at least how many trades are kept per symbol, for REST and for slow readers
 * @param tlsHost the name or address that a self-signed certificate is for; empty for no TLS
 * @param clock what the venue's time is made of
 */
public record VenueSettings(
    String owner,
    Dialect dialect,
    Source market,
    int port,
    int restPort,
    List<String> symbols,
    long seed,
    double rate,
    Set<String> quiet,
    int history,
    OptionalLong firstId,
    List<ArchiveFile> archives,
    double speed,
    boolean strict,
    Duration pingInterval,
    AccessLimits limits,
    Duration clockOffset,
    int keep,
    String tlsHost,
    Clock clock) {

  /** Where the trades come from. */
  public enum Source {
    /** They are made up. */
    GENERATED,
    /** They are printed by {@link Venue#print}. */
    BY_HAND,
    /** They are read from files. */
    ARCHIVES
  }

  static final double MOST_RATE = 100_000;
  private static final int MOST_PORT = 65_535;
  private static final int MOST_HISTORY = 1_000_000;
  private static final int MOST_KEPT = 10_000_000;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:-]{0,253}");
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9_.-]{1,20}");

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is wrong; the message names it and what is allowed
   */
  public VenueSettings {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(dialect, "dialect");
    Objects.requireNonNull(market, "market");
    Objects.requireNonNull(firstId, "firstId");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(clockOffset, "clockOffset");
    Objects.requireNonNull(clock, "clock");
    symbols = List.copyOf(symbols);
    archives = List.copyOf(archives);
    quiet = Set.copyOf(quiet);
    require(port >= 0 && port <= MOST_PORT, "port", "from 0 to 65535", port);
    require(restPort >= 0 && restPort <= MOST_PORT, "rest.port", "from 0 to 65535", restPort);
    require(port == 0 || port != restPort, "rest.port", "0 or another than port", restPort);
    require(rate >= 0.001 && rate <= MOST_RATE, "rate", "from 0.001 to 100000 a second", rate);
    require(
        history >= 0 && history <= MOST_HISTORY, "history", "from 0 to 1000000 trades", history);
    require(speed > 0, "speed", "'max' or a factor above 0", speed);
    require(
        pingInterval.compareTo(Duration.ofMillis(10)) >= 0
            && pingInterval.compareTo(Duration.ofHours(1)) <= 0,
        "ping.seconds",
        "from 0.01 to 3600",
        pingInterval.toMillis() / 1_000.0);
    require(HOST.matcher(tlsHost).matches(), "tls.host", "a host name or an address", tlsHost);
    require(keep > 0 && keep <= MOST_KEPT, "keep", "from 1 to 10000000 trades", keep);
    require(!symbols.isEmpty(), "symbols", "a list of at least one symbol", "empty");
    require(
        new HashSet<>(symbols).size() == symbols.size(),
        "symbols",
        "a list without repetitions",
        symbols);
    require(
        Set.copyOf(symbols).containsAll(quiet), "quiet", "a list of some of the symbols", quiet);
    for (ArchiveFile archive : archives) {
      require(
          Files.isRegularFile(archive.path()) && Files.isReadable(archive.path()),
          "archive",
          "a readable file",
          "'" + archive.path() + "'");
    }
    for (String symbol : symbols) {
      require(
          SYMBOL.matcher(symbol).matches(),
          market == Source.ARCHIVES ? "archive.symbol" : "symbols",
          "1 to 20 of A-Z, 0-9, '_', '.' and '-' each",
          "'" + symbol + "'");
    }
  }

  /** A market that is made up. */
  public static Builder generated(String... symbols) {
    return new Builder(Source.GENERATED, List.of(symbols));
  }

  /** A market on which nothing happens but what {@link Venue#print} says. */
  public static Builder byHand(String... symbols) {
    return new Builder(Source.BY_HAND, List.of(symbols));
  }

  /** The markets of some archives. Several of one symbol are played one after the other. */
  public static Builder archives(ArchiveFile... files) {
    List<String> symbols = Arrays.stream(files).map(ArchiveFile::symbol).distinct().toList();
    return new Builder(Source.ARCHIVES, symbols).archives(List.of(files));
  }

  /** The market of one archive that is named as the exchange does. */
  public static Builder archive(Path file) {
    return archives(ArchiveFile.of(file));
  }

  private static void require(boolean holds, String property, String allowed, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(property + " must be " + allowed + ", but is " + value);
    }
  }

  /** Collects what differs from the defaults. */
  public static final class Builder {
    private static final int KEEP_IN_ALL = 2_000_000;
    private static final int KEEP_PER_SYMBOL = 100_000;

    /** At full speed an archive is ahead of any repair, and the exchange's REST has it all. */
    private static final int KEEP_OF_ARCHIVE = 500_000;

    private final Source market;
    private final List<String> symbols;
    private final List<ArchiveFile> archives = new ArrayList<>();
    private Dialect dialect = Dialect.SPOT;
    private String owner = "io.tapeflow.simulator";
    private int port;
    private int restPort;
    private long seed = 1;
    private double rate = 20;
    private Set<String> quiet = Set.of();
    private int history = 2_000;
    private OptionalLong firstId = OptionalLong.empty();
    private double speed = Double.POSITIVE_INFINITY;
    private boolean strict;
    private Duration pingInterval = Duration.ofSeconds(20);
    private AccessLimits limits = AccessLimits.DEFAULT;
    private Duration clockOffset = Duration.ZERO;
    private int keep;
    private String tlsHost = "";
    private Clock clock = Clock.SYSTEM;

    private Builder(Source market, List<String> symbols) {
      this.market = market;
      this.symbols = symbols;
      int most = market == Source.ARCHIVES ? KEEP_OF_ARCHIVE : KEEP_PER_SYMBOL;
      this.keep = Math.max(2_000, Math.min(most, KEEP_IN_ALL / Math.max(1, symbols.size())));
    }

    private Builder archives(List<ArchiveFile> files) {
      archives.addAll(files);
      return this;
    }

    /** Who it belongs to. */
    public Builder owner(String name) {
      owner = name;
      return this;
    }

    /** Which of the exchange's markets it is like. */
    public Builder dialect(Dialect likeness) {
      dialect = likeness;
      return this;
    }

    /** The port for streams and REST. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** The port for REST alone. */
    public Builder restPort(int number) {
      restPort = number;
      return this;
    }

    /** What a generated market is made from. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /** Average trades per second and symbol of a generated market. */
    public Builder rate(double tradesPerSecond) {
      rate = tradesPerSecond;
      return this;
    }

    /** Symbols in which nothing is traded after their past. */
    public Builder quiet(String... someSymbols) {
      quiet = Set.of(someSymbols);
      return this;
    }

    /** How many trades a generated market has had before it starts. */
    public Builder history(int trades) {
      history = trades;
      return this;
    }

    /** The id of a generated market's first trade after its history. */
    public Builder firstId(long id) {
      firstId = OptionalLong.of(id);
      return this;
    }

    /** How fast archives are played, as a factor of real time. */
    public Builder speed(double factor) {
      speed = factor;
      return this;
    }

    /** Whether archives end at their first damaged line, instead of leaving such lines out. */
    public Builder strict(boolean end) {
      strict = end;
      return this;
    }

    /** How often connections are pinged. */
    public Builder pingInterval(Duration interval) {
      pingInterval = interval;
      return this;
    }

    /** How many messages a connection may send in any second; 0 for no limit. */
    public Builder messagesPerSecond(int messages) {
      limits = limits.withMessagesPerSecond(messages);
      return this;
    }

    /** How many streams a connection may be subscribed to. */
    public Builder streamsPerConnection(int streams) {
      limits = limits.withStreamsPerConnection(streams);
      return this;
    }

    /** How many upgrades an address may ask for within a time; 0 for no limit. */
    public Builder connectionAttempts(int attempts, Duration window) {
      limits = limits.withConnectionAttempts(attempts, window);
      return this;
    }

    /** How much weight of REST requests is allowed in a minute. */
    public Builder weightPerMinute(int weight) {
      return restWeight(weight, AccessLimits.DEFAULT.restWindow());
    }

    /** How much weight of REST requests is allowed within a time. */
    public Builder restWeight(int weight, Duration window) {
      limits = limits.withRestWeight(weight, window);
      return this;
    }

    /** For how long a client is banned from REST that takes no notice of a refusal. */
    public Builder ban(Duration length) {
      limits = limits.withBan(length);
      return this;
    }

    /** How long a connection lives; zero for no limit. */
    public Builder connectionLife(Duration life) {
      limits = limits.withConnectionLife(life);
      return this;
    }

    /** What the venue's clock is ahead; may be negative. */
    public Builder clockOffset(Duration offset) {
      clockOffset = offset;
      return this;
    }

    /** At least how many trades are kept per symbol. */
    public Builder keep(int trades) {
      keep = trades;
      return this;
    }

    /** The name or address that a self-signed certificate is for; empty for no TLS. */
    public Builder tlsHost(String host) {
      tlsHost = host;
      return this;
    }

    /** The venue's time. */
    public Builder clock(Clock time) {
      clock = time;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if one is wrong; the message names it and what is allowed
     */
    public VenueSettings build() {
      return new VenueSettings(
          owner,
          dialect,
          market,
          port,
          restPort,
          symbols,
          seed,
          rate,
          quiet,
          history,
          firstId,
          archives,
          speed,
          strict,
          pingInterval,
          limits,
          clockOffset,
          Math.max(keep, history),
          tlsHost,
          clock);
    }
  }
}
