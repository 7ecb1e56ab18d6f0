package io.tapeflow.metrics.cvd;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration as a console shows it. {@link CvdSettings} reads and checks the values. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: CVD",
    description = "Cumulative volume delta by window, anchor, bar and size, and its slope.")
@interface CvdConfiguration {
  @AttributeDefinition(
      name = "Session's start (minutes)",
      description = "Minutes behind 00:00 UTC at which a session begins, 0 to 1439.",
      min = "0",
      max = "1439")
  int session_start_minutes() default 0;

  @AttributeDefinition(
      name = "Windows (s)",
      description = "Lengths of the rolling windows in seconds, 1 to 3600 each, 8 at the most.",
      type = AttributeType.INTEGER,
      min = "1",
      max = "3600")
  int[] windows_seconds() default {300, 900};

  @AttributeDefinition(
      name = "Anchors",
      description =
          "Moments since which a CVD is taken, such as 2026-01-05T14:30:00Z; 8 at the most.")
  String[] anchors() default {};

  @AttributeDefinition(
      name = "Bars",
      description = "Up to 8 kinds of bars, such as 60s, 500t or 10v.")
  String[] bars() default {"60s"};

  @AttributeDefinition(
      name = "Anchor of the bars",
      description = "SESSION begins with 0 at each session, NONE never after the first trade.",
      options = {
        @Option(label = "Session", value = "SESSION"),
        @Option(label = "None", value = "NONE")
      })
  String bars_anchor() default "SESSION";

  @AttributeDefinition(
      name = "Slope over (bars)",
      description = "Number of closed bars that the slope is taken over, 3 to 500.",
      min = "3",
      max = "500")
  int slope_bars() default 20;

  @AttributeDefinition(
      name = "Slope over (s)",
      description =
          "Lengths in seconds of the slopes over points of every second, 3 to 3600 each, 4 at the"
              + " most.",
      type = AttributeType.INTEGER,
      min = "3",
      max = "3600")
  int[] slope_seconds() default {60, 300};

  @AttributeDefinition(
      name = "Least R-squared",
      description = "A slope is UP or DOWN only if its line explains as much, 0 to 1.",
      min = "0",
      max = "1")
  double slope_least_r2() default 0.3;

  @AttributeDefinition(
      name = "Tiers (quote units)",
      description = "Values from which on an order is of the next tier, 1 to 1e12, 8 at the most.")
  String[] tiers_quote() default {"50000", "100000", "250000", "500000", "1000000", "10000000"};

  @AttributeDefinition(
      name = "Stable quotes",
      description =
          "Endings of the symbols that are quoted in a stable coin; only those have tiers. 32 at"
              + " the most, each of capital letters and digits, perhaps behind - or /.")
  String[] quotes_stable() default {"USDT", "USDC", "FDUSD", "TUSD", "BUSD", "DAI", "-USD", "/USD"};
}
