package io.tapeflow.metrics.bar;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. {@link BarsFamily} reads and checks the values. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: bars",
    description = "Prices, volumes, delta and counts of bars.")
@interface BarsConfiguration {
  @AttributeDefinition(
      name = "Bars",
      description =
          "Up to 8 kinds: seconds (60s), trades (500t), volume (10v), value (1000000q), range in"
              + " ticks (20r), imbalance of trades (500ti) or volume (500vi); 60s-carry gives empty"
              + " bars too, 10v-split and 1000000q-split split trades.")
  String[] bars() default {"60s"};

  @AttributeDefinition(
      name = "Rows",
      description = "Closed bars in the table, 1 to 1000.",
      min = "1",
      max = "1000")
  int rows() default 20;

  @AttributeDefinition(
      name = "Delta strength from (%)",
      description =
          "Delta is strong if it closes at so many percent of its extreme in the bar, or more; 0 to"
              + " 100.",
      min = "0",
      max = "100")
  double strength_min_percent() default 90;

  @AttributeDefinition(
      name = "Delta strength to (%)",
      description = "Delta is strong up to so many percent of its extreme; 0 to 100.",
      min = "0",
      max = "100")
  double strength_max_percent() default 98;
}
