package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import io.tapeflow.api.plan.PlanCondition.Comparison;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Compares two operands. */
final class Comparing implements Condition, Stepped {
  private final Comparison comparison;
  private final List<String> metrics = new ArrayList<>();

  /** How left compared with right at the trade before; null if that is not known. */
  private Integer before;

  Comparing(Comparison comparison) {
    this.comparison = comparison;
    for (Operand operand : List.of(comparison.left(), comparison.right())) {
      if (operand instanceof Operand.Metric metric && !metrics.contains(metric.name())) {
        metrics.add(metric.name());
      }
    }
  }

  @Override
  public List<String> metrics() {
    return metrics;
  }

  @Override
  public boolean onlyOnChange() {
    return !isCrossing()
        && !(comparison.left() instanceof Operand.Price)
        && !(comparison.right() instanceof Operand.Price);
  }

  @Override
  public List<Step> steps() {
    boolean stepped =
        comparison.right() instanceof Operand.Constant
            && !(comparison.left() instanceof Operand.Constant)
            && !isWord(comparison.left());
    return stepped && comparison.right() instanceof Operand.Constant constant
        ? Step.of(comparison.left(), constant.value())
        : List.of();
  }

  @Override
  public boolean momentary() {
    return isCrossing();
  }

  @Override
  public boolean holds(ConditionMoment moment) {
    if (isWord(comparison.left()) || isWord(comparison.right())) {
      boolean same = word(comparison.left(), moment).equals(word(comparison.right(), moment));
      return same == (comparison.relation() == Relation.EQUAL);
    }
    int now = number(comparison.left(), moment).compareTo(number(comparison.right(), moment));
    Integer earlier = before;
    before = now;
    return switch (comparison.relation()) {
      case LESS -> now < 0;
      case AT_MOST -> now <= 0;
      case MORE -> now > 0;
      case AT_LEAST -> now >= 0;
      case EQUAL -> now == 0;
      case NOT_EQUAL -> now != 0;
      case CROSSES_ABOVE -> now > 0 && earlier != null && earlier <= 0;
      case CROSSES_BELOW -> now < 0 && earlier != null && earlier >= 0;
    };
  }

  @Override
  public void interrupted() {
    before = null;
  }

  @Override
  public List<Distance> distances(ConditionMoment moment) {
    if (isWord(comparison.left()) || isWord(comparison.right())) {
      return List.of();
    }
    return List.of(
        new Distance(
            what(comparison.left()),
            number(comparison.left(), moment),
            number(comparison.right(), moment),
            ""));
  }

  private boolean isCrossing() {
    return comparison.relation() == Relation.CROSSES_ABOVE
        || comparison.relation() == Relation.CROSSES_BELOW;
  }

  private static boolean isWord(Operand operand) {
    return operand instanceof Operand.Word;
  }

  private BigDecimal number(Operand operand, ConditionMoment moment) {
    if (operand instanceof Operand.Constant constant) {
      return constant.value();
    } else if (operand instanceof Operand.Metric metric) {
      return moment.number(metrics.indexOf(metric.name()));
    }
    return moment.price();
  }

  private String word(Operand operand, ConditionMoment moment) {
    if (operand instanceof Operand.Word word) {
      return word.value();
    } else if (operand instanceof Operand.Metric metric) {
      return moment.word(metrics.indexOf(metric.name()));
    }
    throw new IllegalStateException(operand + " is not a word");
  }

  private static String what(Operand operand) {
    if (operand instanceof Operand.Metric metric) {
      return metric.name();
    } else if (operand instanceof Operand.Constant constant) {
      return constant.value().toPlainString();
    }
    return "price";
  }
}
