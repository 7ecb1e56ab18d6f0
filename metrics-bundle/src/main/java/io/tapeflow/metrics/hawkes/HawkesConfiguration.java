package io.tapeflow.metrics.hawkes;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: Hawkes intensities",
    description = "Self-exciting intensities of buying and selling, with fixed half-lives.")
@interface HawkesConfiguration {
  @AttributeDefinition(
      name = "Half-lives (ms)",
      description =
          "After which time half of a trade's excitement is gone: 1 to 4 whole numbers of"
              + " milliseconds, each from 1 to 600000.",
      type = AttributeType.INTEGER,
      min = "1",
      max = "600000")
  int[] half_lives_ms() default {100, 1_000, 10_000};

  @AttributeDefinition(
      name = "Branching ratio",
      description =
          "How many further trades a trade brings about on the average, 0 to 0.99. Below 1, so that"
              + " the intensity is stable.",
      min = "0",
      max = "0.99")
  double branching_ratio() default 0.8;

  @AttributeDefinition(
      name = "Half-life of the base rate (s)",
      description = "How slowly the base rate follows, 10 to 86400 seconds.",
      min = "10",
      max = "86400")
  int base_half_life_seconds() default 300;
}
