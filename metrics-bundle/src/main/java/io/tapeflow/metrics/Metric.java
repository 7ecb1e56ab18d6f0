package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricInfo;
import java.math.BigDecimal;
import java.util.function.Function;

/**
 * One metric of a scope.
 *
 * @param info what it is
 * @param formula gives a decimal or a word, or null where there is no value
 * @param absence why there is none then, in words
 */
record Metric(MetricInfo info, Function<Stretch, Object> formula, String absence) {

  String name() {
    return info.name();
  }

  Readout.Raw of(Stretch stretch) {
    try {
      Object value = formula.apply(stretch);
      return new Readout.Raw(plain(value), value == null ? absence : "", stretch.basis());
    } catch (ArithmeticException e) {
      return new Readout.Raw(null, e.getMessage(), stretch.basis());
    }
  }

  private static Object plain(Object value) {
    return value instanceof BigDecimal number ? Readout.plain(number) : value;
  }
}
