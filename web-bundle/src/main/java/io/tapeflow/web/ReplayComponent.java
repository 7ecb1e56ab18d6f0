package io.tapeflow.web;

import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.simulator.EmbeddedVenue;
import io.tapeflow.api.simulator.VenueAccount;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to an archive at the end of the whole way, from the embedded venue's socket through the
 * connector, and sets the pace: the venue prints no further ahead than this has come, so nothing is
 * lost however slow it is. The launcher asks it how far it is, and tells it to finish.
 *
 * <p>The launcher shares no class with bundles, so the service is a function of the Java library:
 * {@code progress} and {@code finish} each give a map of words and numbers.
 */
@Component(
    service = {TradeListener.class, Function.class},
    configurationPid = ReplayComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {
      ReplayComponent.ROLE,
      TradeListener.FROM_HISTORY + ":Boolean=true",
      TradeListener.NAME + "=replay"
    })
@Designate(ocd = ReplayConfiguration.class)
public final class ReplayComponent implements TradeListener, Function<String, Map<String, Object>> {
  static final String PID = "io.tapeflow.web.replay";
  static final String ROLE = "tapeflow.role=replay";

  private static final Logger LOG = LoggerFactory.getLogger(ReplayComponent.class);

  /** How many trades the venue may be ahead. */
  private static final long AHEAD = 20_000;

  private final EmbeddedVenue venue;
  private final String symbol;
  private final ReplayRecord record;

  /** Follows the archive of one symbol. */
  @Activate
  public ReplayComponent(
      @Reference EmbeddedVenue venue,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) OrderFlowBatch batch,
      ReplayConfiguration configuration)
      throws IOException {
    this.venue = venue;
    this.symbol = configuration.symbol();
    SnapshotLines lines =
        configuration.out().isBlank()
            ? SnapshotLines.NONE
            : SnapshotLines.of(Path.of(configuration.out().strip()));
    this.record = new ReplayRecord(symbol, batch, lines);
    venue.allow(symbol, AHEAD);
  }

  @Override
  public void onTrades(TradeBatch trades) {
    if (trades.instrument().symbol().equals(symbol)) {
      record.trades(trades);
      venue.allow(symbol, record.counted() + AHEAD);
    }
  }

  @Override
  public void onGap(TradeGap gap) {
    if (gap.instrument().symbol().equals(symbol)) {
      record.gap(gap);
    }
  }

  @Override
  public Map<String, Object> apply(String command) {
    return switch (command) {
      case "progress" -> progress();
      case "finish" -> finish();
      default ->
          throw new IllegalArgumentException(
              "command must be 'progress' or 'finish', but is '" + command + "'");
    };
  }

  @Deactivate
  void deactivate() {
    try {
      record.close();
    } catch (IOException e) {
      LOG.error("{}: the file of snapshots cannot be closed: {}", PID, e.toString());
    }
  }

  /**
   * Sums up. Of the ids that the archive spans and that did not come, those which nobody calls
   * missing are of no trade; of the trades that were printed, all others should have come.
   */
  private Map<String, Object> finish() {
    VenueAccount.Market market = market();
    Map<String, Object> summary = record.finish();
    long come = number(summary, "trades") + number(summary, "lost");
    long ids = market.trades() == 0 ? 0 : market.lastId() - market.firstId() + 1;
    long none = Math.max(0, ids - come - number(summary, "missing"));
    summary.put("none", none);
    summary.put("unread", Math.max(0, market.trades() - come - none));
    return summary;
  }

  private VenueAccount.Market market() {
    return venue.account().markets().get(symbol);
  }

  private static long number(Map<String, Object> summary, String name) {
    return ((Number) summary.get(name)).longValue();
  }

  private Map<String, Object> progress() {
    VenueAccount.Market market = market();
    Map<String, Object> progress = new LinkedHashMap<>();
    progress.put("trades", record.counted());
    progress.put("printed", market.trades());
    progress.put("played", market.played());
    progress.put("ended", market.ended());
    progress.put("problem", market.problem());
    progress.put(
        "arrived", market.ended() && (market.trades() == 0 || record.has(market.lastId())));
    return progress;
  }
}
