package io.tapeflow.plan.text;

import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Operand;

/** Conditions as short readable expressions. */
public final class Expression {
  private Expression() {}

  /** Writes a condition, so that it can be read again as the same condition. */
  public static String write(PlanCondition condition) {
    if (condition instanceof PlanCondition.Comparison comparison) {
      return write(comparison.left())
          + ' '
          + comparison.relation().text()
          + ' '
          + write(comparison.right());
    } else if (condition instanceof PlanCondition.Named named) {
      return named.arguments().isEmpty() ? named.name() : named.name() + named.arguments();
    }
    return condition.toString();
  }

  private static String write(Operand operand) {
    if (operand instanceof Operand.Metric metric) {
      return metric.name();
    } else if (operand instanceof Operand.Constant constant) {
      return constant.value().toPlainString();
    } else if (operand instanceof Operand.Word word) {
      return '\'' + word.value() + '\'';
    }
    return "price";
  }
}
