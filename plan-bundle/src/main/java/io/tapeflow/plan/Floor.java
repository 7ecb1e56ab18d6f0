package io.tapeflow.plan;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.plan.ConditionStatus;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.PlanListener;
import io.tapeflow.api.plan.PlanSource;
import io.tapeflow.api.plan.PlanState.Kind;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.plan.check.Judge;
import io.tapeflow.plan.evaluate.Evaluation;
import io.tapeflow.plan.evaluate.Fault;
import io.tapeflow.plan.evaluate.Standing;
import io.tapeflow.plan.store.PlanRecord;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where plans meet trades: has them looked at, keeps what becomes of them, and has it told. Safe
 * for any thread.
 */
final class Floor implements InstrumentPlans.Outcome {
  private static final Logger LOG = LoggerFactory.getLogger(Floor.class);

  /** Trades that were made before a plan expired may come so much later. */
  private static final Duration EXPIRY_GRACE = Duration.ofSeconds(30);

  private final Registry registry;
  private final Supplier<OrderFlow> flow;
  private final Keeper keeper;
  private final Clock clock;
  private final Executor later;
  private final InstrumentPlans.History history;
  private final Judge judge;
  private final Book book;
  private final Teller teller;
  private final Instant started;
  private final Map<Instrument, InstrumentPlans> instruments = new ConcurrentHashMap<>();

  /** The plans that were looked through in vain for one of an instrument. */
  private final Map<Instrument, Book.Live> planless = new ConcurrentHashMap<>();

  private volatile Object judgedBy;
  private volatile boolean stopped;

  /**
   * A floor without plans.
   *
   * @param flow gives the metrics; null if there are none now
   * @param later runs jobs one after the other, soon, on the thread that also ticks
   * @param calls runs the calls of listeners, one after the other
   */
  Floor(
      Registry registry,
      Supplier<OrderFlow> flow,
      Keeper keeper,
      Clock clock,
      Executor later,
      Executor calls,
      InstrumentPlans.History history) {
    this.registry = registry;
    this.flow = flow;
    this.keeper = keeper;
    this.clock = clock;
    this.later = later;
    this.history = history;
    judge = new Judge(registry);
    book = new Book(judge, keeper, clock, this::lastId);
    teller = new Teller(clock, this::status, this::wasTold, calls);
    started = clock.now();
  }

  /** No trade is looked at any more, and no source counts as gone. */
  void stop() {
    stopped = true;
  }

  /** Keeps how far it has come. */
  void close() {
    progress();
    keeper.close();
  }

  void offer(PlanSource source, String name) {
    tellRemoved(book.offer(source, name));
    later.execute(this::tellUntold);
    later.execute(this::tick);
  }

  void remove(PlanSource source) {
    if (!stopped) {
      tellRemoved(book.remove(source));
    }
  }

  void add(PlanListener listener) {
    teller.add(listener);
    later.execute(this::tellUntold);
  }

  void remove(PlanListener listener) {
    teller.remove(listener);
  }

  void registryChanged() {
    book.registryChanged();
  }

  List<String> metrics(Instrument instrument) {
    Book.Live live = book.live();
    InstrumentPlans plans = instruments.get(instrument);
    if (stopped || !keeper.fault().isEmpty()) {
      return List.of();
    }
    if (plans == null) {
      if (planless.get(instrument) == live) {
        return List.of();
      }
      if (live.entries().stream().noneMatch(it -> instrument.isCalled(it.plan().instrument()))) {
        planless.put(instrument, live);
        return List.of();
      }
      plans =
          instruments.computeIfAbsent(
              instrument, key -> new InstrumentPlans(instrument, registry, clock, this, history));
    }
    return plans.metrics(live);
  }

  void look(FlowMoments moments) {
    InstrumentPlans plans = instruments.get(moments.instrument());
    if (plans != null && !stopped && keeper.fault().isEmpty()) {
      plans.look(moments);
    }
  }

  @Override
  public void bound(Entry entry, Instrument instrument) {
    PlanRecord record = entry.change(it -> it.on(instrument.key()));
    if (record != null) {
      keeper.put(record);
    }
  }

  @Override
  public void triggered(Entry entry, PlanTrigger trigger) {
    if (finish(entry, record -> record.triggered(trigger))) {
      later.execute(
          () -> {
            teller.triggers(entry, false);
            teller.stands(entry, entry.finished());
          });
    }
  }

  @Override
  public void expired(Entry entry) {
    end(entry, Kind.EXPIRED);
  }

  boolean cancel(String id) {
    Entry entry = book.find(id);
    return entry != null && end(entry, Kind.CANCELLED);
  }

  private boolean end(Entry entry, Kind as) {
    boolean ended = finish(entry, record -> record.ended(as));
    if (ended) {
      later.execute(() -> teller.stands(entry, entry.finished()));
    }
    return ended;
  }

