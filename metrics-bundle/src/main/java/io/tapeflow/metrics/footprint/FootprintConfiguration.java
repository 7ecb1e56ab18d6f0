package io.tapeflow.metrics.footprint;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. {@link FootprintFamily} reads and checks the values. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: footprint",
    description = "Volume by price within bars, sold and bought apart.")
@interface FootprintConfiguration {
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
      name = "Naked points of control (bars)",
      description = "How many bars back points of control are followed, 1 to 1000.",
      min = "1",
      max = "1000")
  int naked_bars() default 80;
}
