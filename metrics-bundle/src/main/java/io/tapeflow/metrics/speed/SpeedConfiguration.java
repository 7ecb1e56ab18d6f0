package io.tapeflow.metrics.speed;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. {@link SpeedSettings} reads and checks the values. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: speed",
    description = "Speed of the tape: rates, acceleration, bursts and volume spikes.")
@interface SpeedConfiguration {
  @AttributeDefinition(
      name = "Windows (s)",
      description =
          "Lengths of the windows of the rates in seconds, 1 to 3600 each, 8 at the most.",
      type = AttributeType.INTEGER,
      min = "1",
      max = "3600")
  int[] windows_seconds() default {1, 15, 60};

  @AttributeDefinition(
      name = "Time constant of the moving rate (s)",
      description =
          "After this time without a trade the moving rate has fallen to 37 %, 1 to 3600.",
      min = "1",
      max = "3600")
  int ewma_seconds() default 15;

  @AttributeDefinition(
      name = "Baseline (s)",
      description = "Bursts and spikes are told against this many seconds before them, 30 to 3600.",
      min = "30",
      max = "3600")
  int baseline_seconds() default 300;

  @AttributeDefinition(
      name = "Spike (s)",
      description = "Length of the window whose volume may be a spike, 1 to 600.",
      min = "1",
      max = "600")
  int spike_seconds() default 10;
}
