package io.tapeflow.metrics.vpin;

import io.tapeflow.metrics.family.FamilySettings;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What VPIN is computed with.
 *
 * @param bucketVolume base units in a bucket; 0 to take it from the trailing 24 hours
 * @param bucketsPerDay into how many buckets the volume of 24 hours goes, if it is taken from it
 * @param buckets how many buckets VPIN is over
 * @param ranked over how many of its latest values its rank is
 * @param barSeconds length of the bars of bulk-volume classification
 * @param sigmaBars over how many price changes their standard deviation is
 * @param tickRule whether there is a series by the tick rule as well
 */
record VpinSettings(
    BigDecimal bucketVolume,
    int bucketsPerDay,
    int buckets,
    int ranked,
    int barSeconds,
    int sigmaBars,
    Switch tickRule) {
  /** What may be left out, because nobody needs it who has the venue's own sides. */
  enum Switch {
    /** It is there. */
    ON,
    /** It is not. */
    OFF
  }

  static final VpinSettings DEFAULT =
      new VpinSettings(BigDecimal.ZERO, 50, 50, 5_000, 60, 390, Switch.OFF);

  static VpinSettings of(String pid, Map<String, ?> properties) {
    FamilySettings settings = new FamilySettings(pid, properties);
    return new VpinSettings(
        settings.decimal("bucket.volume", "0", "1e15", DEFAULT.bucketVolume),
        settings.whole("buckets.per.day", 1, 10_000, DEFAULT.bucketsPerDay),
        settings.whole("buckets", 1, 1_000, DEFAULT.buckets),
        settings.whole("rank.buckets", 1, 20_000, DEFAULT.ranked),
        settings.whole("bvc.bar.seconds", 1, 3_600, DEFAULT.barSeconds),
        settings.whole("bvc.sigma.bars", 2, 10_000, DEFAULT.sigmaBars),
        settings.word("tick.rule", Switch.class, DEFAULT.tickRule));
  }
}
