package io.tapeflow.metrics.vwap;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. {@link VwapSettings} reads and checks the values. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: VWAP",
    description = "Volume-weighted average price with bands and z-score.")
@interface VwapConfiguration {
  @AttributeDefinition(
      name = "Session's start (minutes)",
      description = "Minutes behind 00:00 UTC at which a session begins, 0 to 1439.",
      min = "0",
      max = "1439")
  int session_start_minutes() default 0;

  @AttributeDefinition(
      name = "Windows (s)",
      description =
          "Lengths of the rolling windows in seconds, 1 to 3600 each, 8 at the most. The means over"
              + " them come from the windows of io.tapeflow.metrics.",
      type = AttributeType.INTEGER,
      min = "1",
      max = "3600")
  int[] windows_seconds() default {60, 300};

  @AttributeDefinition(
      name = "Anchors",
      description =
          "Moments since which a VWAP is taken, such as 2026-01-05T14:30:00Z; 8 at the most.")
  String[] anchors() default {};
}
