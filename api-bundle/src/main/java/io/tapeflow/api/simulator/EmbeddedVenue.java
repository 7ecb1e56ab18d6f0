package io.tapeflow.api.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
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
   * @return a {@code ws} or {@code wss} address without a path
   */
  URI streamEndpoint();

  /**
   * Where it answers REST requests.
   *
   * @return an {@code http} or {@code https} address without a path
   */
  URI restEndpoint();

  /**
   * The venue's own certificate, if it speaks TLS.
   *
   * @return a PKCS#12 file with the password {@code tapeflow}, which goes when the venue does;
   *     empty if the venue does not speak TLS
   */
  Optional<Path> truststore();

  /**
   * Switches a fault on, in place of one of the same kind and symbol. Faults of different kinds add
   * up. Of two of one kind, the one that names a symbol holds for that symbol.
   *
   * <p>What is done at once, a {@link FaultKind#CLOSE}, {@link FaultKind#SERVER_SHUTDOWN} or {@link
   * FaultKind#SILENT_SYMBOL}, does not count as on afterwards.
   *
   * @param fault what to do
   * @throws IllegalArgumentException if its number or symbol is not one for its kind
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
   * Lets an archive be played so far and then wait, so that whoever reads it at the far end sets
   * the pace. Without a call, only the sockets do.
   *
   * @param symbol of the archive
   * @param trades how many may be printed in all, give or take a few hundred
   * @throws IllegalArgumentException if the symbol is not listed
   */
  void allow(String symbol, long trades);

  /**
   * The venue's own account.
   *
   * @return a snapshot; never null
   */
  VenueAccount account();
}
