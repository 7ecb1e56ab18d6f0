package io.tapeflow.api.metrics;

import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Computes the metrics of trades that are given to it, as {@link OrderFlow} does of those that come
 * through a stream, but apart from all streams and clocks: time is that of the trades, so the same
 * trades give the same values, to the last digit, whenever and however fast they are given.
 *
 * <p>A service of prototype scope: each {@code ServiceObjects.getService()} gives a new one that
 * has had no trade. It has the configuration and the families of the moment at which it was made.
 *
 * <p>For one thread.
 */
@ProviderType
public interface OrderFlowBatch {
  /**
   * The next trades of an instrument. Their ids ascend.
   *
   * @param trades may be empty
   */
  void trades(TradeBatch trades);

  /**
   * Ids are missing between the last trade and the next.
   *
   * @param gap which ones
   */
  void gap(TradeGap gap);

  /**
   * All metrics of an instrument, as of its last trade.
   *
   * @param instrument as for {@link OrderFlow#snapshot}
   * @return never null; never stale, because no time passes but from trade to trade
   */
  MetricSnapshot snapshot(String instrument);

  /**
   * All metrics of an instrument, as of a moment at which nothing more has been traded: what {@link
   * OrderFlow#snapshot} says, or said, at that moment.
   *
   * @param instrument as for {@link OrderFlow#snapshot}
   * @param asOf exchange time, such as {@link MetricSnapshot#asOf} of another snapshot; before the
   *     last trade, it is taken for the time of that
   * @return never null; stale if the last trade is too long ago by then
   */
  MetricSnapshot snapshot(String instrument, Instant asOf);

  /**
   * What the metrics of an instrument are.
   *
   * @param instrument as for {@link OrderFlow#snapshot}
   * @return in the order of the snapshot; empty if there has been no trade of it
   */
  List<MetricInfo> metrics(String instrument);

  /**
   * Shows a listener the metrics at each single trade that is given from now on, as a live one is
   * shown them; it is called during {@link #trades}.
   *
   * @param listener who is to see them; none but the last one given is shown anything
   */
  void show(OrderFlowListener listener);
}
