package io.tapeflow.plan.evaluate;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Comparison;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A plan that is being looked at. */
public final class Watch {
  private final Plan plan;
  private final Beginning beginning;
  private final List<PlanCondition> written;
  private final List<PlanCondition> parts;
  private final PlanCondition root;
  private final long expires;
  private final long slotMicros;

  /**
   * A plan to be looked at.
   *
   * @param resolved the plan's condition with all arguments; null if it has none
   * @param beginning the trades from which on it may trigger
   */
  public Watch(Plan plan, PlanCondition resolved, Beginning beginning) {
    this.plan = plan;
    this.beginning = beginning;
    this.written = parts(plan, plan.condition());
    this.parts = parts(plan, resolved);
    this.root = new PlanCondition.All(parts);
    this.expires = plan.expires() == null ? Long.MAX_VALUE : micros(plan.expires());
    this.slotMicros = TimeUnit.SECONDS.toMicros(plan.evaluation().seconds());
  }

  public Plan plan() {
    return plan;
  }

  PlanCondition root() {
    return root;
  }

  /** What has to hold, one by one, as it is evaluated. */
  List<PlanCondition> parts() {
    return parts;
  }

  /** The same as the plan has it. */
  List<PlanCondition> written() {
    return written;
  }

  /** From this exchange time on it does not trigger, microseconds. */
  public long expires() {
    return expires;
  }

  /** Length of the stretches of which it looks at the first trade; 0 if it looks at all. */
  long slotMicros() {
    return slotMicros;
  }

  /** The trades from which on it may trigger. */
  public Beginning beginning() {
    return beginning;
  }

  private static List<PlanCondition> parts(Plan plan, PlanCondition condition) {
    List<PlanCondition> parts = new ArrayList<>();
    if (plan.entry() != null) {
      parts.add(entry(plan));
    }
    if (condition instanceof PlanCondition.All all) {
      parts.addAll(all.parts());
    } else if (condition != null) {
      parts.add(condition);
    }
    return parts;
  }

  private static PlanCondition entry(Plan plan) {
    BigDecimal entry = plan.entry();
    BigDecimal tolerance = plan.tolerance();
    if (tolerance != null) {
      return new PlanCondition.Band(
          new Operand.Price(), entry.subtract(tolerance), entry.add(tolerance), true);
    }
    Relation relation = plan.direction() == Side.BUY ? Relation.AT_MOST : Relation.AT_LEAST;
    return new Comparison(new Operand.Price(), relation, new Operand.Constant(entry));
  }

  private static long micros(Instant at) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    } catch (ArithmeticException e) {
      return at.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
  }
}
