package io.tapeflow.metrics.ratio;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: trade imbalance ratios",
    description = "By how much one side outweighs the other, in volume and in trades.")
@interface RatioConfiguration {
  @AttributeDefinition(
      name = "Windows (s)",
      description = "Lengths of the windows in seconds, 1 to 3600 each, 8 at the most.",
      type = AttributeType.INTEGER,
      min = "1",
      max = "3600")
  int[] windows_seconds() default {10, 60};
}
