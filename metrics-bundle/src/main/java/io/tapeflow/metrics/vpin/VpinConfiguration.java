package io.tapeflow.metrics.vpin;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. {@link VpinSettings} reads and checks the values. */
@ObjectClassDefinition(
    name = "Tapeflow metrics: VPIN",
    description = "Volume-synchronised probability of informed trading.")
@interface VpinConfiguration {
  @AttributeDefinition(
      name = "Bucket volume (base units)",
      description =
          "Volume of a bucket, 0 to 1e15. 0 takes the volume of the trailing 24 hours, divided by"
              + " the buckets per day.",
      min = "0",
      max = "1000000000000000")
  String bucket_volume() default "0";

  @AttributeDefinition(
      name = "Buckets per day",
      description = "What the volume of 24 hours is divided by, 1 to 10000.",
      min = "1",
      max = "10000")
  int buckets_per_day() default 50;

  @AttributeDefinition(
      name = "Buckets",
      description = "How many of the latest buckets VPIN is over, 1 to 1000.",
      min = "1",
      max = "1000")
  int buckets() default 50;

  @AttributeDefinition(
      name = "Buckets ranked",
      description = "Over how many of the latest values of VPIN its rank is, 1 to 20000.",
      min = "1",
      max = "20000")
  int rank_buckets() default 5_000;

  @AttributeDefinition(
      name = "Bar of bulk-volume classification (s)",
      description = "Length of the bars whose volume is classified as a whole, 1 to 3600 seconds.",
      min = "1",
      max = "3600")
  int bvc_bar_seconds() default 60;

  @AttributeDefinition(
      name = "Bars of sigma",
      description =
          "Over how many of the latest price changes their standard deviation is, 2 to 10000.",
      min = "2",
      max = "10000")
  int bvc_sigma_bars() default 390;

  @AttributeDefinition(
      name = "Tick rule",
      description =
          "ON for a series in which the last change of price says who the aggressor was, OFF for"
              + " none.")
  String tick_rule() default "OFF";
}
