package io.tapeflow.plan.evaluate;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.plan.operator.Operator;
import io.tapeflow.plan.operator.Operators;
import io.tapeflow.plan.operator.Stepped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The conditions of all plans of an instrument, equal ones once. At a trade it looks only at those
 * that may say something else than at the trade before, parts ahead of wholes.
 */
final class Graph {
  private final Map<PlanCondition, Node> nodes = new LinkedHashMap<>();
  private final List<Node> ordered = new ArrayList<>();
  private final Columns columns;

  /** By the column; the last is the price. */
  private final List<Steps> steps = new ArrayList<>();

  private final List<List<Node>> onChange = new ArrayList<>();
  private final Places always;
  private final Places dirty;

  /** To be looked at again at the next trade. */
  private final Places next;

  /**
   * Builds a graph.
   *
   * @param roots the conditions of the plans
   * @param before whose nodes are taken over, with all they know of earlier trades
   */
  Graph(
      Collection<PlanCondition> roots,
      Map<PlanCondition, Node> before,
      ConditionMaker maker,
      Instrument instrument) {
    roots.forEach(root -> node(root, before, maker, instrument));
    Set<String> metrics = new LinkedHashSet<>();
    ordered.forEach(node -> metrics.addAll(node.metrics()));
    // So that there is one in any case: without one, no trade would be shown.
    metrics.add("price.last");
    columns = new Columns(metrics);
    for (int i = 0; i <= metrics.size(); i++) {
      steps.add(new Steps());
      onChange.add(new ArrayList<>());
    }
    always = new Places(ordered.size());
    dirty = new Places(ordered.size());
    next = new Places(ordered.size());
    ordered.forEach(this::wire);
    steps.forEach(Steps::end);
    ordered.forEach(this::soil);
  }

  Map<PlanCondition, Node> nodes() {
    return nodes;
  }

  Columns columns() {
    return columns;
  }

  Node node(PlanCondition condition) {
    return nodes.get(condition);
  }

  /**
   * Goes on to a trade.
   *
   * @param changed is told each node that says something else than before
   */
  void go(FlowMoments moments, int moment, Consumer<Node> changed) {
    BigDecimal before = columns.price();
    if (columns.go(moments, moment, this::changed)) {
      changed(steps.size() - 1, before, columns.price());
    }
    dirty.addAll(always);
    dirty.takeAll(next);
    long time = columns.timeMicros();
    for (int i = dirty.takeFrom(0); i >= 0; i = dirty.takeFrom(i + 1)) {
      Node node = ordered.get(i);
      if (node.look(time)) {
        node.wholes.forEach(this::soil);
        changed.accept(node);
        momentary(node);
      }
      if (node.isMoving()) {
        next.add(i);
      }
    }
  }

  /** Has the conditions of the registry made anew by the next graph. */
  void forgetNamed() {
    nodes.keySet().removeIf(PlanCondition.Named.class::isInstance);
  }

  /** Trades are missing that could not be made up for. */
  void interrupt() {
    ordered.forEach(Node::interrupt);
    ordered.forEach(this::soil);
  }

  private void changed(int column, Object before, Object now) {
    Steps passed = steps.get(column);
    if (before instanceof BigDecimal || now instanceof BigDecimal) {
      passed.passed(number(before), number(now), this::soil);
    } else {
      passed.passed(null, null, this::soil);
    }
    List<Node> affected = onChange.get(column);
    for (int i = 0; i < affected.size(); i++) {
      soil(affected.get(i));
    }
  }

  private static BigDecimal number(Object value) {
    return value instanceof BigDecimal number ? number : null;
  }

  private void soil(Node node) {
    dirty.add(node.place);
  }

  /** What holds at one trade only has to be looked at again at the next. */
  private void momentary(Node node) {
    if (node.condition() instanceof Stepped stepped && stepped.momentary()) {
      next.add(node.place);
    }
  }

  private Node node(
      PlanCondition what,
      Map<PlanCondition, Node> before,
      ConditionMaker maker,
      Instrument instrument) {
    Node known = nodes.get(what);
    if (known != null) {
      return known;
    }
    List<Node> parts = new ArrayList<>();
    for (PlanCondition part : Operators.parts(what)) {
      parts.add(node(part, before, maker, instrument));
    }
    Node old = before.get(what);
    Node node = old == null || old.isBroken() ? made(what, parts, maker, instrument) : old;
    // Equal parts have seen the same trades, so one may stand for the other.
    node.parts = parts;
    node.place = ordered.size();
    node.wholes.clear();
    parts.forEach(part -> part.wholes.add(node));
    ordered.add(node);
    nodes.put(what, node);
    return node;
  }

  private static Node made(
      PlanCondition what, List<Node> parts, ConditionMaker maker, Instrument instrument) {
    try {
      if (parts.isEmpty()) {
        return Node.of(what, maker.make(what, instrument));
      }
      Operator operator = Operators.of(what);
      return Node.of(what, parts, operator);
    } catch (RuntimeException | LinkageError e) {
      return Node.broken(what, String.valueOf(e.getMessage()));
    }
  }

  private void wire(Node node) {
    node.look(columns);
    Condition condition = node.condition();
    if (condition == null) {
      return;
    }
    if (condition instanceof Stepped stepped && !stepped.steps().isEmpty()) {
      stepped
          .steps()
          .forEach(step -> steps.get(column(step.operand())).add(step.threshold(), node));
    } else if (condition.onlyOnChange()) {
      condition.metrics().forEach(metric -> onChange.get(columns.index(metric)).add(node));
    } else {
      always.add(node.place);
    }
  }

  private int column(Operand operand) {
    return operand instanceof Operand.Metric metric
        ? columns.index(metric.name())
        : steps.size() - 1;
  }
}
