package io.tapeflow.metrics.profile;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration as a console shows it. {@link ProfileFamily} reads and checks the values. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: profile",
    description = "Volume by price of the session, of rolling windows and since an instant.")
@interface ProfileConfiguration {
  @AttributeDefinition(
      name = "Row (ticks)",
      description =
          "Ticks per row, 1 to 1000000, or auto: the largest power of ten that is not more than"
              + " 1/4000 of the profile's first price.")
  String row_ticks() default "auto";

  @AttributeDefinition(
      name = "Session's start (minutes)",
      description = "Minutes behind 00:00 UTC at which a session begins, 0 to 1439.",
      min = "0",
      max = "1439")
  int session_start_minutes() default 0;

  @AttributeDefinition(
      name = "Rolling windows (s)",
      description = "Lengths in seconds, 60 to 86400 each, 4 at the most.",
      min = "60",
      max = "86400")
  int[] rolling_seconds() default {3_600};

  @AttributeDefinition(
      name = "Anchor",
      description =
          "An instant such as 2026-01-31T13:30:00Z from which on a profile is made; empty for"
              + " none.",
      required = false)
  String anchor() default "";

  @AttributeDefinition(
      name = "Value area (%)",
      description = "Percent of the volume, 1 to 100; 70 and 68.2 are usual.",
      min = "1",
      max = "100")
  double area_percent() default 70;

  @AttributeDefinition(
      name = "Value area's rule",
      description =
          "PAIR: two rows at a time; PAIR_MINIMAL: the second row of a pair only if it is needed;"
              + " SINGLE: one row at a time.",
      options = {
        @Option(label = "PAIR", value = "PAIR"),
        @Option(label = "PAIR_MINIMAL", value = "PAIR_MINIMAL"),
        @Option(label = "SINGLE", value = "SINGLE")
      })
  String area_rule() default "PAIR";

  @AttributeDefinition(
      name = "Value area's tie",
      description = "Which side is added if both hold as much: BELOW or ABOVE.",
      options = {
        @Option(label = "BELOW", value = "BELOW"),
        @Option(label = "ABOVE", value = "ABOVE")
      })
  String area_tie() default "BELOW";

  @AttributeDefinition(
      name = "Value area's rows",
      description =
          "CONTIGUOUS: all rows between the lowest and the highest; PRINTED: only those traded at.",
      options = {
        @Option(label = "CONTIGUOUS", value = "CONTIGUOUS"),
        @Option(label = "PRINTED", value = "PRINTED")
      })
  String area_adjacency() default "CONTIGUOUS";

  @AttributeDefinition(
      name = "Kernel (rows)",
      description = "Bandwidth of the Gaussian that smooths the profile for nodes, 1 to 50.",
      min = "1",
      max = "50")
  int kernel_rows() default 3;

  @AttributeDefinition(
      name = "Naked points of control (sessions)",
      description = "How many sessions back points of control are followed, 1 to 400.",
      min = "1",
      max = "400")
  int naked_sessions() default 20;
}
