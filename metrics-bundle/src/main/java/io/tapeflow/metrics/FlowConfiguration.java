package io.tapeflow.metrics;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. {@link SettingsReader} reads and checks the values. */
@ObjectClassDefinition(
    name = "Tapeflow metrics",
    description = "Order-flow metrics of all instruments.")
@interface FlowConfiguration {
  @AttributeDefinition(
      name = "Windows (s)",
      description = "Lengths of the rolling windows in seconds, 1 to 3600 each, 8 at the most.",
      type = AttributeType.INTEGER,
      min = "1",
      max = "3600")
  int[] windows_seconds() default {30, 60, 300};

  @AttributeDefinition(
      name = "Stale after (ms)",
      description = "An instrument without a trade for this many milliseconds is STALE.",
      min = "1000",
      max = "3600000")
  int stale_ms() default 15_000;

  @AttributeDefinition(
      name = "Dominance ratio",
      description =
          "A side is dominant if its volume is at least this many times the other's, 1 to 1000.",
      min = "1",
      max = "1000")
  double dominance_ratio() default 1.2;

  @AttributeDefinition(
      name = "Families off",
      description =
          "Names of families that are not computed, such as vpin, hawkes; * for all of them."
              + " Delta, volume, CVD and VWAP are always computed.",
      required = false)
  String[] families_off() default {};
}
