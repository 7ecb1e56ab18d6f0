package io.tapeflow.plan.evaluate;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionStatus;
import io.tapeflow.api.plan.Distance;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.Truth;
import io.tapeflow.plan.operator.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part of the conditions of an instrument's plans, shared by all that have it. */
final class Node {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  final PlanCondition what;
  List<Node> parts;

  /** Those of which this is a part, by their place. */
  final List<Node> wholes = new ArrayList<>();

  /** Its place in the graph: behind all its parts. */
  int place;

  private final Operator operator;
  private final List<Truth> truths = new ArrayList<>();
  private Condition condition;
  private View view;

  /** Why it cannot be told, ever; empty if it may be. */
  private String broken;

  private Truth truth;

  private Node(
      PlanCondition what, List<Node> parts, Operator operator, Condition condition, String broken) {
    this.what = what;
    this.parts = parts;
    this.operator = operator;
    this.condition = condition;
    this.broken = broken;
    parts.forEach(part -> truths.add(Truth.BLOCKED));
  }

  static Node of(PlanCondition what, List<Node> parts, Operator operator) {
    return new Node(what, parts, operator, null, "");
  }

  static Node of(PlanCondition what, Condition condition) {
    return new Node(what, List.of(), null, condition, "");
  }

  /** One that cannot be told. */
  static Node broken(PlanCondition what, String reason) {
    return new Node(what, List.of(), null, null, reason);
  }

  Condition condition() {
    return condition;
  }

  boolean isBroken() {
    return !broken.isEmpty();
  }

  List<String> metrics() {
    return condition == null ? List.of() : condition.metrics();
  }

  /** Whether it may say something else at the next trade though no part of it does. */
  boolean isMoving() {
    return operator != null && operator.isMoving();
  }

  /** Takes its metrics from these columns. */
  void look(Columns columns) {
    view = condition == null ? null : new View(columns, condition.metrics());
  }

  /** What could be said last; null if it has not been looked at. */
  Truth truth() {
    return truth;
  }

  /** Looks again; returns whether it says something else. */
  boolean look(long timeMicros) {
    Truth now = operator == null ? ask() : combine(timeMicros);
    boolean changed = now != truth;
    truth = now;
    return changed;
  }

  /** Trades are missing. */
  void interrupt() {
    if (operator != null) {
      operator.interrupted();
    } else if (condition != null) {
      condition.interrupted();
    }
  }

  /** Why it cannot be told: the first of its parts that cannot. */
  Fault blocked(Columns columns) {
    if (isBroken()) {
      return Fault.of(broken);
    }
    for (Node part : parts) {
      if (part.truth == Truth.BLOCKED) {
        return part.blocked(columns);
      }
    }
    return metrics().stream()
        .map(columns::fault)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> Fault.of(openReason()));
  }

  /** Why it cannot be told though its parts and metrics can. */
  private String openReason() {
    String reason = operator == null ? "" : operator.reason();
    return reason.isEmpty() ? "It has been interrupted" : reason;
  }

  ConditionStatus status(String text, Columns columns) {
    boolean blocked = truth == Truth.BLOCKED;
    String reason = blocked ? blocked(columns).reason() : "";
    return new ConditionStatus(text, truth, reason, blocked ? List.of() : distances());
  }

  private List<Distance> distances() {
    if (condition != null && view != null && view.isUsable()) {
      try {
        return condition.distances(view);
      } catch (RuntimeException | LinkageError e) {
        LOG.debug("{} cannot say its distances", what, e);
        return List.of();
      }
    }
    return parts.stream().flatMap(part -> part.distances().stream()).toList();
  }

  private Truth combine(long timeMicros) {
    for (int i = 0; i < truths.size(); i++) {
      truths.set(i, parts.get(i).truth);
    }
    return operator.at(timeMicros, truths);
  }

  private Truth ask() {
    if (isBroken()) {
      return Truth.BLOCKED;
    }
    try {
      if (view.isUsable()) {
        return condition.holds(view) ? Truth.HOLDS : Truth.FAILS;
      }
      if (truth != Truth.BLOCKED) {
        condition.interrupted();
      }
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("{} is taken out: it threw", what, e);
      broken = "It has failed: " + e;
    }
    return Truth.BLOCKED;
  }
}
