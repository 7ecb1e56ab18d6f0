package io.tapeflow.plan;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.plan.ConditionStatus;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.plan.evaluate.Beginning;
import io.tapeflow.plan.evaluate.Evaluation;
import io.tapeflow.plan.evaluate.Standing;
import io.tapeflow.plan.evaluate.Verdicts;
import io.tapeflow.plan.evaluate.Watch;
import io.tapeflow.tasks.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plans of one instrument, live. The thread that feeds the metrics brings the trades; any
 * thread asks how plans stand, between two of its calls.
 */
final class InstrumentPlans implements Verdicts {
  private static final Logger LOG = LoggerFactory.getLogger(InstrumentPlans.class);

  /** Metrics that never get through must not keep plans from what comes. */
  private static final int MOST_CUT_SHORT = 5;

  private final Instrument instrument;
  private final Registry registry;
  private final Clock clock;
  private final Outcome outcome;
  private final History history;
  private final Evaluation evaluation;
  private final Map<Watch, Entry> entries = new LinkedHashMap<>();

  /** Those that come back from before a restart, and may have missed trades. */
  private final List<Watch> resumed = new ArrayList<>();

  private Book.Live applied = Book.Live.NONE;

  /** How often in a row a catching-up has ended before it was through. */
  private int cutShort;

  /** No plan had to look at the last trades, so none has missed any. */
  private boolean idle;

  InstrumentPlans(
      Instrument instrument, Registry registry, Clock clock, Outcome outcome, History history) {
    this.instrument = instrument;
    this.registry = registry;
    this.clock = clock;
    this.outcome = outcome;
    this.history = history;
    this.evaluation = new Evaluation(instrument, registry, clock, this);
  }

  /** The metrics that have to be shown at the next trades. */
  synchronized List<String> metrics(Book.Live live) {
    if (live != applied) {
      apply(live);
    }
    if (evaluation.watches().isEmpty() && !idle) {
      idle = true;
      // What is known of earlier trades must not be taken for what came just before later ones.
      evaluation.set(List.of());
    }
    return evaluation.metrics();
  }

  private void apply(Book.Live live) {
    Set<Entry> known = new HashSet<>();
    if (live.registryVersion() != applied.registryVersion()) {
      evaluation.forgetNamed();
      known.addAll(entries.values());
      known.forEach(entry -> entry.watch(null));
    }
    applied = live;
    Map<Watch, Entry> now = new LinkedHashMap<>();
    for (Entry entry : live.entries()) {
      if (isOurs(entry) && entry.isLive()) {
        now.put(watch(entry, known.contains(entry)), entry);
      }
    }
    if (!now.keySet().equals(evaluation.watches())) {
      entries.clear();
      entries.putAll(now);
      evaluation.set(now.keySet());
      resumed.retainAll(now.keySet());
    }
  }

  private boolean isOurs(Entry entry) {
    String bound = entry.record().instrument();
    return bound.isEmpty()
        ? instrument.isCalled(entry.plan().instrument())
        : bound.equals(instrument.key());
  }

  /**
   * The watch of a plan.
   *
   * @param known whether another watch has looked at it until now
   */
  private Watch watch(Entry entry, boolean known) {
    if (entry.watch() != null) {
      return entry.watch();
    }
    outcome.bound(entry, instrument);
    Beginning beginning =
        known && evaluation.lastId() >= 0
            ? new Beginning(evaluation.lastId(), 0)
            : entry.beginning();
    Plan plan = entry.plan();
    Watch watch = new Watch(plan, registry.resolve(plan, plan.condition()), beginning);
    entry.watch(watch);
    if (beginning.equals(entry.beginning()) && beginning.afterId() >= 0) {
      resumed.add(watch);
    }
    return watch;
  }

  synchronized void look(FlowMoments moments) {
    if (!isUpTo(moments) && ++cutShort < MOST_CUT_SHORT) {
      // The next metrics bring later trades, behind which all of it is missed still.
      return;
    }
    cutShort = 0;
    resumed.clear();
    idle = false;
    evaluation.look(moments);
  }

  /** Whether all trades ahead of these have been looked at that can be. */
  private boolean isUpTo(FlowMoments moments) {
    long first = moments.id(0);
    long last = evaluation.lastId();
    if (!resumed.isEmpty()) {
      List<Watch> back = List.copyOf(resumed);
      long after = back.stream().mapToLong(it -> it.beginning().afterId()).min().orElseThrow();
      // Plans that have looked on meanwhile cannot wait for those that come back.
      return first <= after + 1 || catchUp(back, after, moments) || last >= 0;
    }
    return idle || last < 0 || first <= last + 1 || missed(last, moments);
  }

