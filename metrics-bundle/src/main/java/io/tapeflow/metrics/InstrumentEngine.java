package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.tasks.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of one instrument. The delivery's thread writes what comes here; families come and go
 * by other threads through {@link FamilyBuilder}; anyone reads through {@link Captures}.
 */
final class InstrumentEngine {
  private static final Logger LOG = LoggerFactory.getLogger(InstrumentEngine.class);

  /** How many trades are taken in before those who watch each of them are shown them. */
  private static final int SHOWN_AT_ONCE = 256;

  private final Present present;
  private final Clock clock;
  private final LongSupplier keepMicros;
  private final Resumption resumption;
  private final Amendments amendments;
  private final FamilyBuilder families;
  private final Captures captures;
  private final Spectators spectators;

  /** The writer's, in turn. */
  private final Chunk chunk = new Chunk();

  /**
   * An engine without a trade.
   *
   * @param saved where the computation stood when the bundle was last stopped; null if nowhere
   * @param keepMicros gives the length of the longest window
   */
  InstrumentEngine(
      Instrument instrument,
      SavedRun saved,
      Clock clock,
      LongSupplier keepMicros,
      Function<Instrument, Optional<TradeHistory>> histories,
      Spectators spectators) {
    this.clock = clock;
    this.keepMicros = keepMicros;
    Parked parked = new Parked();
    present = new Present(instrument, histories);
    resumption = new Resumption(present, parked, clock, saved);
    amendments = new Amendments(present, keepMicros);
    families = new FamilyBuilder(present, parked);
    captures = new Captures(present, clock);
    this.spectators = spectators;
  }

  Instrument instrument() {
    return present.instrument();
  }

  FamilyBuilder families() {
    return families;
  }

  Captures captures() {
    return captures;
  }

  boolean hasTrades() {
    return present.run().tape().isShown();
  }

  /** Whether trades go on from those that it has had. */
  boolean isContinuedBy(TradeBatch trades) {
    return present.run().tape().isContinuedBy(trades);
  }

  void onTrades(TradeBatch trades) {
    List<Spectators.Seat> seats = spectators.seats(instrument());
    int size = trades.size();
    if (seats.isEmpty()) {
      onTrades(trades, 0, size, List.of());
      return;
    }
    for (int from = 0; from < size; from += SHOWN_AT_ONCE) {
      int to = Math.min(size, from + SHOWN_AT_ONCE);
      int count = to - from;
      List<Recording> recordings =
          seats.stream().map(seat -> seat.recording(instrument(), count)).toList();
      onTrades(trades, from, to, recordings);
      recordings.forEach(Recording::show);
    }
  }

  private void onTrades(TradeBatch trades, int from, int to, List<Recording> recordings) {
    Moment moment = Moment.now(clock);
    present.turn().takeToWrite();
    try {
      if (present.isClosed()) {
        return;
      }
      FlowTape tape = present.run().tape();
      if (!tape.hasBegun() && !tape.isWaiting()) {
        resumption.begin(trades);
        if (present.isClosed()) {
          return;
        }
      }
      recordings.forEach(recording -> recording.begin(present.run()));
      feed(trades, from, to, recordings, moment);
      recordings.forEach(recording -> recording.end(present.run().continuity()));
      resumption.taken();
      amendments.taken(to - from);
      present.changed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      present.turn().end();
    }
  }

  void onGap(TradeGap gap) {
    present.turn().takeToWrite();
    try {
      Run run = present.run();
      if (present.isClosed() || !run.tape().hasBegun()) {
        return;
      }
      long first = Math.max(gap.firstId(), run.tape().coveredId() + 1);
      if (first <= gap.lastId()) {
        amendments.gap(first);
        run.continuity(run.continuity().missing(first, gap.lastId()));
        run.gap(first, gap.lastId());
        run.tape().publish(keepMicros.getAsLong());
        present.changed();
      }
    } finally {
      present.turn().end();
    }
  }

  /** Puts late trades in their place, by going back to before the gap. */
  void onAmendment(TradeAmendment late) {
    present.turn().takeToWrite();
    try {
      Continuity before = present.run().continuity();
      Continuity amended = before.accountedFor(late.firstId(), late.lastId());
      if (present.isClosed() || amended.equals(before)) {
        return;
      }
      for (int i = 0; i < late.trades().size(); i++) {
        long id = late.trades().id(i);
        amended = amended.repaired(id, id);
      }
      if (amendments.put(late, amended, Moment.now(clock))) {
        families.amended(late.firstId());
      } else {
        LOG.warn(
            "{}: ids {} to {} came too late to be put in; what spans them stays incomplete",
            instrument().key(),
            late.firstId(),
            late.lastId());
      }
    } finally {
      present.turn().end();
    }
  }

  /** Makes windows reach as far back as history does, after a change of their lengths. */
  void reachBack() {
    Optional<TradeHistory> history = present.history();
    present.turn().takeToRead();
    try {
      Run run = present.run();
      FlowTape tape = run.tape();
      if (present.isClosed() || history.isEmpty() || !tape.hasBegun() || tape.isWaiting()) {
        return;
      }
      FlowTape wider = FlowTape.after(instrument(), tape.state());
      long before = Replay.beforeOldest(history.get(), tape.coveredId());
      new Replay(history.get(), run.continuity().gaps()).feed(wider, before, tape.coveredId());
      wider.receivedAt(tape.receivedAt());
      wider.publish(keepMicros.getAsLong());
      Run next = new Run(wider, run.continuity());
      run.slots().forEach(next::put);
      present.replace(next);
    } finally {
      present.turn().end();
    }
  }

  /** Takes no more trades, and says where the computation stands; null if nowhere. */
  SavedRun close() {
    present.turn().takeToWrite();
    try {
      present.close();
      return resumption.save();
    } finally {
      present.turn().end();
    }
  }

  private void feed(
      TradeBatch trades, int from, int to, List<Recording> recordings, Moment moment) {
    Run run = present.run();
    FlowTape tape = run.tape();
    int first = from;
    while (first < to && tape.hasBegun() && trades.id(first) <= tape.coveredId()) {
      first++;
    }
    if (recordings.isEmpty()) {
      for (int at = first; at < to; at += Chunk.SIZE) {
        chunk.fill(trades, at, Math.min(to, at + Chunk.SIZE));
        run.take(chunk);
      }
    } else {
      feedEach(trades, first, to, recordings);
    }
    int last = to - 1;
    while (last >= first && trades.block(last)) {
      last--;
    }
    if (last >= first) {
      tape.receivedAt(moment.receivedAt(trades, last));
    }
    noteRepaired(run, trades, first, to);
    tape.publish(keepMicros.getAsLong());
  }

  /** Trade by trade, for those who want to see the metrics at each. */
  private void feedEach(TradeBatch trades, int from, int to, List<Recording> recordings) {
    for (int i = from; i < to; i++) {
      Replay.give(present.run(), trades, i);
      if (!trades.block(i)) {
        for (Recording recording : recordings) {
          recording.add(trades, i);
        }
      }
    }
  }

  private static void noteRepaired(Run run, TradeBatch trades, int from, int to) {
    long repairedFrom = -1;
    for (int i = from; i < to; i++) {
      if (trades.repaired(i)) {
        repairedFrom = repairedFrom < 0 ? trades.id(i) : repairedFrom;
        if (i == to - 1 || !trades.repaired(i + 1)) {
          run.continuity(run.continuity().repaired(repairedFrom, trades.id(i)));
          repairedFrom = -1;
        }
      }
    }
  }
}
