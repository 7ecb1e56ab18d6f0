package io.tapeflow.simulator;

import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * An aggregate trade as the venue prints it. Prices are whole numbers of 1e-8, the eight decimals
 * that the venue writes; so are quantities, unless they are so large that a long does not hold
 * them.
 *
 * @param id the aggregate id
 * @param priceE8 price in 1e-8
 * @param units base quantity, as a whole number of units
 * @param netUnits that without retail price improvement, which only futures tell apart
 * @param decimals how many of a unit's digits are behind the point, 0 to 8
 * @param firstTradeId id of the first single trade in it
 * @param lastTradeId id of the last single trade in it
 * @param timeMicros exchange time in microseconds since the epoch
 * @param aggressor the taker's side
 */
public record AggTrade(
    long id,
    long priceE8,
    long units,
    long netUnits,
    int decimals,
    long firstTradeId,
    long lastTradeId,
    long timeMicros,
    Side aggressor) {

  /** Checks that there is an aggressor. */
  public AggTrade {
    Objects.requireNonNull(aggressor, "aggressor");
    Objects.checkIndex(decimals, E8.DECIMALS + 1);
  }

  /** A trade without retail price improvement, of a quantity in 1e-8. */
  public AggTrade(
      long id,
      long priceE8,
      long quantityE8,
      long firstTradeId,
      long lastTradeId,
      long timeMicros,
      Side aggressor) {
    this(
        id,
        priceE8,
        quantityE8,
        quantityE8,
        E8.DECIMALS,
        firstTradeId,
        lastTradeId,
        timeMicros,
        aggressor);
  }

  /** The same trade, of which only a part is without retail price improvement. */
  public AggTrade withNet(String quantity) {
    return new AggTrade(
        id,
        priceE8,
        units,
        new BigDecimal(quantity).movePointRight(decimals).longValueExact(),
        decimals,
        firstTradeId,
        lastTradeId,
        timeMicros,
        aggressor);
  }

  /** A trade of one fill, whose trade id is the aggregate id. */
  public static AggTrade of(
      long id, String price, String quantity, Side aggressor, long timeMicros) {
    return new AggTrade(id, E8.parse(price), E8.parse(quantity), id, id, timeMicros, aggressor);
  }

  /** The price as a decimal. */
  public BigDecimal price() {
    return E8.decimal(priceE8);
  }

  /** The base quantity as a decimal. */
  public BigDecimal quantity() {
    return BigDecimal.valueOf(units, decimals);
  }

  /**
   * The same trade; if it has no price or no quantity, then with the mark that the venue gives to
   * what is no trade: it has no fills.
   */
  AggTrade marked() {
    return priceE8 > 0 && units > 0
        ? this
        : new AggTrade(id, priceE8, units, netUnits, decimals, -1, -1, timeMicros, aggressor);
  }

  /** The same trade, later by some ids and some time: turns a relative trade into a real one. */
  AggTrade shifted(long ids, long tradeIds, long micros) {
    return new AggTrade(
        id + ids,
        priceE8,
        units,
        netUnits,
        decimals,
        firstTradeId + tradeIds,
        lastTradeId + tradeIds,
        timeMicros + micros,
        aggressor);
  }
}
