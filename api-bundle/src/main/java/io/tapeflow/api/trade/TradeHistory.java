package io.tapeflow.api.trade;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The latest trades of one instrument, bounded by time, count and bytes.
 *
 * <p>Reading never stops the writer, and any thread may read. What a call returns stays as it is; a
 * later call may see newer trades and fewer old ones.
 */
@ProviderType
public interface TradeHistory {
  /**
   * What was traded.
   *
   * @return the instrument; never null
   */
  Instrument instrument();

  /**
   * The newest trades.
   *
   * @param count how many at the most; not negative
   * @return up to {@code count} trades, oldest first; empty if there are none
   * @throws IllegalArgumentException if {@code count} is negative
   */
  TradeBatch latest(int count);

  /**
   * Trades from an id on.
   *
   * @param firstId the first id wanted; if history no longer holds it, reading begins with the
   *     oldest trade that it holds
   * @param count how many at the most; not negative
   * @return up to {@code count} trades, oldest first; empty if there are none from that id on
   * @throws IllegalArgumentException if {@code count} is negative
   */
  TradeBatch from(long firstId, int count);

  /**
   * Ids that may be those of trades, but are not held: the venue's stream skipped them, and they
   * are still being asked for. Other ids between two trades were given to no trade.
   *
   * @param firstId the first id asked about
   * @param lastId the last id asked about
   * @return gaps of cause {@link TradeGap.Cause#MISSING}, ascending, none reaching beyond the ids
   *     asked about; empty if nothing is missing
   */
  List<TradeGap> gaps(long firstId, long lastId);

  /**
   * Number of trades held now.
   *
   * @return 0 or more
   */
  long size();

  /**
   * The memory that this history holds.
   *
   * @return bytes of trade data, headers of the objects left out
   */
  long bytes();
}
