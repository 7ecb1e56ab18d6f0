package io.tapeflow.stream;

import io.tapeflow.api.stream.FeedLatency;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instrument's part of a connection: its sequencer, its tape, its account.
 *
 * <p>The I/O thread writes, once per frame; the watchdog releases holds that have lasted too long.
 * They share a lock that is free but for that rare case, and no foreign code runs under it.
 */
final class InstrumentFeed {
  private static final Logger LOG = LoggerFactory.getLogger(InstrumentFeed.class);
  private static final int MANY_REPEATS = 1_000;

  private final Instrument instrument;
  private final Clock clock;
  private final Tape tape;
  private final Sequencer sequencer;
  private final boolean repairable;

  private Subscription carrier;
  private long received;
  private long repaired;
  private long invalid;
  private String lastInvalid = "";
  private long lastTradeMicros = -1;
  private long lastReceivedMicros = -1;

  /**
   * Creates the feed.
   *
   * @param repairable whether missing ids can be fetched, so that they are worth a longer wait
   */
  InstrumentFeed(Instrument instrument, StreamSettings settings, boolean repairable, Clock clock) {
    this.instrument = instrument;
    this.repairable = repairable;
    this.clock = clock;
    this.tape = new Tape(instrument, limitsOf(settings));
    this.sequencer = new Sequencer(holdOf(settings).toNanos(), settings.holdTrades(), tape::append);
  }

  Instrument instrument() {
    return instrument;
  }

  Tape tape() {
    return tape;
  }

  synchronized void trade(
      long id, long price, long quantity, long time, long receivedMicros, long flags) {
    received++;
    lastReceivedMicros = receivedMicros;
    lastTradeMicros = Math.max(lastTradeMicros, time);
    sequencer.accept(id, price, quantity, time, receivedMicros, flags, clock.nanos());
    if (sequencer.repeatsInARow() == MANY_REPEATS) {
      LOG.warn("{}: {}", instrument.key(), renumbered());
    }
  }

  /** The venue gave an id to no trade. */
  synchronized void noTrade(long id) {
    sequencer.absent(id);
  }

  synchronized void invalidTrade(String reason) {
    received++;
    invalid++;
    lastInvalid = reason;
  }

  /** The last id released, or -1. */
  synchronized long lastId() {
    return sequencer.lastId();
  }

  /** The ids that trades wait for, or null. */
  synchronized Sequencer.Hole hole() {
    return sequencer.hole();
  }

  /**
   * Fills a hole from a page of trades that begins at the hole's first id. An id that the page
   * leaves out although it goes on behind it was never given to a trade.
   *
   * @return whether any id of the hole is now accounted for
   */
  synchronized boolean fill(Sequencer.Hole hole, BackfillPage page) {
    long accounted = Math.min(page.lastId(), hole.lastId());
    long receivedMicros = clock.wallMicros();
    long next = hole.firstId();
    for (int i = 0; i < page.size() && page.id(i) <= accounted; i++) {
      absent(next, page.id(i) - 1);
      next = Math.max(next, page.id(i) + 1);
      if (page.isNoTrade(i)) {
        sequencer.absent(page.id(i));
      } else if (page.isTrade(i) && accept(page, i, receivedMicros)) {
        repaired++;
      }
    }
    absent(next, accounted);
    return accounted >= hole.firstId();
  }

  /**
   * Takes the newest trade that REST knows of, because the stream did not bring it. What is missing
   * ahead of it is then a hole like any other.
   *
   * @param asker the subscription that missed it; nothing is taken if it is not the one in use
   */
  synchronized void takeNewest(BackfillPage page, Subscription asker) {
    int last = page.size() - 1;
    boolean missed = sequencer.lastId() >= 0 && page.lastId() > sequencer.lastId();
    if (asker == carrier && missed && page.isTrade(last)) {
      if (accept(page, last, clock.wallMicros())) {
        repaired++;
      }
    }
  }

  /** Counts the first hole as a gap, because its ids are being fetched. */
  synchronized void countGap() {
    if (sequencer.hole() != null) {
      sequencer.countGap();
    }
  }

  private void absent(long first, long last) {
    for (long id = first; id <= last; id++) {
      sequencer.absent(id);
    }
  }

  private boolean accept(BackfillPage page, int i, long receivedMicros) {
    return sequencer.accept(
        page.id(i),
        page.price(i),
        page.quantity(i),
        page.timeMicros(i),
        receivedMicros,
        page.flags(i),
        clock.nanos());
  }

  /** Releases what has waited too long. Returns whether it released anything. */
  synchronized boolean tick() {
    long before = sequencer.delivered();
    sequencer.tick(clock.nanos());
    return sequencer.delivered() != before;
  }

  /** The subscription that now brings this instrument's trades, or null if none does. */
  synchronized void carriedBy(Subscription subscription) {
    carrier = subscription;
  }

  /** Takes over new bounds; what is held and kept stays. */
  synchronized void configure(StreamSettings settings) {
    tape.limit(limitsOf(settings));
    sequencer.limit(holdOf(settings).toNanos(), settings.holdTrades());
  }

  synchronized InstrumentStatus status() {
    return new InstrumentStatus(
        instrument,
        carrier == null ? InstrumentState.DISCONNECTED : carrier.state(),
        reason(),
        sequencer.firstId(),
        sequencer.lastId(),
        received,
        sequencer.delivered(),
        sequencer.duplicates(),
        invalid + sequencer.late(),
        sequencer.gaps(),
        repaired,
        sequencer.absentIds(),
        0,
        sequencer.missing(),
        carrier == null ? 0 : carrier.generation(),
        instant(lastTradeMicros),
        instant(lastReceivedMicros),
        tape.coverage(),
        tape.size(),
        tape.bytes(),
        FeedLatency.NONE);
  }

  private String reason() {
    if (carrier != null && !carrier.reason().isEmpty()) {
      return carrier.reason();
    }
    if (sequencer.repeatsInARow() >= MANY_REPEATS) {
      return renumbered();
    }
    if (sequencer.holding() > 0) {
      Sequencer.Hole hole = sequencer.hole();
      return "%d trades wait for ids %d to %d"
          .formatted(sequencer.holding(), hole.firstId(), hole.lastId());
    }
    if (!lastInvalid.isEmpty()) {
      return "rejected " + lastInvalid;
    }
    return sequencer.lastGap();
  }

  private Duration holdOf(StreamSettings settings) {
    return repairable ? settings.hold() : settings.reorder();
  }

  private String renumbered() {
    return "every trade has an id up to "
        + sequencer.lastId()
        + ", which was released before: has the venue begun a new numbering? Remove and add the"
        + " symbol to follow it";
  }

  private static Tape.TapeLimits limitsOf(StreamSettings settings) {
    return new Tape.TapeLimits(
        settings.history(), settings.historyTrades(), settings.historyBytes());
  }

  private static Instant instant(long micros) {
    return micros < 0 ? null : Clock.instant(micros);
  }
}
