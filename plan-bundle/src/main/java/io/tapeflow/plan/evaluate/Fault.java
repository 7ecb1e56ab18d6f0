package io.tapeflow.plan.evaluate;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;

/**
 * Why something cannot be told.
 *
 * @param reason in words
 * @param kind the same without the numbers that change from trade to trade
 */
public record Fault(String reason, String kind) {
  /** Why a metric must not be acted upon. */
  public static Fault of(MetricValue value) {
    if (value.status() == MetricStatus.OK && !value.complete()) {
      return new Fault(
          value.name() + " is incomplete: ids are missing in it", value.name() + " incomplete");
    }
    String why = value.reason().isEmpty() ? "" : ": " + value.reason();
    return new Fault(
        value.name() + " is " + value.status() + why, value.name() + ' ' + value.status());
  }

  static Fault of(String reason) {
    return new Fault(reason, reason);
  }

  /** Of a plan that cannot be told because of it. */
  public Standing standing() {
    return Standing.blocked(reason, kind);
  }
}
