package io.tapeflow.stream;

import io.tapeflow.api.stream.FeedLatency;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.InstrumentScales;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.tasks.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instruments of one connector: which ones are wanted, which of them are its to carry, and
 * their feeds. An instrument gets its feed when its decimals are known.
 *
 * <p>The control thread changes it; any thread may read it.
 */
final class Roster {
  private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

  private final VenueProtocol protocol;
  private final Delivery delivery;
  private final InstrumentClaims claims;
  private final ScaleFinder scaleFinder;
  private final boolean repairable;
  private final Clock clock;
  private final Owner owner;
  private final FeedTable feeds = new FeedTable();
  private final Symbols symbols = new Symbols();

  /** What can be said of the instruments that have no feed, by symbol. */
  private final Map<String, InstrumentStatus> withoutFeed = new ConcurrentHashMap<>();

  private volatile StreamSettings settings;
  private Set<String> wanted = Set.of();

  /** The connector. */
  interface Owner {
    /** Runs something on the control thread. */
    void decide(Runnable decision);

    /** Instruments have their feeds, or it is known that they will get none. */
    void instrumentsKnown();
  }

  Roster(
      StreamSettings settings,
      VenueProtocol protocol,
      Delivery delivery,
      InstrumentClaims claims,
      ScaleFinder scaleFinder,
      boolean repairable,
      Clock clock,
      Owner owner) {
    this.settings = settings;
    this.protocol = protocol;
    this.delivery = delivery;
    this.claims = claims;
    this.scaleFinder = scaleFinder;
    this.repairable = repairable;
    this.clock = clock;
    this.owner = owner;
  }

  FeedTable feeds() {
    return feeds;
  }

  Symbols symbols() {
    return symbols;
  }

  /**
   * Makes the instruments those of the settings; those that stay are not touched.
   *
   * @return the symbols whose feeds have gone
   */
  List<String> apply(StreamSettings changed) {
    settings = changed;
    feeds.all().forEach(feed -> feed.configure(changed));
    Set<String> next = new LinkedHashSet<>();
    changed.symbols().forEach(symbol -> next.add(protocol.normalise(symbol)));
    List<String> gone = wanted.stream().filter(symbol -> !next.contains(symbol)).toList();
    List<String> come = next.stream().filter(symbol -> !wanted.contains(symbol)).toList();
    wanted = next;
    List<String> left = leave(gone);
    claim(come);
    return left;
  }

  /** Claims again what another connector had; it may have given it up. */
  void claimAgain() {
    List<String> elsewhere =
        withoutFeed.values().stream()
            .filter(status -> status.state() == InstrumentState.CLAIMED_ELSEWHERE)
            .map(status -> status.instrument().symbol())
            .filter(symbol -> !claims.isClaimed(key(symbol)))
            .toList();
    if (!elsewhere.isEmpty()) {
      claim(elsewhere);
    }
  }

  /** Whether there is an instrument to stream, or one whose decimals are still being asked for. */
  boolean hasInstruments() {
    return !feeds.all().isEmpty()
        || withoutFeed.values().stream()
            .anyMatch(status -> status.state() == InstrumentState.DISCONNECTED);
  }

  /** Why there is no instrument to stream. */
  String whyNone() {
    return withoutFeed.values().stream()
        .map(status -> status.instrument().symbol() + ": " + status.reason())
        .sorted()
        .reduce((a, b) -> a + "; " + b)
        .orElse("no instruments");
  }

  List<InstrumentStatus> statuses() {
    List<InstrumentStatus> statuses = new ArrayList<>();
    feeds.all().forEach(feed -> statuses.add(feed.status()));
    statuses.addAll(withoutFeed.values());
    return statuses;
  }

  /** The account of the instrument with that symbol or key; empty if it is not wanted here. */
  List<InstrumentStatus> status(String instrument) {
    InstrumentFeed feed = feed(instrument);
    if (feed != null) {
      return List.of(feed.status());
    }
    InstrumentStatus without = withoutFeed.get(symbol(instrument));
    return without == null ? List.of() : List.of(without);
  }

  /** The feed of the instrument with that symbol or key; null if there is none. */
  InstrumentFeed feed(String instrument) {
    return feeds.find(symbol(instrument));
  }

