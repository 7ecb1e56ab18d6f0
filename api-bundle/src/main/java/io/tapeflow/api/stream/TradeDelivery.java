package io.tapeflow.api.stream;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The delivery of trades to listeners, as a service that says how each of them keeps up. */
@ProviderType
public interface TradeDelivery {
  /**
   * The listeners served now.
   *
   * @return a snapshot, in the order in which they were bound; may be called from any thread
   */
  List<ListenerStatus> listeners();
}
