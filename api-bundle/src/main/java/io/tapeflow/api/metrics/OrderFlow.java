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
}
