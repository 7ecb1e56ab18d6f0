package io.tapeflow.metrics.footprint;

import io.tapeflow.metrics.family.FamilySettings;
import java.math.BigDecimal;
import java.util.List;

/**
 * What imbalances are found with.
 *
 * @param minVolume null for the percentile
 * @param absorptionVolume least volume of an absorbed stack
 * @param absorptionHalfLife seconds in which an absorption's zone loses half of its strength
 * @param absorptionZones how many of them are kept
 */
record ImbalanceSettings(
    RowRule rule,
    BigDecimal ratio,
    Diagonal.ZeroPolicy zeros,
    BigDecimal minVolume,
    int percentile,
    int percentileBars,
    int stack,
    int zoneBars,
    BigDecimal absorptionVolume,
    int absorptionHalfLife,
    int absorptionZones) {
  private static final String AUTO = "auto";
  private static final BigDecimal MOST = new BigDecimal("1e18");

  static ImbalanceSettings of(FamilySettings settings) {
    String volume =
        settings
            .parsed(
                "min.volume",
                ImbalanceSettings::volume,
                "auto, or a number above 0 to 1e18",
                1,
                List.of(AUTO))
            .get(0);
    return new ImbalanceSettings(
        RowRule.of(settings, "row.ticks", RowRule.AUTO),
        settings.decimal("ratio", "1", "1000", 3),
        settings.word("zeros", Diagonal.ZeroPolicy.class, Diagonal.ZeroPolicy.COUNT),
        volume.equals(AUTO) ? null : new BigDecimal(volume),
        settings.whole("percentile", 1, 99, 60),
        settings.whole("percentile.bars", 1, 200, 20),
        settings.whole("stack", 2, 100, 3),
        settings.whole("zone.bars", 1, 1_000, 10),
        settings.decimal("absorption.volume", "0", "1e18", 0),
        settings.whole("absorption.half.life.seconds", 1, 86_400, 600),
        settings.whole("absorption.zones", 1, 100, 20));
  }

  /** The least volume, in words. */
  String volumeWords() {
    return minVolume == null
        ? "percentile " + percentile + " of row volumes over " + percentileBars + " bars"
        : minVolume.toPlainString();
  }

  private static String volume(String text) {
    if (text.equalsIgnoreCase(AUTO)) {
      return AUTO;
    }
    BigDecimal number = new BigDecimal(text);
    if (number.signum() <= 0 || number.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
