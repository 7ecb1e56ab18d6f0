package io.tapeflow.api.metrics;

import io.tapeflow.api.trade.Instrument;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A family of metrics. Register an implementation as a service, and its metrics appear in the
 * snapshots of every instrument and so in all views; unregister it, and they go. A family whose
 * service is registered anew, such as after a change of its configuration, is computed anew from
 * history; the others are not touched.
 *
 * <p>Names of metrics are unique. Of two families that announce the same one, that whose own name
 * comes first has it, and {@link OrderFlow#faults} names the other; the metrics that are always
 * there are lost to nobody.
 *
 * <p>{@link #create} may be called from any thread, for several instruments at the same time.
 */
@ConsumerType
public interface MetricFactory {
  /**
   * Service property, {@code String}: the family's name, such as {@code footprint}. Without it: the
   * class name. If two services have the same name, the one of the higher ranking counts.
   */
  String FAMILY = "tapeflow.metric.family";

  /**
   * Makes the calculator of one instrument.
   *
   * @param instrument with the scales of its numbers
   * @return a new calculator
   */
  MetricCalculator create(Instrument instrument);
}
