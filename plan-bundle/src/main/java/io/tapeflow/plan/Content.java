package io.tapeflow.plan;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.plan.text.Expression;
import java.math.BigDecimal;

/** What a plan says, in one line that is the same for the same plan in all versions. */
final class Content {
  private Content() {}

  static String of(Plan plan) {
    return String.join(
        "|",
        plan.instrument(),
        plan.direction().name(),
        number(plan.entry()),
        number(plan.stopLoss()),
        number(plan.takeProfit()),
        number(plan.tolerance()),
        plan.expires() == null ? "" : plan.expires().toString(),
        Integer.toString(plan.evaluation().seconds()),
        plan.condition() == null ? "" : Expression.write(plan.condition()));
  }

  private static String number(BigDecimal number) {
    return number == null ? "" : number.stripTrailingZeros().toPlainString();
  }
}
