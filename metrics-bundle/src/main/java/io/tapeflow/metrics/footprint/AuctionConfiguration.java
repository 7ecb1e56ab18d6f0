package io.tapeflow.metrics.footprint;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. {@link AuctionFamily} reads and checks the values. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: auction",
    description = "Unfinished auctions and ratios at the extremes of bars.")
@interface AuctionConfiguration {
  @AttributeDefinition(
      name = "Bars",
      description = "Up to 8 kinds, such as 60s, 500t, 10v, 1000000q, 20r, 500ti or 500vi.")
  String[] bars() default {"60s"};

  @AttributeDefinition(
      name = "Row (ticks)",
      description =
          "Ticks per row, 1 to 1000000, or auto: the largest power of ten that is not more than"
              + " 1/4000 of the bar's first price. With more than one tick it is an approximation.")
  String row_ticks() default "1";

  @AttributeDefinition(
      name = "Filter at the high (base units)",
      description = "Volume bought at the high that an unfinished auction exceeds, 0 to 1e18.",
      min = "0")
  double filter_high() default 0;

  @AttributeDefinition(
      name = "Filter at the low (base units)",
      description = "Volume sold at the low that an unfinished auction exceeds, 0 to 1e18.",
      min = "0")
  double filter_low() default 0;

  @AttributeDefinition(
      name = "Low ratio up to",
      description = "Up to this a ratio is LOW, 0 to 1000000.",
      min = "0",
      max = "1000000")
  double ratio_low() default 0.71;

  @AttributeDefinition(
      name = "Neutral ratio up to",
      description = "Up to this a ratio is NEUTRAL, above it HIGH, 0 to 1000000.",
      min = "0",
      max = "1000000")
  double ratio_neutral() default 29;
}