  /** Settles a plan, once: kept first, so that nothing can settle it again. */
  private boolean finish(Entry entry, UnaryOperator<PlanRecord> how) {
    try {
      PlanRecord settled =
          entry.change(
              record -> {
                PlanRecord next = how.apply(record);
                keeper.keep(next);
                return next;
              });
      if (settled != null) {
        book.refresh();
      }
      return settled != null;
    } catch (IllegalStateException e) {
      LOG.error("Plan {} is not settled: {}", entry.id(), e.getMessage());
      return false;
    }
  }

  private void wasTold(Entry entry) {
    keeper.put(entry.wasTold());
  }

  /** Triggers of which no listener has been told, such as because the process died. */
  private void tellUntold() {
    for (Entry entry : book.all()) {
      PlanRecord record = entry.record();
      if (record != null && record.trigger() != null && !record.told()) {
        teller.triggers(entry, true);
      }
    }
  }

  private void tellRemoved(List<Entry> removed) {
    removed.forEach(entry -> later.execute(() -> teller.removed(entry)));
  }

  /** Judges, expires and tells what has changed, and keeps how far trades have been looked at. */
  void tick() {
    try {
      judgeAgain();
      Map<String, Fault> faults = new HashMap<>();
      Map<Entry, InstrumentPlans.Look> looks = new HashMap<>();
      instruments.values().forEach(plans -> looks.putAll(plans.looks()));
      for (Entry entry : book.all()) {
        expireByClock(entry);
        InstrumentPlans.Look look = looks.get(entry);
        teller.stands(entry, standing(entry, look, faults));
      }
      progress();
      keeper.commit();
    } catch (RuntimeException e) {
      LOG.error("A round over all plans failed", e);
    }
  }

  /** To find out what judgements rest on means to ask for all metrics of all instruments. */
  private void judgeAgain() {
    if (!book.hasDoubts()) {
      return;
    }
    Object now = registry.fingerprint();
    if (!now.equals(judgedBy)) {
      judgedBy = now;
      tellRemoved(book.judgeAgain());
    }
  }

  private void expireByClock(Entry entry) {
    Instant expires = entry.isLive() ? entry.plan().expires() : null;
    if (expires == null) {
      return;
    }
    Instant grace = clock.now().minus(EXPIRY_GRACE);
    boolean over = started.isBefore(grace) && expires.isBefore(grace);
    boolean wasOver = !expires.isAfter(Clock.instant(entry.record().createdMicros()));
    if (over || wasOver) {
      expired(entry);
    }
  }

  private void progress() {
    instruments.forEach(
        (instrument, plans) -> {
          if (plans.isBusy()) {
            keeper.progress(instrument.key(), plans.lastId());
          }
        });
  }

  List<PlanStatus> list() {
    return book.all().stream().map(this::status).toList();
  }

  Optional<PlanStatus> find(String id) {
    return Optional.ofNullable(book.find(id)).map(this::status);
  }

  List<PlanFault> validate(Plan plan) {
    return judge.faults(plan);
  }

  private PlanStatus status(Entry entry) {
    InstrumentPlans.Look look = null;
    for (InstrumentPlans plans : instruments.values()) {
      look = look == null ? plans.look(entry) : look;
    }
    Standing standing = standing(entry, look, new HashMap<>());
    PlanRecord record = entry.record();
    List<ConditionStatus> conditions = look == null ? List.of() : look.conditions();
    long lastId = look == null ? -1 : look.lastId();
    Instant lastTime = look == null ? null : look.lastTime();
    if (record != null && record.trigger() != null) {
      conditions = record.trigger().conditions();
      lastId = record.trigger().tradeId();
      lastTime = record.trigger().time();
    }
    return new PlanStatus(
        entry.id(),
        entry.shown(),
        entry.source(),
        standing.state(),
        entry.since(),
        lastId,
        lastTime,
        conditions);
  }

  /**
   * How a plan stands.
   *
   * @param look null if it is not being looked at
   * @param faults of feeds, by instrument, as far as they have been asked for
   */
  private Standing standing(Entry entry, InstrumentPlans.Look look, Map<String, Fault> faults) {
    Standing finished = entry.finished();
    if (finished != null) {
      return finished;
    }
    String bound = entry.record().instrument();
    String instrument = bound.isEmpty() ? entry.plan().instrument() : bound;
    Fault fault = faults.computeIfAbsent(instrument, this::feedFault);
    if (!fault.reason().isEmpty()) {
      return fault.standing();
    }
    return look == null ? Evaluation.NO_TRADE : look.standing();
  }

  /** Why nothing can be told of an instrument's plans now; empty words if it can. */
  private Fault feedFault(String instrument) {
    if (!keeper.fault().isEmpty()) {
      return new Fault(keeper.fault(), "keeper");
    }
    OrderFlow now = flow.get();
    if (now == null) {
      return new Fault("There are no metrics: their bundle does not run", "no metrics");
    }
    MetricValue last = now.metric(instrument, "price.last");
    return last.status() == MetricStatus.OK ? new Fault("", "") : Fault.of(last);
  }

  private long lastId(Entry entry) {
    String key = entry.record().instrument();
    return instruments.entrySet().stream()
        .filter(it -> it.getKey().key().equals(key))
        .mapToLong(it -> it.getValue().lastId())
        .max()
        .orElse(-1);
  }
}
