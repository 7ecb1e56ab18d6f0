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
 * Fetches the trades that live ones wait for. Asks again, ever more slowly, while the venue's
 * answer does not reach that far yet or does not come. Used by the control thread alone.
 */
final class Repairer {
  private static final Logger LOG = LoggerFactory.getLogger(Repairer.class);
  private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MAX_DOUBLINGS = 10;
  private static final int AT_ONCE = 4;
  private static final int OK = 200;

  private final VenueProtocol protocol;
  private final RestClient rest;
  private final URI restEndpoint;
  private final Clock clock;
  private final Executor control;
  private final Runnable onRelease;
  private final IdentityHashMap<InstrumentFeed, Repair> repairs = new IdentityHashMap<>();
  private int underWay;

  /** How the repair of one feed goes. */
  private static final class Repair {
    boolean asked;
    int failures;
    long nextNanos;
    boolean told;
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
      if (hole == null) {
        repairs.remove(feed);
      } else if (now - hole.sinceNanos() >= reorder.toNanos()) {
        repair(feed, hole, now);
      }
    }
  }

  private void repair(InstrumentFeed feed, Sequencer.Hole hole, long now) {
    Repair repair = repairs.computeIfAbsent(feed, any -> new Repair());
    boolean due = repair.failures == 0 || now - repair.nextNanos >= 0;
    if (repair.asked || !due || underWay >= AT_ONCE) {
      return;
    }
    // One more than is missing: an answer that goes on behind the hole leaves out what never was.
    long wanted = hole.lastId() - hole.firstId() + 2;
    int count = (int) Math.min(protocol.limits().tradesPerPage(), wanted);
    String symbol = feed.instrument().symbol();
    RestRequest request = protocol.backfillRequest(restEndpoint, symbol, hole.firstId(), count);
    feed.countGap();
    repair.asked = true;
    underWay++;
    URI uri = request.uri();
    rest.get(request, RestUse.REPAIR)
        .whenComplete(
            (answer, thrown) ->
                control.execute(() -> answered(feed, hole, repair, uri, answer, thrown)));
  }

  private void answered(
      InstrumentFeed feed,
      Sequencer.Hole hole,
      Repair repair,
      URI uri,
      Transport.Answer answer,
      Throwable thrown) {
    repair.asked = false;
    underWay--;
    if (thrown != null) {
      failed(feed, repair, uri, Faults.of(thrown, null).message());
    } else if (answer.status() == OK) {
      fill(feed, hole, repair, uri, answer.body());
    } else {
      failed(feed, repair, uri, "HTTP status " + answer.status());
    }
  }

  private void fill(InstrumentFeed feed, Sequencer.Hole hole, Repair repair, URI uri, byte[] body) {
    BackfillPage page = new BackfillPage();
    try {
      protocol.readBackfill(body, feed.instrument(), page);
    } catch (IllegalArgumentException e) {
      failed(feed, repair, uri, e.getMessage());
      return;
    }
    boolean filled = feed.fill(hole, page);
    Sequencer.Hole next = feed.hole();
    if (filled && (next == null || next.firstId() > hole.firstId())) {
      repair.failures = 0;
      repair.told = false;
      onRelease.run();
      if (next != null) {
        repair(feed, next, clock.nanos());
      }
    } else {
      // The venue's database lags behind its stream, or the first trade cannot be taken.
      later(repair);
    }
  }

  private void failed(InstrumentFeed feed, Repair repair, URI uri, String reason) {
    if (!repair.told) {
      repair.told = true;
      LOG.warn(
          "{}: missing trades could not be fetched from {}: {}",
          feed.instrument().key(),
          uri,
          reason);
    }
    later(repair);
  }

  private void later(Repair repair) {
    long wait = FIRST_WAIT_NANOS << Math.min(repair.failures, MAX_DOUBLINGS);
    repair.failures++;
    repair.nextNanos = clock.nanos() + Math.min(wait, LONGEST_WAIT_NANOS);
  }
}
