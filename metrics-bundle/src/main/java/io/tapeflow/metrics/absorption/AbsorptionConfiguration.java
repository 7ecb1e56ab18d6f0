package io.tapeflow.metrics.absorption;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. {@link AbsorptionSettings} reads and checks it. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: absorption and exhaustion",
    description = "Effort without result, found in trades alone.")
@interface AbsorptionConfiguration {
  @AttributeDefinition(
      name = "Window (s)",
      description = "Length of the window in which effort and result are compared, 1 to 600.",
      min = "1",
      max = "600")
  int window_seconds() default 10;

  @AttributeDefinition(
      name = "Share",
      description = "Share of one side in the volume that makes an effort, 0.5 to 1.",
      min = "0.5",
      max = "1")
  double share() default 0.65;

  @AttributeDefinition(
      name = "Score",
      description = "Expected through actual move from which on it is absorption, 1 to 1000.",
      min = "1",
      max = "1000")
  double score() default 3;

  @AttributeDefinition(
      name = "Quantile",
      description = "Quantile of earlier windows' volume that the effort must reach, 0 to 1.",
      min = "0",
      max = "1")
  double quantile() default 0.9;

  @AttributeDefinition(
      name = "Windows of the quantile",
      description = "Over how many earlier windows the quantile is, 5 to 10000.",
      min = "5",
      max = "10000")
  int quantile_windows() default 100;

  @AttributeDefinition(
      name = "Slots of lambda",
      description =
          "Over how many earlier tenths of a window Kyle's lambda is estimated, 10 to 10000.",
      min = "10",
      max = "10000")
  int lambda_slots() default 100;

  @AttributeDefinition(
      name = "Least value (quote units)",
      description = "What the side must have traded in the window, in quote units; 0 for no bound.",
      min = "0")
  double min_value() default 0;

  @AttributeDefinition(
      name = "Greatest move (ticks)",
      description = "Greatest move of an absorbed effort; 0 for no bound but the score.",
      min = "0")
  int move_ticks() default 0;

  @AttributeDefinition(
      name = "Greatest range (ticks)",
      description = "Greatest range of the window's prices; 0 for no bound.",
      min = "0")
  int zone_ticks() default 0;

  @AttributeDefinition(
      name = "Cooldown (ms)",
      description = "Least time between two findings on one side, 0 to 3600000.",
      min = "0",
      max = "3600000")
  int cooldown_ms() default 5_000;

  @AttributeDefinition(
      name = "Half-life of a zone (s)",
      description = "In which a zone loses half of its strength, 1 to 86400.",
      min = "1",
      max = "86400")
  int half_life_seconds() default 600;

  @AttributeDefinition(
      name = "Zones",
      description = "How many zones are kept, the newest, 1 to 100.",
      min = "1",
      max = "100")
  int zones() default 20;

  @AttributeDefinition(
      name = "Bar",
      description = "Bars of delta absorption and exhaustion, such as 60s or 500t.")
  String bar() default "60s";

  @AttributeDefinition(
      name = "Bars of the delta's quantile",
      description = "Over how many earlier bars the quantile of deltas is, 5 to 10000.",
      min = "5",
      max = "10000")
  int delta_bars() default 100;

  @AttributeDefinition(
      name = "Row (ticks)",
      description = "Height of the row at a bar's extreme, 1 to 1000000 ticks.",
      min = "1",
      max = "1000000")
  int row_ticks() default 10;

  @AttributeDefinition(
      name = "Extremes",
      description = "How many extremes in succession make an exhaustion, 2 to 20.",
      min = "2",
      max = "20")
  int extremes() default 3;
}
