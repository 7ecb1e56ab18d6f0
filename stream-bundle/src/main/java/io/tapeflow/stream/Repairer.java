package io.tapeflow.stream;

import io.tapeflow.api.venue.RestRequest;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.tasks.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the trades that live ones wait for and, when it has nothing more urgent to do, those that
 * had to be released without. Asks again, ever more slowly, while the venue's answer does not reach
 * that far yet or does not come. Used by the control thread alone.
 */
final class Repairer {
  private static final Logger LOG = LoggerFactory.getLogger(Repairer.class);
  private static final Waits LIVE = new Waits(Duration.ofMillis(250), Duration.ofSeconds(5));
  private static final Waits LATE = new Waits(Duration.ofSeconds(1), Duration.ofSeconds(60));
  private static final int MAX_DOUBLINGS = 10;
  private static final int AT_ONCE = 4;

  /** Some are always left for what live trades wait for. */
  private static final int LATE_AT_ONCE = 2;

  private static final int OK = 200;

  private final VenueProtocol protocol;
  private final RestClient rest;
  private final URI restEndpoint;
  private final Clock clock;
  private final Executor control;
  private final Runnable onRelease;
  private final IdentityHashMap<InstrumentFeed, Repairs> repairs = new IdentityHashMap<>();
  private int underWay;

  private record Waits(Duration first, Duration longest) {}

  /** How the repair of one feed goes. */
  private static final class Repairs {
    final Asking live = new Asking(LIVE);
    final Asking late = new Asking(LATE);

    /** Where to look for the next hole whose trades are late, so that none bars the others. */
    long lateFrom;
  }

  /** Requests for one kind of hole, one at a time. */
  private static final class Asking {
    final Waits waits;
    boolean underWay;
    int failures;
    long nextNanos;
    boolean told;

    Asking(Waits waits) {
      this.waits = waits;
    }

    boolean isDue(long now) {
      return !underWay && (failures == 0 || now - nextNanos >= 0);
    }

    void later(long now) {
      long wait = waits.first.toNanos() << Math.min(failures, MAX_DOUBLINGS);
      failures++;
      nextNanos = now + Math.min(wait, waits.longest.toNanos());
    }

    void succeeded() {
      failures = 0;
      told = false;
    }
  }

  /**
   * Creates one.
   *
   * @param control runs answers on the control thread
   * @param onRelease called when trades were released
   */
  Repairer(
      VenueProtocol protocol,
      RestClient rest,
      URI restEndpoint,
      Clock clock,
      Executor control,
      Runnable onRelease) {
    this.protocol = protocol;
    this.rest = rest;
    this.restEndpoint = restEndpoint;
    this.clock = clock;
    this.control = control;
    this.onRelease = onRelease;
  }

  /**
   * Looks for holes, and asks for what is missing in them.
   *
   * @param reorder how long an id may be late before it is asked for
   */
  void check(Collection<InstrumentFeed> feeds, Duration reorder) {
    long now = clock.nanos();
    repairs.keySet().removeIf(feed -> !feeds.contains(feed));
    for (InstrumentFeed feed : feeds) {
      Sequencer.Hole hole = feed.hole();
      if (hole != null && now - hole.sinceNanos() >= reorder.toNanos()) {
        askLive(feed, repairs(feed), now);
      }
    }
    for (InstrumentFeed feed : feeds) {
      if (feed.openHole(0) != null) {
        askLate(feed, repairs(feed), now);
      }
    }
  }

  private Repairs repairs(InstrumentFeed feed) {
    return repairs.computeIfAbsent(feed, any -> new Repairs());
  }

  /** Asks for what live trades wait for. */
  private void askLive(InstrumentFeed feed, Repairs how, long now) {
    Sequencer.Hole hole = feed.hole();
    if (hole != null && how.live.isDue(now) && underWay < AT_ONCE) {
      feed.countGap();
      ask(
          feed,
          new Ids(hole.firstId(), hole.lastId()),
          how.live,
          () -> askLive(feed, how, clock.nanos()));
    }
  }

  /** Asks for what has been released without. */
  private void askLate(InstrumentFeed feed, Repairs how, long now) {
    Ids hole = feed.openHole(how.lateFrom);
    if (hole == null && how.lateFrom > 0) {
      how.lateFrom = 0;
      hole = feed.openHole(0);
    }
    if (hole != null && how.late.isDue(now) && underWay < LATE_AT_ONCE) {
      how.lateFrom = hole.last() + 1;
      ask(feed, hole, how.late, () -> askLate(feed, how, clock.nanos()));
    }
  }

  private void ask(InstrumentFeed feed, Ids hole, Asking asking, Runnable onward) {
    // One more than is missing: an answer that goes on behind the hole leaves out what never was.
    int count = (int) Math.min(protocol.limits().tradesPerPage(), hole.count() + 1);
    String symbol = feed.instrument().symbol();
    RestRequest request = protocol.backfillRequest(restEndpoint, symbol, hole.first(), count);
    asking.underWay = true;
    underWay++;
    rest.get(request, RestUse.REPAIR)
        .whenComplete(
            (answer, thrown) ->
                control.execute(
                    () -> {
                      asking.underWay = false;
                      underWay--;
                      String failure = answered(feed, hole, asking, onward, answer, thrown);
                      if (failure != null) {
                        failed(feed, asking, request.uri(), failure);
                      }
                    }));
  }

  /** Takes an answer. Returns why it cannot be taken, or null. */
  private String answered(
      InstrumentFeed feed,
      Ids hole,
      Asking asking,
      Runnable onward,
      Transport.Answer answer,
      Throwable thrown) {
    if (thrown != null) {
      return Faults.of(thrown, null).message();
    }
    if (answer.status() != OK) {
      return "HTTP status " + answer.status();
    }
    BackfillPage page = new BackfillPage();
    try {
      protocol.readBackfill(answer.body(), feed.instrument(), page);
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
    if (feed.fill(hole, page)) {
      asking.succeeded();
      repairs(feed).late.failures = 0;
      onRelease.run();
      onward.run();
    } else {
      // The venue's database lags behind its stream, or the first trade cannot be taken.
      asking.later(clock.nanos());
    }
    return null;
  }

  private void failed(InstrumentFeed feed, Asking asking, URI uri, String reason) {
    if (!asking.told) {
      asking.told = true;
      LOG.warn(
          "{}: missing trades could not be fetched from {}: {}",
          feed.instrument().key(),
          uri,
          reason);
    }
    asking.later(clock.nanos());
  }
}
