package io.tapeflow.plan.evaluate;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.plan.ConditionStatus;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.plan.Truth;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.plan.text.Expression;
import io.tapeflow.tasks.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at the plans of one instrument, trade by trade. The same trades and metrics lead to the
 * same triggers, wherever they come from. Not safe for several threads at a time.
 */
public final class Evaluation {
  /** Of a plan that has not been looked at yet. */
  public static final Standing NO_TRADE =
      Standing.blocked("No trade has come since the plan was made", "no trade");

  private final Instrument instrument;
  private final ConditionMaker maker;
  private final Clock clock;
  private final Verdicts verdicts;

  private Graph graph;
  private final Set<Watch> watches = new LinkedHashSet<>();
  private final Map<Node, List<Watch>> byRoot = new HashMap<>();

  /** The roots that hold now, whose plans were not all to be looked at when they began to. */
  private final Set<Node> holding = new LinkedHashSet<>();

  private Slots slots = new Slots();
  private long firstExpiry = Long.MAX_VALUE;
  private long lastId = -1;
  private long lastTime = -1;
  private long decidedUpTo = -1;

  /**
   * An evaluation without plans.
   *
   * @param clock says when triggers are found
   */
  public Evaluation(Instrument instrument, ConditionMaker maker, Clock clock, Verdicts verdicts) {
    this.instrument = instrument;
    this.maker = maker;
    this.clock = clock;
    this.verdicts = verdicts;
    this.graph = new Graph(List.of(), Map.of(), maker, instrument);
  }

  /** Looks at these plans from now on, and at no others. What is known of earlier trades stays. */
  public void set(Collection<Watch> plans) {
    set(plans, known());
  }

  /**
   * Looks at these plans from now on.
   *
   * @param caughtUp has been shown trades that this one has missed, or that only its plans had to
   *     be shown. What both know is taken from the one that has come further. It is not used any
   *     more
   */
  public void set(Collection<Watch> plans, Evaluation caughtUp) {
    boolean further = caughtUp.lastId > lastId;
    Map<PlanCondition, Node> known = further ? known() : caughtUp.known();
    known.putAll(further ? caughtUp.known() : known());
    set(plans, known);
  }

  private Map<PlanCondition, Node> known() {
    Map<PlanCondition, Node> known = new LinkedHashMap<>(graph.nodes());
    known.values().removeIf(node -> node.truth() == null);
    return known;
  }

  private void set(Collection<Watch> plans, Map<PlanCondition, Node> known) {
    watches.clear();
    watches.addAll(plans);
    List<PlanCondition> roots = plans.stream().map(Watch::root).toList();
    graph = new Graph(roots, known, maker, instrument);
    byRoot.clear();
    holding.clear();
    Slots before = slots;
    slots = new Slots();
    for (Watch watch : watches) {
      Node root = graph.node(watch.root());
      byRoot.computeIfAbsent(root, key -> new ArrayList<>()).add(watch);
      if (root.truth() == Truth.HOLDS) {
        holding.add(root);
      }
      if (watch.slotMicros() > 0) {
        slots.add(watch.slotMicros(), lastTime, before);
      }
    }
    firstExpiry = firstExpiry();
  }

  /** The metrics that have to be shown; the same list until plans change. Empty without plans. */
  public List<String> metrics() {
    return watches.isEmpty() ? List.of() : graph.columns().names();
  }

  /** The plans that are being looked at. */
  public Set<Watch> watches() {
    return watches;
  }

  /** The last trade that it has been shown; -1 if there has been none. */
  public long lastId() {
    return lastId;
  }

  /**
   * Looks at trades. They must show {@link #metrics()}; those that it has been shown are left out.
   */
  public void look(FlowMoments moments) {
    for (int i = 0; i < moments.size(); i++) {
      if (moments.id(i) > lastId) {
        look(moments, i);
      }
    }
  }

  /** Decides nothing at trades up to an id: that has been done. What is known of them is used. */
  public void decideBehind(long id) {
    decidedUpTo = id;
  }

  /** Has the conditions of the registry made anew when plans are next set. */
  public void forgetNamed() {
    graph.forgetNamed();
  }

