package io.tapeflow.metrics.footprint;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.family.FamilySettings;
import java.util.List;

/**
 * How large a row of prices is: so many ticks, or chosen from the price by a fixed rule: the
 * largest power of ten ticks that is not more than 1/4000 of the price, at least one tick. So a row
 * is 0.25 to 2.5 basis points: 10 at a price of 64 000, 0.1 at 2 500. Being powers of ten, the rows
 * of a lower price always merge into those of a higher one.
 *
 * @param ticks per row; 0 for the rule
 */
public record RowRule(int ticks) {
  /** Rows chosen from the price. */
  public static final RowRule AUTO = new RowRule(0);

  private static final long FRACTION = 4_000;
  private static final int MOST = 1_000_000;

  /** What a property says: a number of ticks, or {@code auto}. */
  public static RowRule of(FamilySettings settings, String property, RowRule fallback) {
    return settings
        .parsed(property, RowRule::parse, "auto, or ticks from 1 to " + MOST, 1, List.of(fallback))
        .get(0);
  }

  /**
   * The size of a row.
   *
   * @param price for the rule, fixed-point
   * @return fixed-point
   */
  public long size(Instrument instrument, long price) {
    if (ticks > 0) {
      return Math.multiplyExact(ticks, instrument.priceTick());
    }
    long size = instrument.priceTick();
    while (size <= price / FRACTION / 10) {
      size *= 10;
    }
    return size;
  }

  /** The rule in words. */
  public String words() {
    return ticks == 0 ? "rows chosen from the price" : "rows of " + ticks + " ticks";
  }

  private static RowRule parse(String text) {
    if (text.equalsIgnoreCase("auto")) {
      return AUTO;
    }
    int ticks = Integer.parseInt(text);
    if (ticks < 1 || ticks > MOST) {
      throw new IllegalArgumentException(text);
    }
    return new RowRule(ticks);
  }
}
