package io.tapeflow.api.metrics;

import java.math.BigDecimal;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the values of a {@link MetricCalculator}. A name that the calculator did not announce is an
 * error; one that it leaves out is shown as having no data.
 */
@ProviderType
public interface MetricReadout {
  /**
   * The moment for which values are asked: the exchange time of the last trade and what has passed
   * since.
   *
   * @return microseconds since the epoch; not before the last trade
   */
  long nowMicros();

  /**
   * Whether a metric is looked at. What is given for one that is not is dropped, so a calculator
   * may leave out what is costly and nobody wants.
   *
   * @param name of the metric
   * @return true if it has to be given
   */
  default boolean wants(String name) {
    return true;
  }

  /**
   * An exact number.
   *
   * @param name of the metric
   * @param value the number
   * @param basis what it rests on
   */
  void number(String name, BigDecimal value, MetricBasis basis);

  /**
   * A number that is not exact. One that is not finite is shown as having no data.
   *
   * @param name of the metric
   * @param value the number
   * @param basis what it rests on
   */
  void number(String name, double value, MetricBasis basis);

  /**
   * A word, such as a side.
   *
   * @param name of the metric
   * @param value the word
   * @param basis what it rests on
   */
  void word(String name, String value, MetricBasis basis);

  /**
   * A table.
   *
   * @param name of the metric
   * @param rows in the order of the documentation; may be empty
   * @param basis what it rests on
   */
  void rows(String name, List<MetricRow> rows, MetricBasis basis);

  /**
   * There is no value, such as a ratio to nothing.
   *
   * @param name of the metric
   * @param reason why not, in words
   * @param basis what the absence rests on
   */
  void absent(String name, String reason, MetricBasis basis);
}