  /** Trades are missing that could not be made up for. */
  public void interrupt() {
    graph.interrupt();
  }

  private void look(FlowMoments moments, int moment) {
    lastId = moments.id(moment);
    lastTime = moments.timeMicros(moment);
    graph.go(moments, moment, this::changed);
    slots.go(lastId, lastTime);
    if (lastId <= decidedUpTo) {
      return;
    }
    if (lastTime >= firstExpiry) {
      expire();
    }
    if (!holding.isEmpty()) {
      for (Node root : List.copyOf(holding)) {
        for (Watch watch : List.copyOf(byRoot.get(root))) {
          if (looksAt(watch, moments, moment)) {
            trigger(watch);
          }
        }
      }
    }
  }

  private void changed(Node node) {
    if (byRoot.containsKey(node)) {
      if (node.truth() == Truth.HOLDS) {
        holding.add(node);
      } else {
        holding.remove(node);
      }
    }
  }

  private boolean looksAt(Watch watch, FlowMoments moments, int moment) {
    boolean begun =
        watch
            .beginning()
            .isBefore(lastId, lastTime, moments.receivedMicros(moment), moments.repaired(moment));
    return begun && (watch.slotMicros() == 0 || slots.isFirst(watch.slotMicros(), lastId));
  }

  private void trigger(Watch watch) {
    drop(watch);
    Columns columns = graph.columns();
    Set<String> rested = new LinkedHashSet<>();
    collect(graph.node(watch.root()), rested);
    List<MetricValue> evidence = rested.stream().map(columns::evidence).toList();
    verdicts.triggered(
        watch,
        new PlanTrigger(
            watch.plan().id(),
            instrument.key(),
            lastId,
            columns.price(),
            Clock.instant(lastTime),
            clock.now(),
            conditions(watch),
            evidence));
  }

  private static void collect(Node node, Set<String> metrics) {
    metrics.addAll(node.metrics());
    node.parts.forEach(part -> collect(part, metrics));
  }

  private void expire() {
    for (Watch watch : List.copyOf(watches)) {
      if (lastTime >= watch.expires()) {
        drop(watch);
        verdicts.expired(watch);
      }
    }
    firstExpiry = firstExpiry();
  }

  private long firstExpiry() {
    return watches.stream().mapToLong(Watch::expires).min().orElse(Long.MAX_VALUE);
  }

  private void drop(Watch watch) {
    watches.remove(watch);
    Node root = graph.node(watch.root());
    List<Watch> others = byRoot.get(root);
    others.remove(watch);
    if (others.isEmpty()) {
      byRoot.remove(root);
      holding.remove(root);
    }
  }

  /** How a plan stands. What it says of a plan that is not looked at any more is of no use. */
  public Standing standing(Watch watch) {
    List<String> hold = new ArrayList<>();
    for (int i = 0; i < watch.parts().size(); i++) {
      Node node = graph.node(watch.parts().get(i));
      if (node.truth() == null) {
        return NO_TRADE;
      } else if (node.truth() == Truth.BLOCKED) {
        return node.blocked(graph.columns()).standing();
      } else if (node.truth() == Truth.HOLDS) {
        hold.add(Expression.write(watch.written().get(i)));
      }
    }
    return hold.isEmpty() ? Standing.PENDING : Standing.armed(hold);
  }

  /** How the conditions of a plan stand. */
  public List<ConditionStatus> conditions(Watch watch) {
    List<ConditionStatus> conditions = new ArrayList<>();
    for (int i = 0; i < watch.parts().size(); i++) {
      String text = Expression.write(watch.written().get(i));
      conditions.add(graph.node(watch.parts().get(i)).status(text, graph.columns()));
    }
    return conditions;
  }

  /** The last trade at which a plan was looked at; -1 if there has been none. */
  public long lastId(Watch watch) {
    return watch.slotMicros() == 0 ? lastId : Math.max(-1, slots.look(watch.slotMicros()).id());
  }

  /** Exchange time of that trade, microseconds. */
  public long lastTime(Watch watch) {
    return watch.slotMicros() == 0 ? lastTime : slots.look(watch.slotMicros()).time();
  }
}
