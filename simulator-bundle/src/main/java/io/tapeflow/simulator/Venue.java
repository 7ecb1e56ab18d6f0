package io.tapeflow.simulator;

import io.tapeflow.api.simulator.EmbeddedVenue;
import io.tapeflow.api.simulator.VenueAccount;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.task.CloseReport;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.api.trade.Side;
import io.tapeflow.tasks.TaskScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exchange in this process, on loopback sockets. Needs no framework:
 *
 * <pre>{@code
 * try (Venue venue = Venue.start(VenueSettings.byHand("BTCUSDT").build())) {
 *   // connect to venue.streamEndpoint() + "/ws/btcusdt@aggTrade", then
 *   venue.print("BTCUSDT", "64000.10", "0.5", Side.BUY);
 * }
 * }</pre>
 *
 * <p>The stream port answers REST requests too. {@link #restEndpoint()} is a port of its own, which
 * only faults of REST touch. May be used from any thread.
 */
public final class Venue implements EmbeddedVenue, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Venue.class);
  private static final Duration CLOSE_BOUND = Duration.ofSeconds(5);
  private static final long TICK_MILLIS = 100;
  private static final long PULSE_MILLIS = 500;

  private final Exchange exchange;
  private final TaskScope scope;
  private final Certificate certificate;
  private final VenueServer server;
  private final ScheduledExecutorService timer;
  private final URI streamEndpoint;
  private final URI restEndpoint;

  // Guarded by this: the pings of PINGS_ONLY.
  private ScheduledFuture<?> pings;

  private Venue(VenueSettings settings) throws IOException {
    certificate = settings.tlsHost().isEmpty() ? null : Certificate.of(settings.tlsHost());
    List<Market> markets = new ArrayList<>();
    for (String symbol : settings.symbols()) {
      boolean live = settings.market() == VenueSettings.Source.GENERATED;
      markets.add(new Market(settings.dialect(), symbol, settings.keep(), !live));
    }
    exchange = new Exchange(settings, markets);
    scope = new TaskScope(settings.owner(), settings.clock());
    timer = scope.scheduler("tapeflow-venue-clock");
    server = new VenueServer(exchange, certificate);
    try {
      open(markets);
      server.start(scope);
    } catch (IOException | RuntimeException e) {
      end();
      throw e;
    }
    String secure = certificate == null ? "" : "s";
    streamEndpoint = URI.create("ws" + secure + "://127.0.0.1:" + server.streams().getLocalPort());
    restEndpoint = URI.create("http" + secure + "://127.0.0.1:" + server.rest().getLocalPort());
    timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(scope::pulse, 0, PULSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Opens a venue.
   *
   * @throws UncheckedIOException if a port cannot be had; nothing is left behind then
   */
  public static Venue start(VenueSettings settings) {
    // Jetty looks for its parts through this loader; in a framework it would find another Jetty's.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Venue.class.getClassLoader());
    try {
      return new Venue(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public URI streamEndpoint() {
    return streamEndpoint;
  }

  @Override
  public URI restEndpoint() {
    return restEndpoint;
  }

  @Override
  public Optional<Path> truststore() {
    return Optional.ofNullable(certificate).map(Certificate::truststore);
  }

  /**
   * Prints a trade on a market that is run by hand, or on any other.
   *
   * @throws IllegalArgumentException if the symbol is not listed, or the id is not above the last
   */
  public void print(String symbol, AggTrade trade) {
    market(symbol).print(trade);
  }

  /**
   * Prints a trade of one fill with the next id, now. The first id is 1.
   *
   * @return what was printed
   */
  public AggTrade print(String symbol, String price, String quantity, Side aggressor) {
    Market market = market(symbol);
    AggTrade trade;
    synchronized (market) {
      long id = Math.max(0, market.tape().lastId()) + 1;
      long tradeId = Math.max(0, market.tape().lastTradeId()) + 1;
      trade =
          new AggTrade(
              id,
              E8.parse(price),
              E8.parse(quantity),
              tradeId,
              tradeId,
              exchange.clock().wallMicros(),
              aggressor);
      market.tape().append(trade);
    }
    market.announce();
    return trade;
  }

  @Override
  public void switchOn(VenueFault fault) {
    Faults.check(fault);
    if (!fault.symbol().isEmpty()) {
      market(fault.symbol());
    }
    if (!Faults.isMomentary(fault.kind())) {
      exchange.faults().put(fault);
    }
    switch (fault.kind()) {
      case CLOSE -> closeAll(Faults.number(fault));
      case REFUSE_TCP -> {
        shut();
        closeAll(Faults.number(fault));
      }
      case HALF_OPEN -> server.streams().endPoints().forEach(VenueEndPoint::freeze);
      case SERVER_SHUTDOWN ->
          exchange.sessions().forEach(session -> session.shutDownIn(Faults.number(fault)));
      case RESET_MID_FRAME -> exchange.sessions().forEach(StreamSession::resetMidFrame);
      case HALF_FRAME -> exchange.sessions().forEach(StreamSession::stopMidFrame);
      case OVERSIZED ->
          exchange.sessions().forEach(session -> session.sendOversized(Faults.number(fault)));
      case SILENT_SYMBOL -> exchange.sessions().forEach(session -> session.silence(fault.symbol()));
      case PINGS_ONLY -> pingEvery(Faults.number(fault));
      default -> {}
    }
  }

  @Override
  public void clearFaults() {
    exchange.faults().clear();
    pingEvery(0);
    try {
      server.streams().listen();
    } catch (IOException e) {
      throw new UncheckedIOException("The port cannot be opened again", e);
    }
    server.endPoints().stream().filter(VenueEndPoint::isFrozen).forEach(VenueEndPoint::cut);
    exchange.sessions().forEach(StreamSession::cutIfWithheld);
  }

  @Override
  public Set<VenueFault> faults() {
    return exchange.faults().all();
  }

  @Override
  public void allow(String symbol, long trades) {
    Market market = exchange.market(symbol);
    if (market == null) {
      throw new IllegalArgumentException("symbol must be one that is listed, but is " + symbol);
    }
    market.allow(trades);
  }

  @Override
  public VenueAccount account() {
    Map<String, Integer> subscriptions = new HashMap<>();
    Map<String, VenueAccount.Market> markets = new HashMap<>();
    for (Market market : exchange.markets()) {
      markets.put(market.symbol(), market.account());
      if (market.subscribers() > 0) {
        subscriptions.put(market.symbol(), market.subscribers());
      }
    }
    Tally tally = exchange.tally();
    return new VenueAccount(
        server.endPoints().size(),
        tally.acceptedCount(),
        tally.mostUpgraded(),
        tally.pongCount(),
        tally.messageCount(),
        subscriptions,
        tally.usage(exchange.weights().used(exchange.settings().clock().wallMicros())),
        markets);
  }

  /** The account of the venue's background work; to be read after the close too. */
  public TaskLedger ledger() {
    return scope;
  }

  /** Ends everything, within 5 s. */
  @Override
  public void close() {
    end();
  }

  CloseReport end() {
    CloseReport report = scope.close(CLOSE_BOUND);
    if (certificate != null) {
      certificate.close();
    }
    return report;
  }

  private void open(List<Market> markets) {
    VenueSettings settings = exchange.settings();
    switch (settings.market()) {
      case GENERATED -> generate(markets);
      case BY_HAND ->
          markets.forEach(market -> market.rules().complete(SymbolRules.of(market.symbol())));
      case ARCHIVES -> markets.forEach(this::play);
    }
  }

  private void generate(List<Market> markets) {
    VenueSettings settings = exchange.settings();
    GeneratedMarkets generated =
        new GeneratedMarkets(
            exchange.clock(), exchange.faults(), scope.pulseOf("tapeflow-venue-market"));
    for (Market market : markets) {
      SymbolRules rules = SymbolRules.of(market.symbol());
      market.rules().complete(rules);
      generated.add(
          market,
          new TradeGenerator(
              rules, settings.seed(), settings.rate(), settings.dialect().hasNetQuantity()),
          settings.quiet().contains(market.symbol()),
          settings.history(),
          settings.firstId().orElseGet(() -> GeneratedMarkets.idFrom(settings.clock())));
    }
    scope.thread("tapeflow-venue-market", generated);
  }

  private void play(Market market) {
    VenueSettings settings = exchange.settings();
    List<Path> files =
        settings.archives().stream()
            .filter(archive -> archive.symbol().equals(market.symbol()))
            .map(ArchiveFile::path)
            .toList();
    scope.thread(
        "tapeflow-venue-archive-" + market.symbol(),
        new ArchivePlayer(
            market,
            files,
            settings.speed(),
            settings.strict(),
            settings.clock(),
            exchange.faults()));
  }

  private Market market(String symbol) {
    Market market = exchange.market(symbol);
    if (market == null) {
      throw new IllegalArgumentException(symbol + " is not listed");
    }
    return market;
  }

  private void closeAll(int code) {
    exchange.sessions().forEach(session -> session.close(code, ""));
    if (code == StreamSession.CUT) {
      // Those that have not been upgraded too.
      server.streams().endPoints().forEach(VenueEndPoint::cut);
    }
  }

  private void shut() {
    try {
      server.streams().shut();
    } catch (IOException e) {
      throw new UncheckedIOException("The port cannot be shut", e);
    }
  }

  private synchronized void pingEvery(int millis) {
    if (pings != null) {
      pings.cancel(false);
      pings = null;
    }
    if (millis > 0) {
      try {
        pings = timer.scheduleWithFixedDelay(this::pingAll, millis, millis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("The venue is closed", e);
      }
    }
  }

  private void pingAll() {
    exchange.sessions().forEach(session -> session.ping("fault"));
  }

  private void tick() {
    long now = exchange.clock().nanos();
    exchange.markets().forEach(market -> market.mark(now));
    exchange.sessions().forEach(session -> session.tick(now));
    for (VenueEndPoint endPoint : server.endPoints()) {
      if (endPoint.isFrozen()) {
        endPoint.drain();
      }
    }
  }
}
