package io.tapeflow.api.trade;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * One aggregate trade: the fills of a single taker order at one price, as the venue printed it.
 *
 * @param instrument what was traded, and the scales of the numbers below
 * @param id the venue's aggregate trade id; contiguous and ascending per instrument at venues whose
 *     gap rule is exact
 * @param price fixed-point, at the instrument's price scale; positive
 * @param quantity fixed-point, at the instrument's quantity scale; positive
 * @param timeMicros the exchange's time of the trade, microseconds since the epoch
 * @param receivedMicros when its frame was read from the socket, microseconds since the epoch by
 *     this machine's clock
 * @param aggressor the side that took liquidity
 * @param fills number of single fills it stands for; at least 1
 * @param repaired true if it did not come by the live stream but was fetched to close a gap
 * @param block true for a block trade, which order flow leaves out
 */
public record Trade(
    Instrument instrument,
    long id,
    long price,
    long quantity,
    long timeMicros,
    long receivedMicros,
    Side aggressor,
    int fills,
    boolean repaired,
    boolean block) {

  /** Checks that nothing is null. */
  public Trade {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(aggressor, "aggressor");
  }

  /**
   * The price as a decimal.
   *
   * @return quote units
   */
  public BigDecimal priceDecimal() {
    return instrument.price(price);
  }

  /**
   * The quantity as a decimal.
   *
   * @return base units (contracts where the venue trades contracts)
   */
  public BigDecimal quantityDecimal() {
    return instrument.quantity(quantity);
  }
}
