package io.tapeflow.api.metrics;

import io.tapeflow.api.trade.Instrument;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sees metrics as they are at each single trade. Register an implementation as a service.
 *
 * <p>Calls come from the thread that feeds the metrics, with no lock held, so no two calls for an
 * instrument overlap, and a listener that blocks holds up the metrics. Each trade is shown once, in
 * the order of ids, from the first one behind the registration on. What a listener throws is logged
 * and loses nothing else.
 *
 * <p>Values are as of the trade: time is that of the trade, so they are never stale, and the same
 * trades give the same values live, replayed and in an {@link OrderFlowBatch}. When late trades
 * close a gap, trades that were shown before are not shown again; those that follow rest on all.
 */
@ConsumerType
public interface OrderFlowListener {
  /**
   * Which metrics it wants to see. Asked ahead of each batch of trades, so it must return at once,
   * and the same list for as long as nothing has changed. Each metric costs time at each trade.
   *
   * @param instrument whose trades have come
   * @return names, such as {@code delta.60s}; empty if it does not want to be called for this
   *     instrument. A name that is not known gives values that say so
   */
  List<String> metrics(Instrument instrument);

  /**
   * Trades, with the metrics at each of them.
   *
   * @param moments at least one
   */
  void onMoments(FlowMoments moments);
}