  /** Trades have been missed behind an id and ahead of these. */
  private boolean missed(long after, FlowMoments moments) {
    if (history.holds(instrument, after + 1, moments.id(0) - 1)) {
      return catchUp(List.copyOf(evaluation.watches()), after, moments);
    }
    evaluation.interrupt();
    return true;
  }

  /**
   * Has plans look at the trades behind an id and ahead of some moments.
   *
   * @return whether they could look at all that history holds of them
   */
  private boolean catchUp(List<Watch> back, long after, FlowMoments moments) {
    long first = moments.id(0);
    Evaluation apart = new Evaluation(instrument, registry, clock, this);
    apart.set(back);
    apart.decideBehind(after);
    long reached = history.show(moments, apart);
    long seen = Math.max(after, apart.lastId());
    if (!apart.watches().isEmpty() && history.holds(instrument, seen + 1, first - 1)) {
      LOG.warn(
          "{}: plans could not catch up with trades {} to {}: the metrics ended meanwhile",
          instrument.key(),
          seen + 1,
          first - 1);
      resumed.retainAll(entries.keySet());
      return false;
    }
    if (reached <= after + 1) {
      LOG.info(
          "{}: plans have caught up with trades {} to {}", instrument.key(), after + 1, first - 1);
    } else {
      LOG.warn(
          "{}: trades {} to {} cannot be looked at any more: history does not hold them",
          instrument.key(),
          after + 1,
          Math.min(reached, first) - 1);
    }
    List<Watch> rest = new ArrayList<>(evaluation.watches());
    rest.removeIf(watch -> back.contains(watch) && !apart.watches().contains(watch));
    evaluation.set(rest, apart);
    return true;
  }

  @Override
  public void triggered(Watch watch, PlanTrigger trigger) {
    Entry entry = entries.remove(watch);
    if (entry != null) {
      outcome.triggered(entry, trigger);
    }
  }

  @Override
  public void expired(Watch watch) {
    Entry entry = entries.remove(watch);
    if (entry != null) {
      outcome.expired(entry);
    }
  }

  /** The last trade that was looked at; -1 if there has been none. */
  synchronized long lastId() {
    return evaluation.lastId();
  }

  /** Whether plans of it are being looked at. */
  synchronized boolean isBusy() {
    return !entries.isEmpty();
  }

  /** How some plans stand that are not finished; those that are not looked at are left out. */
  synchronized Map<Entry, Look> looks() {
    Map<Entry, Look> looks = new HashMap<>();
    entries.forEach(
        (watch, entry) -> {
          if (evaluation.watches().contains(watch)) {
            looks.put(entry, look(watch, List.of()));
          }
        });
    return looks;
  }

  /** How one plan stands, with its conditions; null if it is not looked at. */
  synchronized Look look(Entry entry) {
    Watch watch = entry.watch();
    return watch == null || !evaluation.watches().contains(watch)
        ? null
        : look(watch, evaluation.conditions(watch));
  }

  private Look look(Watch watch, List<ConditionStatus> conditions) {
    long id = evaluation.lastId(watch);
    Instant time = id < 0 ? null : Clock.instant(evaluation.lastTime(watch));
    return new Look(evaluation.standing(watch), id, time, conditions);
  }

  /**
   * How a plan stands.
   *
   * @param lastId the last trade at which it was looked at; -1 if there has been none
   * @param lastTime exchange time of that trade; null if there has been none
   */
  record Look(Standing standing, long lastId, Instant lastTime, List<ConditionStatus> conditions) {}

  /** Takes what has been decided, on the thread that feeds the metrics. */
  interface Outcome {
    /** The instrument of a plan is known. */
    void bound(Entry entry, Instrument instrument);

    void triggered(Entry entry, PlanTrigger trigger);

    void expired(Entry entry);
  }

  /** Trades that were missed. */
  interface History {
    /** Whether a trade that order flow counts is held among some ids. */
    boolean holds(Instrument instrument, long firstId, long lastId);

    /**
     * Shows an evaluation all trades ahead of some moments that are still held.
     *
     * @return the first id of them; {@link Long#MAX_VALUE} if there is none
     */
    long show(FlowMoments moments, Evaluation evaluation);
  }
}