  /**
   * Gives everything up, and keeps history.
   *
   * @param untilNanos when writing history must have ended; what is left then is not kept
   */
  void close(long untilNanos) {
    TapeStore store = store();
    int unkept = 0;
    for (InstrumentFeed feed : feeds.all()) {
      delivery.remove(feed.tape());
      if (store != null && clock.nanos() - untilNanos < 0) {
        store.save(feed.tape());
      } else if (store != null) {
        unkept++;
      }
      claims.release(feed.instrument().key(), settings.pid());
    }
    withoutFeed.keySet().forEach(symbol -> claims.release(key(symbol), settings.pid()));
    if (unkept > 0) {
      LOG.warn("{}: the stop left no time to keep the history of {} more", settings.pid(), unkept);
    }
  }

  private KeptTape kept(Instrument instrument) {
    TapeStore store = store();
    return store == null ? null : store.load(instrument);
  }

  private TapeStore store() {
    Path directory = settings.historyDirectory();
    return directory == null ? null : new TapeStore(directory);
  }

  private List<String> leave(List<String> gone) {
    TapeStore store = store();
    List<String> left = new ArrayList<>();
    for (String symbol : gone) {
      withoutFeed.remove(symbol);
      InstrumentFeed feed = feeds.find(symbol);
      if (feed != null) {
        feeds.remove(symbol);
        delivery.remove(feed.tape());
        if (store != null) {
          // Another connection may be about to carry it.
          store.save(feed.tape());
        }
        left.add(symbol);
      }
      claims.release(key(symbol), settings.pid());
    }
    symbols.set(feeds.instruments());
    return left;
  }

  private void claim(List<String> come) {
    List<String> granted = new ArrayList<>();
    for (String symbol : come) {
      String holder = claims.claim(key(symbol), settings.pid());
      if (holder.equals(settings.pid())) {
        granted.add(symbol);
        set(symbol, InstrumentState.DISCONNECTED, "its decimals are being asked for");
      } else {
        LOG.warn("{}: {} is already carried by {}", settings.pid(), key(symbol), holder);
        set(symbol, InstrumentState.CLAIMED_ELSEWHERE, "already carried by " + holder);
      }
    }
    if (!granted.isEmpty()) {
      scaleFinder.find(granted).thenAccept(scales -> owner.decide(() -> open(granted, scales)));
    }
  }

  private void open(List<String> granted, Map<String, InstrumentScales> scales) {
    for (String symbol : granted) {
      if (!wanted.contains(symbol) || feeds.find(symbol) != null) {
        continue;
      }
      InstrumentScales scale = scales.get(symbol);
      if (scale == null) {
        LOG.warn("{}: {} does not list {}", settings.pid(), protocol.venue(), symbol);
        set(symbol, InstrumentState.REJECTED, "the venue does not list " + symbol);
      } else {
        open(instrument(symbol, scale));
      }
    }
    symbols.set(feeds.instruments());
    owner.instrumentsKnown();
  }

  private void open(Instrument instrument) {
    InstrumentFeed feed =
        new InstrumentFeed(instrument, settings, repairable, kept(instrument), clock);
    feeds.put(feed);
    withoutFeed.remove(instrument.symbol());
    delivery.add(feed.tape());
  }

  private void set(String symbol, InstrumentState state, String reason) {
    Instrument instrument = instrument(symbol, ScaleFinder.DEFAULT);
    withoutFeed.put(
        symbol,
        new InstrumentStatus(
            instrument,
            state,
            reason,
            -1,
            -1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            null,
            null,
            Duration.ZERO,
            0,
            0,
            FeedLatency.NONE));
  }

  private Instrument instrument(String symbol, InstrumentScales scales) {
    return new Instrument(
        protocol.venue(), symbol, scales.priceScale(), scales.quantityScale(), scales.priceTick());
  }

  private String key(String symbol) {
    return protocol.venue() + ':' + symbol;
  }

  private String symbol(String instrument) {
    String venue = protocol.venue() + ':';
    return instrument.startsWith(venue) ? instrument.substring(venue.length()) : instrument;
  }
}
