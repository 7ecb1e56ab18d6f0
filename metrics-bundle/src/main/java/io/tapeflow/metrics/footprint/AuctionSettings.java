package io.tapeflow.metrics.footprint;

import io.tapeflow.metrics.family.FamilySettings;
import java.math.BigDecimal;

/** What the ends of bars are judged by. */
record AuctionSettings(
    RowRule rule,
    BigDecimal filterHigh,
    BigDecimal filterLow,
    BigDecimal lowRatio,
    BigDecimal neutralRatio) {

  static AuctionSettings of(FamilySettings settings) {
    return new AuctionSettings(
        RowRule.of(settings, "row.ticks", new RowRule(1)),
        settings.decimal("filter.high", "0", "1e18", 0),
        settings.decimal("filter.low", "0", "1e18", 0),
        settings.decimal("ratio.low", "0", "1000000", 0.71),
        settings.decimal("ratio.neutral", "0", "1000000", 29));
  }

  String kind(BigDecimal ratio) {
    if (ratio.compareTo(lowRatio) <= 0) {
      return "LOW";
    }
    return ratio.compareTo(neutralRatio) <= 0 ? "NEUTRAL" : "HIGH";
  }
}
