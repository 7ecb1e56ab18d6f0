package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.tasks.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of one instrument. The delivery's thread writes; families come and go by other
 * threads; anyone reads. The core can be read at any time, the calculators when it is one's {@link
 * Turn}.
 */
final class InstrumentEngine {
  private static final Logger LOG = LoggerFactory.getLogger(InstrumentEngine.class);

  /** A capture serves all who ask within this time, as long as there is no new trade. */
  private static final long SAME_MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** How many trades a family that is being built may take while the writer waits. */
  private static final int LAST_STRETCH = 512;

  private static final int TRIES = 5;

  /** Now and then, checkpoints that history no longer covers are dropped. */
  private static final int TRADES_BETWEEN_CHECKS = 8_192;

  private final Instrument instrument;
  private final Clock clock;
  private final LongSupplier keepMicros;
  private final Function<Instrument, Optional<TradeHistory>> histories;
  private final Turn turn = new Turn();

  private volatile Run run;

  // In turn only.
  private final Map<String, FamilyState> parked = new HashMap<>();
  private final Checkpoints checkpoints = new Checkpoints();
  private SavedRun saved;
  private Capture captured;
  private long amendments;
  private int sinceCheck;
  private boolean closed;

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
      Function<Instrument, Optional<TradeHistory>> histories) {
    this.instrument = instrument;
    this.saved = saved;
    this.clock = clock;
    this.keepMicros = keepMicros;
    this.histories = histories;
    this.run = new Run(new FlowTape(instrument), Continuity.UNBROKEN);
  }

  Instrument instrument() {
    return instrument;
  }

  boolean hasTrades() {
    return run.tape().isShown();
  }

  /** Whether trades go on from those that it has had. */
  boolean isContinuedBy(TradeBatch trades) {
    return run.tape().isContinuedBy(trades);
  }

  void onTrades(TradeBatch trades) {
    long nanos = clock.nanos();
    long wallMicros = clock.wallMicros();
    turn.takeToWrite();
    try {
      if (closed) {
        return;
      }
      if (!run.tape().hasBegun() && !run.tape().isWaiting()) {
        begin(trades);
      }
      feed(trades, nanos, wallMicros);
      captured = null;
    } finally {
      turn.end();
    }
  }

  void onGap(TradeGap gap) {
    turn.takeToWrite();
    try {
      Run now = run;
      if (closed || !now.tape().hasBegun()) {
        return;
      }
      long first = Math.max(gap.firstId(), now.tape().coveredId() + 1);
      if (first <= gap.lastId()) {
        noteGap(now, first);
        now.continuity(now.continuity().missing(first, gap.lastId()));
        now.gap(first, gap.lastId());
        now.tape().publish(keepMicros.getAsLong());
        captured = null;
      }
    } finally {
      turn.end();
    }
  }

  /** Puts late trades in their place, by going back to before the gap. */
  void onAmendment(TradeAmendment late) {
    turn.takeToWrite();
    try {
      Continuity now = run.continuity();
      Continuity amended = now.accountedFor(late.firstId(), late.lastId());
      if (closed || amended.equals(now)) {
        return;
      }
      for (int i = 0; i < late.trades().size(); i++) {
        long id = late.trades().id(i);
        amended = amended.repaired(id, id);
      }
      if (amend(late, amended)) {
        amendments++;
        captured = null;
        parked.values().removeIf(state -> state.coveredId() >= late.firstId());
      } else {
        LOG.warn(
            "{}: ids {} to {} came too late to be put in; what spans them stays incomplete",
            instrument.key(),
            late.firstId(),
            late.lastId());
      }
    } finally {
      turn.end();
    }
  }

  /**
   * Brings the slots in line with the families that there are.
   *
   * @return those that have to be built from history, by {@link #build}
   */
  List<FamilySlot> sync(Map<String, MetricFactory> families) {
    List<FamilySlot> pending = new ArrayList<>();
    turn.takeToRead();
    try {
      Run now = run;
      for (FamilySlot slot : List.copyOf(now.slots())) {
        if (families.get(slot.family()) != slot.factory()) {
          park(slot);
          now.remove(slot);
          captured = null;
        }
      }
      families.forEach(
          (family, factory) -> {
            if (now.slot(family) == null) {
              FamilySlot slot = new FamilySlot(family, factory, instrument);
              now.put(slot);
              captured = null;
              if (now.tape().hasBegun()) {
                pending.add(slot);
              } else {
                slot.create();
              }
            }
          });
    } finally {
      turn.end();
    }
    return pending;
  }

  /** Makes windows reach as far back as history does, after a change of their lengths. */
  void reachBack() {
    Optional<TradeHistory> history = histories.apply(instrument);
    turn.takeToRead();
    try {
      FlowTape tape = run.tape();
      if (closed || history.isEmpty() || !tape.hasBegun() || tape.isWaiting()) {
        return;
      }
      FlowTape wider = FlowTape.after(instrument, tape.state());
      long before = Replay.beforeOldest(history.get(), tape.coveredId());
      new Replay(history.get(), run.continuity().gaps()).feed(wider, before, tape.coveredId());
      wider.receivedAt(tape.receivedAt());
      wider.publish(keepMicros.getAsLong());
      Run next = new Run(wider, run.continuity());
      run.slots().forEach(next::put);
      run = next;
      captured = null;
    } finally {
      turn.end();
    }
  }

  /** The slots that wait to be built. */
  List<FamilySlot> pending() {
    turn.takeToRead();
    try {
      return run.slots().stream().filter(FamilySlot::isPending).toList();
    } finally {
      turn.end();
    }
  }

  /** Builds a family from history and lets it go live, without a hole and without a repeat. */
  void build(FamilySlot slot) {
    for (int i = 0; i < TRIES && !Thread.currentThread().isInterrupted(); i++) {
      if (build(slot, histories.apply(instrument))) {
        return;
      }
    }
    // History moves on faster than it can be read: the family begins with the next trade.
    build(slot, Optional.empty());
  }

  /** Everything known now, at one moment; its reading is null if there has been no trade. */
  Capture capture() {
    turn.takeToRead();
    try {
      long nanos = clock.nanos();
      if (isCaptured(nanos)) {
        return captured;
      }
      Run now = run;
      FlowReading reading = now.tape().read();
      List<FamilyReading> families = new ArrayList<>();
      if (reading != null) {
        long micros = reading.timeAt(nanos);
        now.slots().forEach(slot -> families.add(slot.read(micros)));
      }
      captured = new Capture(reading, now.continuity(), nanos, families);
      return captured;
    } finally {
      turn.end();
    }
  }

  /** Only the core, which can be read without waiting for one's turn. */
  Capture captureCore() {
    Run now = run;
    FlowReading reading = now.tape().read();
    return new Capture(reading, now.continuity(), clock.nanos(), List.of());
  }

  /** The core, and the family that has announced a metric, if one has. */
  Capture captureFamilyOf(String metric) {
    turn.takeToRead();
    try {
      long nanos = clock.nanos();
      if (isCaptured(nanos)) {
        return captured.only(metric);
      }
      FlowReading reading = run.tape().read();
      List<FamilyReading> families = new ArrayList<>();
      for (FamilySlot slot : run.slots()) {
        if (reading != null && families.isEmpty() && slot.infos().containsKey(metric)) {
          families.add(slot.read(reading.timeAt(nanos)));
        }
      }
      return new Capture(reading, run.continuity(), nanos, families);
    } finally {
      turn.end();
    }
  }

  /** What the families have announced, in the order of their names. */
  List<Map<String, MetricInfo>> infos() {
    turn.takeToRead();
    try {
      return run.slots().stream().map(FamilySlot::infos).toList();
    } finally {
      turn.end();
    }
  }

  /** Takes no more trades, and says where the computation stands; null if nowhere. */
  SavedRun close() {
    turn.takeToWrite();
    try {
      closed = true;
      FlowTape tape = run.tape();
      if (tape.isWaiting() || !tape.hasBegun()) {
        return saved;
      }
      run.slots().forEach(this::park);
      return new SavedRun(instrument, tape.state(), run.continuity(), parked);
    } finally {
      turn.end();
    }
  }

  private boolean isCaptured(long nanos) {
    return captured != null
        && !captured.families().isEmpty()
        && nanos - captured.nanos() < SAME_MOMENT_NANOS;
  }

  private void begin(TradeBatch trades) {
    SavedRun before = saved;
    if (before == null) {
      return;
    }
    if (!before.isBefore(trades) && !isInHistory(before, trades)) {
      LOG.info("{} begins anew: its trades do not go on from the saved ones", instrument.key());
      saved = null;
      return;
    }
    Run next = new Run(FlowTape.after(instrument, before.tape()), before.continuity());
    parked.putAll(before.states());
    long first = trades.id(0);
    if (first > before.coveredId() + 1) {
      next.continuity(next.continuity().missing(before.coveredId() + 1, first - 1));
    }
    for (FamilySlot slot : List.copyOf(run.slots())) {
      next.put(slot);
      FamilyState state = parked.remove(slot.family());
      if (state != null && slot.restore(state) && first > state.coveredId() + 1) {
        slot.hole(state.coveredId() + 1, first - 1);
      }
    }
    run = next;
  }

  /** Whether the last trade of a saved run is among those that are to come. */
  private boolean isInHistory(SavedRun before, TradeBatch trades) {
    return before.endsIn(trades)
        || histories
            .apply(instrument)
            .map(history -> history.from(before.lastId(), 1))
            .filter(before::endsIn)
            .isPresent();
  }

  private void feed(TradeBatch trades, long nanos, long wallMicros) {
    Run now = run;
    FlowTape tape = now.tape();
    int last = -1;
    long repairedFrom = -1;
    int size = trades.size();
    for (int i = 0; i < size; i++) {
      long id = trades.id(i);
      if (tape.hasBegun() && id <= tape.coveredId()) {
        continue;
      }
      Replay.give(now, trades, i);
      last = trades.block(i) ? last : i;
      if (trades.repaired(i)) {
        repairedFrom = repairedFrom < 0 ? id : repairedFrom;
      }
      if (repairedFrom >= 0 && (i == size - 1 || !trades.repaired(i + 1))) {
        now.continuity(now.continuity().repaired(repairedFrom, id));
        repairedFrom = -1;
      }
    }
    if (last >= 0) {
      tape.receivedAt(receivedAt(trades, last, nanos, wallMicros));
    }
    tape.publish(keepMicros.getAsLong());
    if (saved != null && !tape.isWaiting()) {
      saved = null;
    }
    sinceCheck += size;
    if (sinceCheck > TRADES_BETWEEN_CHECKS && !checkpoints.isEmpty()) {
      sinceCheck = 0;
      dropUselessCheckpoints();
    }
  }

  /** A trade from history was received long before it was handed over. */
  private static long receivedAt(TradeBatch trades, int i, long nanos, long wallMicros) {
    long lagMicros = Math.max(0, wallMicros - trades.receivedMicros(i));
    return nanos - TimeUnit.MICROSECONDS.toNanos(lagMicros);
  }

  /** Ids from this one on are missing: keeps what is needed to put them in when they come. */
  private void noteGap(Run now, long firstId) {
    if (!now.tape().isWaiting() && now.tape().coveredId() == firstId - 1) {
      checkpoints.add(new Checkpoint(now));
      dropUselessCheckpoints(now.continuity().missing(firstId, firstId).gaps());
    }
  }

  private boolean amend(TradeAmendment late, Continuity amended) {
    Run old = run;
    Checkpoint checkpoint = checkpoints.before(late.firstId());
    Optional<TradeHistory> history = histories.apply(instrument);
    if (checkpoint == null || history.isEmpty()) {
      return false;
    }
    Run next = checkpoint.open(old, amended);
    long from = checkpoint.coveredId();
    List<Checkpoint> passed = new ArrayList<>();
    Replay replay =
        new Replay(history.get(), amended.gaps(), gap -> passed.add(new Checkpoint(next)));
    if (!replay.feed(next, from, old.tape().coveredId())) {
      return false;
    }
    int last = late.trades().size() - 1;
    boolean newest = last >= 0 && late.trades().id(last) > old.tape().lastId();
    next.tape()
        .receivedAt(
            newest
                ? receivedAt(late.trades(), last, clock.nanos(), clock.wallMicros())
                : old.tape().receivedAt());
    next.tape().publish(keepMicros.getAsLong());
    run = next;
    checkpoints.dropAfter(from);
    passed.stream().filter(one -> one.coveredId() > from).forEach(checkpoints::add);
    dropUselessCheckpoints(amended.gaps());
    return true;
  }

  private void dropUselessCheckpoints() {
    dropUselessCheckpoints(run.continuity().gaps());
  }

  private void dropUselessCheckpoints(IdRanges gaps) {
    histories
        .apply(instrument)
        .ifPresent(history -> checkpoints.keepUseful(gaps, new Replay(history, gaps)));
  }

  private void park(FamilySlot slot) {
    FamilyState state = slot.save();
    if (state != null) {
      parked.put(slot.family(), state);
    }
  }

  /** One try to build a family; false if something came between. */
  private boolean build(FamilySlot slot, Optional<TradeHistory> history) {
    long seen;
    FamilyState state;
    turn.takeToRead();
    try {
      if (closed || run.slot(slot.family()) != slot) {
        return true;
      }
      seen = amendments;
      state = parked.get(slot.family());
    } finally {
      turn.end();
    }
    FamilySlot built = slot.anew().create();
    long done = begin(built, state, history);
    while (true) {
      turn.takeToRead();
      long upTo = run.tape().coveredId();
      IdRanges gaps = run.continuity().gaps();
      try {
        if (seen != amendments) {
          return false;
        }
        boolean near = history.isEmpty() || !built.isLive() || upTo - done <= LAST_STRETCH;
        if (near && attach(slot, built, history, done)) {
          return true;
        } else if (near) {
          return false;
        }
      } finally {
        turn.end();
      }
      if (!new Replay(history.get(), gaps).feed(built, done, upTo)) {
        return false;
      }
      done = upTo;
    }
  }

  /** Where a new calculator begins: behind its former state, or with the oldest trade held. */
  private static long begin(FamilySlot built, FamilyState state, Optional<TradeHistory> history) {
    boolean restored = state != null && built.restore(state);
    if (history.isEmpty()) {
      return restored ? state.coveredId() : -1;
    }
    long before = Replay.beforeOldest(history.get(), -1);
    if (restored && before > state.coveredId()) {
      built.hole(state.coveredId() + 1, before);
    }
    return restored ? Math.max(before, state.coveredId()) : before;
  }

  /** In turn: feeds what is left, and puts the calculator in its slot's place. */
  private boolean attach(
      FamilySlot slot, FamilySlot built, Optional<TradeHistory> history, long done) {
    long upTo = run.tape().coveredId();
    if (history.isPresent()
        && built.isLive()
        && !new Replay(history.get(), run.continuity().gaps()).feed(built, done, upTo)) {
      return false;
    }
    if (history.isEmpty() && built.hasBegun() && built.coveredId() < upTo) {
      built.hole(built.coveredId() + 1, upTo);
    }
    if (!closed && run.slot(slot.family()) == slot) {
      run.put(built);
      parked.remove(slot.family());
      captured = null;
    }
    return true;
  }
}
