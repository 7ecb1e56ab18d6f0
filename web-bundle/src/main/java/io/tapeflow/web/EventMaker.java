package io.tapeflow.web;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanState;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.Plans;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.verification.ReportFormat;
import io.tapeflow.api.verification.Verification;
import io.tapeflow.api.verification.VerificationReport;
import io.tapeflow.tasks.Clock;
import io.tapeflow.web.EventViews.GapEvent;
import io.tapeflow.web.EventViews.PlanEvent;
import io.tapeflow.web.EventViews.RepairEvent;
import io.tapeflow.web.EventViews.StateEvent;
import io.tapeflow.web.EventViews.TradesEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts into the log what is wanted and has changed. Used by one thread; each event is made once,
 * however many want it.
 */
final class EventMaker {
  private static final Logger LOG = LoggerFactory.getLogger(EventMaker.class);

  private static final Duration STATES_EVERY = Duration.ofMillis(250);
  private static final Duration CHECKS_EVERY = Duration.ofSeconds(1);

  /** How many trades stand for the others in a sample. */
  private static final int SAMPLE = 5;

  /** What changes with time alone is told so often. */
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

  private static final Duration CHECKS_AGAIN_AFTER = Duration.ofSeconds(5);

  private final LiveServices services;
  private final EventLog log;
  private final Clock clock;

  private final Map<Topic, Told> told = new HashMap<>();
  private final Set<String> failing = new HashSet<>();
  private Function<Instrument, String> names = Instrument::symbol;
  private long statesNanos;
  private long checksNanos;

  /** What was last told of a topic, and when. */
  private record Told(Object what, long nanos) {}

  EventMaker(LiveServices services, EventLog log, Clock clock) {
    this.services = services;
    this.log = log;
    this.clock = clock;
    this.statesNanos = clock.nanos() - STATES_EVERY.toNanos();
    this.checksNanos = clock.nanos() - CHECKS_EVERY.toNanos();
  }

  /** Makes the events of this moment. */
  void make(Collection<Wish> wishes, List<Object> tape) {
    long now = clock.nanos();
    Predicates wanted = new Predicates(wishes);
    told.keySet().removeIf(topic -> !wanted.topic(topic));
    log.forget(topic -> !wanted.topic(topic));
    if (now - statesNanos >= STATES_EVERY.toNanos()) {
      statesNanos = now;
      guarded("stream", () -> states(wanted.type(Topic.STATE), now));
      if (wanted.type(Topic.PLAN)) {
        guarded("plans", () -> plans(now));
      }
    }
    guarded("tape", () -> tape(tape, wanted, now));
    if (wanted.type(Topic.SNAPSHOT)) {
      guarded("order flow", () -> snapshots(wishes, now));
    }
    if (wanted.type(Topic.CHECKS) && now - checksNanos >= CHECKS_EVERY.toNanos()) {
      checksNanos = now;
      guarded("verification", () -> checks(now));
    }
  }

  /** What any of several wishes is about. */
  private record Predicates(Collection<Wish> wishes) {
    boolean topic(Topic topic) {
      return wishes.stream().anyMatch(wish -> wish.wants(topic));
    }

    boolean type(String type) {
      return wishes.stream().anyMatch(wish -> wish.types().contains(type));
    }
  }

  private void plans(long now) {
    Set<Topic> present = new HashSet<>();
    for (PlanStatus status : services.planning().map(Plans::list).orElse(List.of())) {
      Topic topic = new Topic(Topic.PLAN, status.id(), "");
      present.add(topic);
      Outline outline = Outline.of(status);
      Told before = told.get(topic);
      if (before == null || !before.what().equals(outline)) {
        tell(topic, outline, new PlanEvent(status.id(), PlanView.of(status)), now);
      }
    }
    tellGone(Topic.PLAN, present, before -> new PlanEvent(((Outline) before).id(), null), now);
  }

  /** What makes a plan another one, but for the numbers that change with each trade. */
  private record Outline(String id, Plan plan, PlanState state, Instant since, List<Object> says) {
    static Outline of(PlanStatus it) {
      List<Object> says = new ArrayList<>();
      it.conditions().forEach(condition -> says.add(String.valueOf(condition.truth())));
      return new Outline(it.id(), it.plan(), it.state(), it.since(), says);
    }
  }

  /** Tells the end of what is there no longer, once, and not to those who begin. */
  private void tellGone(
      String type, Set<Topic> present, Function<Object, Object> ending, long now) {
    List<Topic> gone =
        told.keySet().stream()
            .filter(topic -> topic.type().equals(type) && !present.contains(topic))
            .toList();
    for (Topic topic : gone) {
      add(topic, ending.apply(told.remove(topic).what()), now);
    }
    log.forget(gone::contains);
  }

  private void states(boolean wanted, long now) {
    List<StreamStatus> streams = services.streams().stream().map(TradeStream::status).toList();
    List<Instrument> known = new ArrayList<>(services.measured());
    streams.forEach(
        stream -> stream.instruments().forEach(status -> known.add(status.instrument())));
    names = InstrumentNames.among(known);
    if (!wanted) {
      return;
    }
    Set<Topic> present = new HashSet<>();
    for (StreamStatus stream : streams) {
      Topic topic = new Topic(Topic.STATE, stream.id(), "");
      present.add(topic);
      StateEvent event = StateEvent.of(stream, names);
      Told before = told.get(topic);
      if (before == null || !before.what().equals(event)) {
        tell(topic, event, event, now);
      }
    }
    Instant at = clock.now();
    tellGone(Topic.STATE, present, before -> ((StateEvent) before).gone(at), now);
  }

