package io.tapeflow.metrics.large;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. {@link LargeSettings} reads and checks the values. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: large trades",
    description = "Taker orders that are large, by quote value or against the orders before them.")
@interface LargeConfiguration {
  @AttributeDefinition(
      name = "Tiers (quote units)",
      description = "Values from which on an order is large, 1 to 1e12 each, 8 at the most.",
      type = AttributeType.STRING)
  String[] tiers_quote() default {"50000", "100000", "250000", "500000", "1000000", "10000000"};

  @AttributeDefinition(
      name = "Stable quotes",
      description =
          "Endings of the symbols that are quoted in a stable coin; only those have tiers. 32 at"
              + " the most, each of capital letters and digits, perhaps behind - or /.")
  String[] quotes_stable() default {"USDT", "USDC", "FDUSD", "TUSD", "BUSD", "DAI", "-USD", "/USD"};

  @AttributeDefinition(
      name = "Join within (ms)",
      description =
          "Trades of the same side are one order if their times differ by no more, 0 to 10000.",
      min = "0",
      max = "10000")
  int join_ms() default 0;

  @AttributeDefinition(
      name = "Sample (orders)",
      description = "Number of orders that the statistical thresholds rest on, 200 to 100000.",
      min = "200",
      max = "100000")
  int sample_orders() default 10_000;

  @AttributeDefinition(
      name = "Quantile",
      description = "An order is large if it exceeds this quantile of the sample, 0.5 to 0.9999.",
      min = "0.5",
      max = "0.9999")
  double quantile() default 0.99;

  @AttributeDefinition(
      name = "Deviations from the mean",
      description = "An order is large above mean + this many standard deviations, 1 to 20.",
      min = "1",
      max = "20")
  double mean_deviations() default 2;

  @AttributeDefinition(
      name = "Deviations from the median",
      description =
          "An order is large above median + this many times 1.4826 median absolute deviations,"
              + " 1 to 100.",
      min = "1",
      max = "100")
  double robust_deviations() default 6;

  @AttributeDefinition(
      name = "Recent (s)",
      description = "Large orders older than this are forgotten, 1 to 3600.",
      min = "1",
      max = "3600")
  int recent_seconds() default 300;

  @AttributeDefinition(
      name = "Cooldown (ms)",
      description = "No second alert of the same side within this time, 0 to 3600000.",
      min = "0",
      max = "3600000")
  int cooldown_ms() default 5_000;

  @AttributeDefinition(
      name = "Rows",
      description = "Number of rows of the table of recent large orders, 1 to 500.",
      min = "1",
      max = "500")
  int rows() default 50;
}
