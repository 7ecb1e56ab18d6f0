package io.tapeflow.metrics.large;

import io.tapeflow.api.trade.Instrument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** The tiers as numbers at an instrument's scales. */
public final class Tiers {
  /** The tier of an order that reaches none, or of an instrument that has none. */
  public static final int NONE = -1;

  private final long[] high;
  private final long[] low;

  /** The tiers of an instrument; none if they do not apply to it. */
  public Tiers(TierSettings settings, Instrument instrument) {
    List<BigDecimal> bounds = settings.appliesTo(instrument) ? settings.quote() : List.of();
    int scale = instrument.priceScale() + instrument.quantityScale();
    high = new long[bounds.size()];
    low = new long[bounds.size()];
    for (int i = 0; i < high.length; i++) {
      BigInteger bound =
          bounds.get(i).movePointRight(scale).setScale(0, RoundingMode.CEILING).toBigInteger();
      // A bound that no order can reach stays one.
      boolean reachable = bound.bitLength() < 127;
      high[i] = reachable ? bound.shiftRight(Long.SIZE).longValue() : Long.MAX_VALUE;
      low[i] = reachable ? bound.longValue() : -1;
    }
  }

  /** The highest tier that an order reaches. */
  public int of(Parent parent) {
    int tier = NONE;
    while (tier + 1 < high.length && reaches(parent, tier + 1)) {
      tier++;
    }
    return tier;
  }

  private boolean reaches(Parent parent, int tier) {
    int byHigh = Long.compare(parent.valueHigh(), high[tier]);
    return byHigh > 0 || (byHigh == 0 && Long.compareUnsigned(parent.valueLow(), low[tier]) >= 0);
  }
}