  private void tape(List<Object> tape, Predicates wanted, long now) {
    Map<Topic, TradeSample> samples = new LinkedHashMap<>();
    for (Object item : tape) {
      if (item instanceof TradeBatch batch) {
        String key = batch.instrument().key();
        Topic all = new Topic(Topic.TRADES, key, Wish.ALL);
        if (wanted.topic(all)) {
          TradesEvent.all(batch, names).forEach(event -> add(all, event, now));
        }
        Topic sampled = new Topic(Topic.TRADES, key, Wish.SAMPLED);
        if (wanted.topic(sampled)) {
          samples
              .computeIfAbsent(sampled, topic -> new TradeSample(batch.instrument(), SAMPLE))
              .add(batch);
        }
      } else if (item instanceof TradeGap gap) {
        // The trades before the gap come before the word of it.
        tellSamples(samples, now);
        Topic topic = new Topic(Topic.GAP, gap.instrument().key(), "");
        if (wanted.topic(topic)) {
          add(topic, GapEvent.of(gap, names.apply(gap.instrument())), now);
        }
      } else if (item instanceof TradeAmendment amendment) {
        Topic topic = new Topic(Topic.REPAIR, amendment.instrument().key(), "");
        if (wanted.topic(topic)) {
          add(topic, RepairEvent.of(amendment, names.apply(amendment.instrument())), now);
        }
      }
    }
    tellSamples(samples, now);
  }

  private void tellSamples(Map<Topic, TradeSample> samples, long now) {
    samples.forEach((topic, sample) -> add(topic, sample.event(names), now));
    samples.clear();
  }

  private void snapshots(Collection<Wish> wishes, long now) {
    OrderFlow orderFlow = services.measuring().orElse(null);
    if (orderFlow == null) {
      return;
    }
    for (Instrument instrument : orderFlow.instruments()) {
      String key = instrument.key();
      Map<String, Duration> intervals =
          wishes.stream()
              .filter(wish -> wish.types().contains(Topic.SNAPSHOT) && wish.has(key))
              .collect(
                  Collectors.toMap(
                      Wish::metrics, Wish::interval, (a, b) -> a.compareTo(b) < 0 ? a : b));
      intervals
          .entrySet()
          .removeIf(it -> !isDue(snapshotTopic(key, it.getKey()), it.getValue(), now));
      if (!intervals.isEmpty()) {
        MetricSnapshot snapshot = orderFlow.snapshot(key);
        intervals.keySet().forEach(metrics -> tell(snapshot, instrument, metrics, orderFlow, now));
      }
    }
  }

  private boolean isDue(Topic topic, Duration interval, long now) {
    Told before = told.get(topic);
    return before == null
        || now - before.nanos() >= interval.toNanos() - EventHub.TICK.toNanos() / 2;
  }

  private static Topic snapshotTopic(String key, String metrics) {
    return new Topic(Topic.SNAPSHOT, key, metrics);
  }

  private void tell(
      MetricSnapshot snapshot, Instrument instrument, String metrics, OrderFlow flow, long now) {
    Topic topic = snapshotTopic(instrument.key(), metrics);
    Moment moment = new Moment(snapshot.lastTradeId(), snapshot.status(), snapshot.reason());
    Told before = told.get(topic);
    boolean same = before != null && before.what().equals(moment);
    if (!same || now - before.nanos() >= AGAIN_AFTER.toNanos()) {
      MetricsView view =
          MetricsView.of(
              only(snapshot, metrics), flow.metrics(instrument.key()), names.apply(instrument));
      tell(topic, moment, view, now);
    }
  }

  /** What makes a snapshot another one, but for time. */
  private record Moment(long lastTradeId, MetricStatus status, String reason) {}

  private static MetricSnapshot only(MetricSnapshot it, String metrics) {
    if (metrics.isEmpty()) {
      return it;
    }
    List<String> beginnings = List.of(metrics.split(","));
    Map<String, MetricValue> some = new LinkedHashMap<>();
    it.metrics()
        .forEach(
            (name, value) -> {
              if (beginnings.stream().anyMatch(name::startsWith)) {
                some.put(name, value);
              }
            });
    return new MetricSnapshot(
        it.instrument(),
        it.status(),
        it.reason(),
        it.asOf(),
        it.lastTradeId(),
        it.age(),
        it.skew(),
        some);
  }

  private void checks(long now) {
    Verification verification = services.verifying().orElse(null);
    if (verification == null) {
      return;
    }
    VerificationReport report = verification.verify();
    Topic topic = new Topic(Topic.CHECKS, "", "");
    Object verdicts = report.checks().stream().map(check -> check.status()).toList();
    Told before = told.get(topic);
    boolean same = before != null && before.what().equals(verdicts);
    if (!same || now - before.nanos() >= CHECKS_AGAIN_AFTER.toNanos()) {
      told.put(topic, new Told(verdicts, now));
      String json = verification.write(report, ReportFormat.JSON).replace("\n", "");
      log.add(topic, json.getBytes(StandardCharsets.UTF_8), now);
    }
  }

  private void tell(Topic topic, Object what, Object view, long now) {
    told.put(topic, new Told(what, now));
    add(topic, view, now);
  }

  private void add(Topic topic, Object view, long now) {
    log.add(topic, Json.line(view), now);
  }

  /** One service that fails takes nothing from the others, and is logged once. */
  private void guarded(String service, Runnable work) {
    try {
      work.run();
      failing.remove(service);
    } catch (RuntimeException e) {
      if (failing.add(service)) {
        LOG.error("There are no events of the {}, because it fails", service, e);
      }
    }
  }
}
