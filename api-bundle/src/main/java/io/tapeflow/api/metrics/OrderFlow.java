package io.tapeflow.api.metrics;

import io.tapeflow.api.trade.Instrument;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Order-flow metrics of all instruments. All methods return at once, may be called from any thread,
 * and never hold up the trades.
 */
@ProviderType
public interface OrderFlow {
  /**
   * The instruments of which trades have come or a stream says that they will.
   *
   * @return in the order of their keys
   */
  List<Instrument> instruments();

  /**
   * All metrics of an instrument, as of now.
   *
   * @param instrument its symbol where that is unambiguous, or {@code venue:symbol}
   * @return never null; of status {@link MetricStatus#UNKNOWN_INSTRUMENT} if there is no such
   *     instrument or several venues have one of this name
   */
  MetricSnapshot snapshot(String instrument);

  /**
   * One metric of an instrument, as of now. Cheaper than a snapshot of all of them.
   *
   * @param instrument as for {@link #snapshot}
   * @param name such as {@code delta.60s}
   * @return never null; of the status and reason that say why there is no value, if there is none
   */
  default MetricValue metric(String instrument, String name) {
    return snapshot(instrument).metric(name);
  }

  /**
   * What the metrics of an instrument are.
   *
   * @param instrument as for {@link #snapshot}
   * @return in the order of the snapshot; empty if there is no such instrument
   */
  List<MetricInfo> metrics(String instrument);

  /**
   * What is wrong with the families of an instrument, for whoever installs them: one that has
   * failed, or that loses metrics to another with the same names.
   *
   * @param instrument as for {@link #snapshot}
   * @return one line for each fault, naming the family; most often empty
   */
  default List<String> faults(String instrument) {
    return List.of();
  }
}
