package io.tapeflow.api.metrics;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Consecutive trades of one instrument, oldest first, with the wanted metrics as they were at each
 * of them. Trades that order flow leaves out, such as block trades, are not among them.
 *
 * <p>Immutable and safe for any thread. A moment is from 0 to {@link #size()} - 1, a metric from 0
 * to the number of names - 1; others throw {@link IndexOutOfBoundsException}.
 */
@ProviderType
public interface FlowMoments {
  /**
   * What was traded, and the scales of the numbers.
   *
   * @return the instrument
   */
  Instrument instrument();

  /**
   * The metrics.
   *
   * @return the very list that {@link OrderFlowListener#metrics} gave
   */
  List<String> metrics();

  /**
   * Number of trades.
   *
   * @return 1 or more
   */
  int size();

  /**
   * Aggregate trade id.
   *
   * @param moment of the trade
   * @return the id, ascending with the moment
   */
  long id(int moment);

  /**
   * Exchange time.
   *
   * @param moment of the trade
   * @return microseconds since the epoch, as windows end: not before that of the trade before
   */
  long timeMicros(int moment);

  /**
   * Local time of receipt.
   *
   * @param moment of the trade
   * @return microseconds since the epoch
   */
  long receivedMicros(int moment);

  /**
   * Price.
   *
   * @param moment of the trade
   * @return fixed-point at the instrument's price scale
   */
  long price(int moment);

  /**
   * Aggressor.
   *
   * @param moment of the trade
   * @return the side that took liquidity
   */
  Side aggressor(int moment);

  /**
   * Whether it was fetched.
   *
   * @param moment of the trade
   * @return true if it did not come by the live stream
   */
  boolean repaired(int moment);

  /**
   * The value of a metric, if it may be acted upon. Cheaper than {@link #value}.
   *
   * @param moment of the trade
   * @param metric index in {@link #metrics()}
   * @return as {@link MetricValue#value()}; null if the metric is not OK, not complete, or not
   *     known
   */
  Object usable(int moment, int metric);

  /**
   * A metric with all that is known of it.
   *
   * @param moment of the trade
   * @param metric index in {@link #metrics()}
   * @return never null
   */
  MetricValue value(int moment, int metric);
}
