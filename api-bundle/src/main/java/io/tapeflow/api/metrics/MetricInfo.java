package io.tapeflow.api.metrics;

import java.util.Objects;

/**
 * What a metric is.
 *
 * @param name dotted, with the window or anchor last, such as {@code delta.60s}
 * @param unit {@code base}, {@code quote}, {@code price}, {@code ratio}, {@code percent}, {@code
 *     1/s}, {@code trades}, {@code word}, {@code rows} and so on
 * @param description one sentence, with the parameters in force
 * @param provenance how the aggressor's side is known
 */
public record MetricInfo(String name, String unit, String description, Provenance provenance) {
  /** Checks that nothing is null. */
  public MetricInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(provenance, "provenance");
  }

  /**
   * A metric that rests on the venue's own flag of the aggressor.
   *
   * @param name as in the record
   * @param unit as in the record
   * @param description as in the record
   */
  public MetricInfo(String name, String unit, String description) {
    this(name, unit, description, Provenance.AGGRESSOR_EXACT);
  }
}
