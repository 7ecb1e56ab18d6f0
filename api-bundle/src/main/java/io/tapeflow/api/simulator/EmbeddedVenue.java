package io.tapeflow.api.simulator;

import java.net.URI;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An exchange inside this process, on loopback sockets, that speaks Binance's protocol. One such
 * service for each configuration of the simulator. May be used from any thread.
 */
@ProviderType
public interface EmbeddedVenue {
  /**
   * Where it streams.
   *
   * @return a {@code ws} address without a path
   */
  URI streamEndpoint();

  /**
   * Where it answers REST requests.
   *
   * @return an {@code http} address without a path
   */
  URI restEndpoint();

  /**
   * Switches a fault on, in place of one of the same kind. Faults of different kinds add up.
   *
   * @param fault what to do
   */
  void switchOn(VenueFault fault);

  /** Switches all faults off. Connections that a fault holds are cut. */
  void clearFaults();

  /**
   * The faults that are on.
   *
   * @return a snapshot
   */
  Set<VenueFault> faults();

  /**
   * The venue's own account.
   *
   * @return a snapshot; never null
   */
  VenueAccount account();
}
