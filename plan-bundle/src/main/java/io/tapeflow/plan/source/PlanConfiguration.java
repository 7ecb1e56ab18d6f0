package io.tapeflow.plan.source;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. {@link ConfiguredPlan} reads and checks the values. */
@ObjectClassDefinition(name = "Tapeflow plan", description = "One plan; see docs/plans.md.")
@interface PlanConfiguration {
  @AttributeDefinition(
      name = "Id",
      description = "Unique: up to 100 letters, digits, '_', '-' and '.'.")
  String id();

  @AttributeDefinition(name = "Instrument", description = "Its symbol, or venue:symbol.")
  String instrument();

  @AttributeDefinition(name = "Direction", description = "BUY or SELL.")
  String direction();

  @AttributeDefinition(
      name = "Entry (quote)",
      description = "Price wanted; empty for any price.",
      required = false)
  String entry() default "";

  @AttributeDefinition(
      name = "Stop loss (quote)",
      description = "On the worse side of the entry; empty for none.",
      required = false)
  String stopLoss() default "";

  @AttributeDefinition(
      name = "Take profit (quote)",
      description = "On the better side of the entry; empty for none.",
      required = false)
  String takeProfit() default "";

  @AttributeDefinition(
      name = "Tolerance (quote)",
      description = "How far from the entry, to either side; empty for at the entry or better.",
      required = false)
  String tolerance() default "";

  @AttributeDefinition(
      name = "Expires",
      description = "A moment such as 2026-01-31T16:00:00Z; empty for never.",
      required = false)
  String expires() default "";

  @AttributeDefinition(
      name = "Evaluate",
      description = "'every trade', or a time such as 5s, up to 86400s.",
      required = false)
  String evaluate() default "";

  @AttributeDefinition(
      name = "Conditions",
      description =
          "An expression such as 'delta_positive and delta.60s > 5', or a map as in plan files.",
      required = false)
  String conditions() default "";
}
