package io.tapeflow.metrics.divergence;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * The configuration as a console shows it. {@link DivergenceSettings} reads and checks the values.
 */
@ObjectClassDefinition(
    name = "Tapeflow metrics: divergence",
    description = "Divergence between price and CVD, on closed bars.")
@interface DivergenceConfiguration {
  @AttributeDefinition(
      name = "Bars",
      description = "Up to 8 kinds of bars, such as 60s, 500t or 10v.")
  String[] bars() default {"60s"};

  @AttributeDefinition(
      name = "Bars before a pivot",
      description = "A pivot is beyond so many bars before it, 1 to 50.",
      min = "1",
      max = "50")
  int pivot_left() default 5;

  @AttributeDefinition(
      name = "Bars behind a pivot",
      description = "A pivot is not exceeded by so many bars behind it, 1 to 50.",
      min = "1",
      max = "50")
  int pivot_right() default 5;

  @AttributeDefinition(
      name = "Least distance (bars)",
      description = "Pivots that are closer are not compared, 1 to 500.",
      min = "1",
      max = "500")
  int pivot_separation_min() default 5;

  @AttributeDefinition(
      name = "Greatest distance (bars)",
      description = "Pivots that are further apart are not compared, 1 to 500.",
      min = "1",
      max = "500")
  int pivot_separation_max() default 60;

  @AttributeDefinition(
      name = "Valid for (bars)",
      description = "A divergence of pivots is shown for so many bars once it is known, 1 to 100.",
      min = "1",
      max = "100")
  int pivot_valid_bars() default 5;

  @AttributeDefinition(
      name = "CVD of pivots",
      description = "SESSION: pivots of different sessions are not compared. NONE: they are.",
      options = {
        @Option(label = "None", value = "NONE"),
        @Option(label = "Session", value = "SESSION")
      })
  String anchor() default "NONE";

  @AttributeDefinition(
      name = "Session's start (minutes)",
      description = "Minutes behind 00:00 UTC at which a session begins, 0 to 1439.",
      min = "0",
      max = "1439")
  int session_start_minutes() default 0;

  @AttributeDefinition(
      name = "Least delta (share of volume)",
      description = "A bar diverges if its delta is at least this share of its volume, 0 to 1.",
      min = "0",
      max = "1")
  double bar_delta_share() default 0.1;

  @AttributeDefinition(
      name = "Median volume over (bars)",
      description =
          "A bar diverges if its volume is not less than the median of so many before it, 1 to"
              + " 500.",
      min = "1",
      max = "500")
  int bar_median_bars() default 20;

  @AttributeDefinition(
      name = "Slopes over (bars)",
      description = "Number of closed bars that slopes of price and CVD are taken over, 4 to 500.",
      min = "4",
      max = "500")
  int slope_bars() default 20;

  @AttributeDefinition(
      name = "Least t",
      description = "Slopes diverge if each is at least as many standard errors, 0 to 100.",
      min = "0",
      max = "100")
  double slope_least_t() default 2;

  @AttributeDefinition(
      name = "Rows",
      description = "Number of rows of the table of divergences, 1 to 500.",
      min = "1",
      max = "500")
  int rows() default 20;
}
