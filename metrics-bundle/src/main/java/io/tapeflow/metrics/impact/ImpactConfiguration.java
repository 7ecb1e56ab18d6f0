package io.tapeflow.metrics.impact;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: price impact",
    description = "Kyle's lambda, Amihud, Hasbrouck, and Roll's spread.")
@interface ImpactConfiguration {
  @AttributeDefinition(
      name = "Bar",
      description =
          "What the samples are made of: seconds such as 1s, trades such as 500t, or another kind"
              + " of bar. Seconds without a trade are no samples.")
  String bar() default "1s";

  @AttributeDefinition(
      name = "Bars",
      description = "How many of the latest bars the estimates are over, 3 to 10000.",
      min = "3",
      max = "10000")
  int bars() default 100;
}
