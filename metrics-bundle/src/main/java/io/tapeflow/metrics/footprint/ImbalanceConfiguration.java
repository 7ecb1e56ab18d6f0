package io.tapeflow.metrics.footprint;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration as a console shows it. {@link ImbalanceFamily} reads and checks the values. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: imbalance",
    description = "Diagonal imbalances of footprints, and zones of stacked ones.")
@interface ImbalanceConfiguration {
  @AttributeDefinition(
      name = "Bars",
      description = "Up to 8 kinds, such as 60s, 500t, 10v, 1000000q, 20r, 500ti or 500vi.")
  String[] bars() default {"60s"};

  @AttributeDefinition(
      name = "Row (ticks)",
      description =
          "Ticks per row, 1 to 1000000, or auto: the largest power of ten that is not more than"
              + " 1/4000 of the bar's first price.")
  String row_ticks() default "auto";

  @AttributeDefinition(
      name = "Ratio",
      description = "How many times the diagonal neighbour's volume is an imbalance, 1 to 1000.",
      min = "1",
      max = "1000")
  double ratio() default 3;

  @AttributeDefinition(
      name = "Zeros",
      description =
          "COUNT: a neighbour without volume counts as 0; IGNORE: there is no imbalance against"
              + " it.",
      options = {
        @Option(label = "COUNT", value = "COUNT"),
        @Option(label = "IGNORE", value = "IGNORE")
      })
  String zeros() default "COUNT";

  @AttributeDefinition(
      name = "Least volume (base units)",
      description =
          "Least volume of an imbalance, above 0 to 1e18, or auto: a percentile of the volumes of"
              + " the rows of the last bars. The difference to the neighbour must be half of it.")
  String min_volume() default "auto";

  @AttributeDefinition(
      name = "Percentile",
      description = "The percentile for auto, 1 to 99.",
      min = "1",
      max = "99")
  int percentile() default 60;

  @AttributeDefinition(
      name = "Percentile's bars",
      description = "How many bars the percentile is of, the bar itself included, 1 to 200.",
      min = "1",
      max = "200")
  int percentile_bars() default 20;

  @AttributeDefinition(
      name = "Stack (rows)",
      description = "Adjacent imbalances of a side that make a zone, 2 to 100.",
      min = "2",
      max = "100")
  int stack() default 3;

  @AttributeDefinition(
      name = "Zone's life (bars)",
      description = "How many bars a zone is shown after its own, 1 to 1000.",
      min = "1",
      max = "1000")
  int zone_bars() default 10;

  @AttributeDefinition(
      name = "Absorbed volume",
      description = "Least volume of an absorbed stack, base units, 0 to 1e18; 0 for no bound.")
  String absorption_volume() default "0";

  @AttributeDefinition(
      name = "Half-life of an absorption (s)",
      description = "In which a zone of absorption loses half of its strength, 1 to 86400.",
      min = "1",
      max = "86400")
  int absorption_half_life_seconds() default 600;

  @AttributeDefinition(
      name = "Zones of absorption",
      description = "How many zones of absorption are kept, the newest, 1 to 100.",
      min = "1",
      max = "100")
  int absorption_zones() default 20;
}
