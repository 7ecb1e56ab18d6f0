package io.tapeflow.metrics.footprint;

import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;

/**
 * A row at which one side traded far more than the other did in the diagonal row.
 *
 * @param row index in the footprint; of the aggressor's side
 * @param side of the aggressor
 * @param volume of that side in that row
 * @param against volume of the other side one row below a buy, above a sell
 */
record Imbalance(int row, Side side, BigDecimal volume, BigDecimal against) {}
