package io.tapeflow.api.plan;

import io.tapeflow.api.metrics.MetricRow;
import java.math.BigDecimal;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A trade, and the metrics of its instrument as they were with it. Only good during the call to
 * which it was given. A metric is named by its index in {@link Condition#metrics()}; one of another
 * type than the method's throws {@link IllegalStateException}, which takes the condition out until
 * it is made anew.
 */
@ProviderType
public interface ConditionMoment {
  /**
   * The trade.
   *
   * @return aggregate trade id
   */
  long tradeId();

  /**
   * Exchange time of the trade.
   *
   * @return microseconds since the epoch; not before that of the trade before
   */
  long timeMicros();

  /**
   * Price of the trade.
   *
   * @return quote units
   */
  BigDecimal price();

  /**
   * A metric that is a number.
   *
   * @param metric index
   * @return its value
   */
  BigDecimal number(int metric);

  /**
   * A metric that is a word.
   *
   * @param metric index
   * @return its value
   */
  String word(int metric);

  /**
   * A metric that is a table.
   *
   * @param metric index
   * @return its rows
   */
  List<MetricRow> rows(int metric);
}
