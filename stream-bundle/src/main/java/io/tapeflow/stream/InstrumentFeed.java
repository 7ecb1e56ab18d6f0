package io.tapeflow.stream;

import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
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

  /** Memory of a trade that is held: its numbers, its entry and its key, with their headers. */
  private static final int HELD_BYTES = 144;

  private final Instrument instrument;
  private final Clock clock;
  private final Tape tape;
  private final Sequencer sequencer;
  private final boolean repairable;
  private final LatencyMeter latency;
  private final LeftOut leftOut = new LeftOut();

  /** Judges the first trades behind a kept record; null once one of them has been released. */
  private Resumption resumption;

  private Subscription carrier;
  private long received;
  private long repaired;
  private long amended;
  private long renewals;
  private long invalid;
  private String lastInvalid = "";
  private String repairFailure = "";
  private long lastTradeMicros = -1;
  private long lastReceivedMicros = -1;

  /**
   * Creates the feed.
   *
   * @param repairable whether missing ids can be fetched, so that they are worth a longer wait
   * @param kept the record of an earlier feed that this one goes on with, or null
   */
  InstrumentFeed(
      Instrument instrument,
      StreamSettings settings,
      boolean repairable,
      KeptTape kept,
      Clock clock) {
    this.instrument = instrument;
    this.repairable = repairable;
    this.clock = clock;
    this.latency = new LatencyMeter(clock.nanos());
    this.tape = new Tape(instrument, limitsOf(settings));
    this.sequencer = new Sequencer(holdOf(settings).toNanos(), heldBy(settings), new ToTape());
    if (kept != null) {
      tape.restore(kept.rows(), kept.count(), kept.holes());
      sequencer.resumeAfter(kept.lastId(), kept.holes().ids());
      resumption = new Resumption(kept.lastId(), kept.lastTime(), settings);
    }
  }

  Instrument instrument() {
    return instrument;
  }

  Tape tape() {
    return tape;
  }

  /** A trade of which it is not known how long it took to get here. */
  synchronized void trade(
      long id, long price, long quantity, long time, long receivedMicros, long flags) {
    take(id, price, quantity, time, receivedMicros, flags, clock.nanos());
  }

  /**
   * A trade.
   *
   * @param nowNanos when it came, by the monotonic clock
   * @param tookMicros how long it took from the venue's stamp to here
   */
  synchronized void trade(
      long id,
      long price,
      long quantity,
      long time,
      long receivedMicros,
      long flags,
      long nowNanos,
      long tookMicros) {
    take(id, price, quantity, time, receivedMicros, flags, nowNanos);
    latency.record(tookMicros, nowNanos);
  }

  private void take(
      long id,
      long price,
      long quantity,
      long time,
      long receivedMicros,
      long flags,
      long nowNanos) {
    received++;
    lastReceivedMicros = receivedMicros;
    String whyAnew = resumption == null ? null : resumption.whyAnew(id, time);
    if (whyAnew != null) {
      beginAnew(whyAnew);
    }
    lastTradeMicros = Math.max(lastTradeMicros, time);
    sequencer.accept(id, price, quantity, time, receivedMicros, flags, nowNanos);
    if (sequencer.repeatsInARow() == MANY_REPEATS) {
      tooManyRepeats();
    }
    settle();
  }

  /** The venue gave an id to no trade. */
  synchronized void noTrade(long id) {
    sequencer.noTrade(id);
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

  /**
   * The ids from the first to the last that trades have waited for so long, and that one page may
   * bring; null if there are none.
   */
  synchronized Ids overdue(Duration late, int page) {
    return sequencer.overdue(clock.nanos(), late.toNanos(), page);
  }

  /** Ids from the first to the last missing in the tape that one page may bring; or null. */
  Ids missingFrom(long from, int page) {
    TapeView view = tape.view();
    Ids first = view.holeFrom(from);
    Ids last = first;
    for (Ids next = first; next != null && next.last() - first.first() < page; ) {
      last = next;
      next = view.holeFrom(next.last() + 1);
    }
    return first == null ? null : new Ids(first.first(), last.last());
  }

  /**
   * The id to ask from for missing ones: that of the trade ahead of them, which an honest answer
   * has as well, and by which one about another symbol is found out.
   */
  synchronized long askFrom(Ids holes) {
    long before = tape.view().idBefore(holes.first());
    return before < 0 ? holes.first() : before;
  }

  /**
   * Fills holes from a page of trades that begins at {@link #askFrom}. An id that the page leaves
   * out was never given to a trade, if a later page says so too. Trades that wait for these ids are
   * released; where they have been released without, the late ones are put in at their place.
   *
   * @param holes from the first missing id to the last
   * @return whether any of them is now accounted for that was not before
   * @throws IllegalArgumentException if the page has another trade under an id that the stream
   *     brought: nothing of it is taken then
   */
  synchronized boolean fill(Ids holes, BackfillPage page) {
    requireSameAsStream(page);
    repairFailure = "";
    if (resumption != null && resumption.contradicts(page)) {
      beginAnew("what follows it by id is older than it");
      return false;
    }
    long before = sequencer.missing();
    long lastBefore = sequencer.lastId();
    int heldBefore = sequencer.holding();
    long accounted = Math.min(page.lastId(), holes.last());
    long receivedMicros = clock.wallMicros();
    LateTrades late = new LateTrades();
    long next = holes.first();
    for (int i = 0; i < page.size() && page.id(i) <= accounted; i++) {
      if (page.id(i) < next) {
        continue;
      }
      leftOut(next, page.id(i) - 1, page, late);
      next = page.id(i) + 1;
      if (page.isNoTrade(i)) {
        noTrades(page.id(i), page.id(i), late);
      } else if (page.isTrade(i)) {
        take(page, i, receivedMicros, late);
      }
    }
    leftOut(next, accounted, page, late);
    LateTrades.Account put = late.putInto(tape);
    amended += put.trades();
    sequencer.accounted(put.ids(), put.ids() - put.trades());
    settle();
    return sequencer.missing() != before
        || sequencer.lastId() != lastBefore
        || sequencer.holding() != heldBefore;
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
      accept(page, last, clock.wallMicros());
      settle();
    }
  }

  /** Counts holes as gaps, because their ids are being fetched. */
  synchronized void countGaps(Ids holes) {
    sequencer.countGaps(holes.last());
  }

  /** What is missing could not be fetched, and why; told until something comes. */
  synchronized void repairFailed(String reason) {
    repairFailure = reason;
  }

  /** REST may be another symbol's, or somebody else's altogether. */
  private void requireSameAsStream(BackfillPage page) {
    if (page.size() == 0) {
      return;
    }
    TapeBatch released = tape.from(page.id(0), page.size());
    int at = 0;
    for (int i = 0; i < page.size(); i++) {
      while (at < released.size() && released.id(at) < page.id(i)) {
        at++;
      }
      boolean there = at < released.size() && released.id(at) == page.id(i);
      boolean same =
          there
              ? released.repaired(at)
                  || page.isSame(i, released.price(at), released.aggressor(at) == Side.BUY)
              : sequencer.agrees(page.id(i), page.price(i), page.flags(i));
      if (page.isTrade(i) && !same) {
        throw new IllegalArgumentException(
            "REST has another trade under id " + page.id(i) + " than the stream brought");
      }
    }
  }

  /** Ids that a page leaves out although it goes on behind them. */
  private void leftOut(long first, long last, BackfillPage page, LateTrades late) {
    if (first <= last) {
      IdRanges certain = leftOut.note(first, last, page.id(0), clock.nanos());
      for (int i = 0; i < certain.size(); i++) {
        noTrades(certain.first(i), certain.last(i), late);
      }
    }
  }

  private void noTrades(long first, long last, LateTrades late) {
    late.account(first, Math.min(last, sequencer.lastId()));
    sequencer.absent(first, last);
  }

  private void take(BackfillPage page, int i, long receivedMicros, LateTrades late) {
    if (page.id(i) <= sequencer.lastId()) {
      late.add(page, i, receivedMicros);
    } else if (page.id(i) < sequencer.lastHeld() && !sequencer.holds(page.id(i))) {
      accept(page, i, receivedMicros);
    }
  }

  private void accept(BackfillPage page, int i, long receivedMicros) {
    Sequencer.Outcome outcome =
        sequencer.accept(
            page.id(i),
            page.price(i),
            page.quantity(i),
            page.timeMicros(i),
            receivedMicros,
            page.flags(i),
            clock.nanos());
    repaired += outcome == Sequencer.Outcome.NEW ? 1 : 0;
  }

  /** Once a trade behind the kept record has been released, the record goes on. */
  private void settle() {
    if (resumption != null && sequencer.delivered() > 0) {
      resumption = null;
    }
  }

  private void tooManyRepeats() {
    if (resumption != null) {
      beginAnew("the stream brings nothing but ids that it already has");
    } else {
      LOG.warn("{}: {}", instrument.key(), renumbered());
    }
  }

  private void beginAnew(String why) {
    LOG.warn("{}: the kept history is given up and begins anew: {}", instrument.key(), why);
    resumption = null;
    lastTradeMicros = -1;
    tape.beginAnew();
    sequencer.beginAnew();
    leftOut.clear();
  }

  /** Releases what has waited too long. Returns whether it released anything. */
  synchronized boolean tick() {
    long before = sequencer.delivered();
    sequencer.tick(clock.nanos());
    return sequencer.delivered() != before;
  }

  /** Its stream had gone silent. */
  synchronized void subscribedAnew() {
    renewals++;
  }

  /** The subscription that now brings this instrument's trades, or null if none does. */
  synchronized void carriedBy(Subscription subscription) {
    carrier = subscription;
  }

  /** Takes over new bounds; what is held and kept stays. */
  synchronized void configure(StreamSettings settings) {
    tape.limit(limitsOf(settings));
    sequencer.limit(holdOf(settings).toNanos(), heldBy(settings));
  }

  synchronized InstrumentStatus status() {
    TapeView held = tape.view();
    return new InstrumentStatus(
        instrument,
        carrier == null ? InstrumentState.DISCONNECTED : carrier.state(),
        reason(),
        sequencer.firstId(),
        sequencer.lastId(),
        received,
        sequencer.delivered(),
        sequencer.duplicates(),
        invalid + sequencer.strays(),
        sequencer.gaps(),
        repaired,
        sequencer.absentIds(),
        amended,
        sequencer.missing(),
        sequencer.inherited(),
        carrier == null ? 0 : carrier.generation(),
        renewals,
        instant(lastTradeMicros),
        instant(lastReceivedMicros),
        held.coverage(),
        held.size(),
        held.bytes(),
        latency.reading(clock.nanos()));
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
      return "%d trades wait for ids %d to %d%s"
          .formatted(sequencer.holding(), hole.firstId(), hole.lastId(), whyNotRepaired());
    }
    if (!lastInvalid.isEmpty()) {
      return "rejected " + lastInvalid;
    }
    Ids missing = tape.view().holeFrom(0);
    return missing == null
        ? ""
        : "ids " + missing.first() + " to " + missing.last() + " are missing" + whyNotRepaired();
  }

  private String whyNotRepaired() {
    return repairFailure.isEmpty() ? "" : "; REST: " + repairFailure;
  }

  private Duration holdOf(StreamSettings settings) {
    return repairable ? settings.hold() : settings.reorder();
  }

  /** How many trades may be held. */
  private static int heldBy(StreamSettings settings) {
    return (int) Math.min(settings.holdTrades(), settings.holdBytes() / HELD_BYTES);
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

  /** Where the sequencer lets trades go. */
  private final class ToTape implements Sequencer.Release {
    @Override
    public void release(
        long id, long price, long quantity, long time, long receivedMicros, long flags) {
      tape.append(id, price, quantity, time, receivedMicros, flags);
    }

    @Override
    public void gap(long first, long last) {
      tape.gap(first, last);
    }

    @Override
    public boolean late(
        long id, long price, long quantity, long time, long receivedMicros, long flags) {
      if (!tape.view().isMissing(id)) {
        return false;
      }
      long[] row = {id, price, quantity, time, receivedMicros, TapeRow.repaired(flags)};
      amended++;
      return tape.amend(id, id, row, 1);
    }
  }
}
