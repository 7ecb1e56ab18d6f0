package io.tapeflow.stream;

import io.tapeflow.api.venue.RestRequest;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.tasks.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the trades that live ones wait for and, when it has nothing more urgent to do, those that
 * had to be released without. Asks again, ever more slowly, while the venue's answer does not reach
 * that far yet or does not come. Used by the control thread alone.
 */
final class Repairer {
  private static final Logger LOG = LoggerFactory.getLogger(Repairer.class);
  private static final int MAX_DOUBLINGS = 10;
  private static final int AT_ONCE = 4;

  /** Some are always left for what live trades wait for. */
  private static final int LATE_AT_ONCE = 2;

  /** How long a feed that was repaired is expected to need it again. */
  private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final int OK = 200;

  private final VenueProtocol protocol;
  private final RestClient rest;
  private final URI restEndpoint;
  private final Clock clock;
  private final Executor control;
  private final Runnable onRelease;
  private final IdentityHashMap<InstrumentFeed, Repairs> repairs = new IdentityHashMap<>();
  private int underWay;
  private int requestWeight = 1;

  /** What the missing trades are to, and how long to wait after the first failure and at most. */
  private enum Use {
    /** Others wait for them. */
    LIVE(Duration.ofMillis(250), Duration.ofSeconds(5)),
    /** Others were released without them. */
    LATE(Duration.ofSeconds(1), Duration.ofSeconds(60));

    final Duration first;
    final Duration longest;

    Use(Duration first, Duration longest) {
      this.first = first;
      this.longest = longest;
    }
  }

  /** How the repair of one feed goes. */
  private static final class Repairs {
    final Asking live = new Asking(Use.LIVE);
    final Asking late = new Asking(Use.LATE);

    /** Where to look for the next hole whose trades are late, so that none bars the others. */
    long lateFrom;
  }

  /** Requests for one kind of hole, one at a time. */
  private static final class Asking {
    final Use use;
    boolean underWay;
    int failures;
    boolean told;
    long lastNanos;
    long waitNanos;

    Asking(Use use) {
      this.use = use;
    }

    boolean isDue(long now) {
      return !underWay && (waitNanos == 0 || now - lastNanos >= waitNanos);
    }

    boolean wasUsed(long withinNanos, long now) {
      return underWay || (waitNanos > 0 && now - lastNanos < withinNanos);
    }

    /** The next one follows after a wait that becomes longer and longer. */
    void failed(long now) {
      long wait = use.first.toNanos() << Math.min(failures, MAX_DOUBLINGS);
      failures++;
      rest(Math.min(wait, use.longest.toNanos()), now);
    }

    /** The next one may follow after a rest; 0 if at once. */
    void succeeded(long restNanos, long now) {
      failures = 0;
      told = false;
      rest(restNanos, now);
    }

    /** REST answers again: there is no more reason to wait. */
    void encourage() {
      if (failures > 0) {
        failures = 0;
        waitNanos = 0;
      }
    }

    private void rest(long nanos, long now) {
      waitNanos = nanos;
      lastNanos = now;
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
    tellThoseThatWait();
    for (InstrumentFeed feed : feeds) {
      askLive(feed, repairs(feed), reorder, now);
    }
    for (InstrumentFeed feed : feeds) {
      askLate(feed, repairs(feed), now);
    }
  }

  /** What is asked for and not sent, because REST must be left alone, is missing for that. */
  private void tellThoseThatWait() {
    String reason = underWay == 0 ? "" : rest.whyWaiting();
    if (!reason.isEmpty()) {
      repairs.forEach(
          (feed, how) -> {
            if (how.live.underWay || how.late.underWay) {
              feed.repairFailed(reason);
            }
          });
    }
  }

  private Repairs repairs(InstrumentFeed feed) {
    return repairs.computeIfAbsent(feed, any -> new Repairs());
  }

  /** Asks for what live trades wait for, as far as it is not merely late. */
  private void askLive(InstrumentFeed feed, Repairs how, Duration reorder, long now) {
    Ids holes = feed.overdue(reorder, protocol.limits().tradesPerPage() - 1);
    if (holes != null && how.live.isDue(now) && underWay < AT_ONCE) {
      feed.countGaps(holes);
      ask(feed, holes, how.live, () -> askLive(feed, how, reorder, clock.nanos()));
    }
  }

  /** Asks for what has been released without. */
  private void askLate(InstrumentFeed feed, Repairs how, long now) {
    int page = protocol.limits().tradesPerPage() - 1;
    Ids holes = feed.missingFrom(how.lateFrom, page);
    if (holes == null && how.lateFrom > 0) {
      how.lateFrom = 0;
      holes = feed.missingFrom(0, page);
    }
    if (holes != null && how.late.isDue(now) && underWay < LATE_AT_ONCE) {
      how.lateFrom = holes.last() + 1;
      ask(feed, holes, how.late, () -> askLate(feed, how, clock.nanos()));
    }
  }

  private void ask(InstrumentFeed feed, Ids holes, Asking asking, Runnable onward) {
    long from = feed.askFrom(holes);
    // One more than is missing on each side: what is left out between trades that are there never
    // was.
    int count = (int) Math.min(protocol.limits().tradesPerPage(), holes.last() - from + 2);
    String symbol = feed.instrument().symbol();
    RestRequest request = protocol.backfillRequest(restEndpoint, symbol, from, count);
    requestWeight = request.weight();
    asking.underWay = true;
    underWay++;
    rest.get(request, RestUse.REPAIR)
        .whenComplete(
            (answer, thrown) ->
                control.execute(
                    () -> {
                      asking.underWay = false;
                      underWay--;
                      String failure = answered(feed, holes, asking, onward, answer, thrown);
                      if (failure != null) {
                        failed(feed, asking, request.uri(), failure);
                      }
                    }));
  }

  /** Takes an answer. Returns why it cannot be taken, or null. */
  private String answered(
      InstrumentFeed feed,
      Ids holes,
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
    boolean filled;
    try {
      protocol.readBackfill(answer.body(), feed.instrument(), page);
      filled = feed.fill(holes, page);
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
    long now = clock.nanos();
    if (filled) {
      repairs(feed).late.encourage();
      boolean full = page.lastId() < holes.last() || isPageful(holes);
      asking.succeeded(restAfter(asking, full, now), now);
      onRelease.run();
      onward.run();
    } else {
      // The venue's database lags behind its stream, or the first trade cannot be taken.
      asking.failed(now);
    }
    return null;
  }

  /** Whether the next page would bring hardly more for having been asked for later. */
  private boolean isPageful(Ids holes) {
    return holes.count() > protocol.limits().tradesPerPage() / 2;
  }

  /**
   * How long to wait until the next request of a kind, so that a stream that goes on losing trades
   * does not use up at once what has to last: many holes are then asked for together. What trades
   * wait for is not made to wait where a wait saves nothing.
   *
   * @param full whether the last page brought about as much as one can
   */
  private long restAfter(Asking asking, boolean full, long now) {
    boolean live = asking.use == Use.LIVE;
    if (live && full) {
      return 0;
    }
    long busy =
        repairs.values().stream()
            .filter(how -> (live ? how.live : how.late).wasUsed(BUSY_NANOS, now))
            .count();
    long apart = rest.sustainableNanos(requestWeight) * Math.max(1, busy);
    // Two thirds of our share for what trades wait for, half of the rest for those that are late.
    return live ? apart * 3 / 2 : apart * 6;
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
    feed.repairFailed(reason);
    asking.failed(clock.nanos());
  }
}
