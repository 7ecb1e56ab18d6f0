package io.tapeflow.api.stream;

import io.tapeflow.api.trade.TradeHistory;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A connection to a venue. There is one such service for each configuration of the stream
 * connector, from the activation of the configuration on, whether or not the connection works.
 *
 * <p>All methods return at once and may be called from any thread.
 */
@ProviderType
public interface TradeStream {
  /** Service property, {@code String}: the venue's name. */
  String VENUE = "venue";

  /**
   * What the connection is doing now.
   *
   * @return a snapshot; never null
   */
  StreamStatus status();

  /**
   * The same with the account of one instrument alone, for whoever asks about one of many: from
   * Tapeflow's connector it costs the same however many instruments there are.
   *
   * @param instrument its symbol, or {@code venue:symbol}
   * @return a snapshot, without any account if this stream does not know the instrument; never null
   */
  default StreamStatus status(String instrument) {
    return status().of(instrument);
  }

  /**
   * Closes the connection, if there is one, and begins a new attempt at once, without waiting for a
   * back-off to end. Does nothing on a stream that is stopped.
   */
  void reconnect();

  /**
   * The history of one instrument.
   *
   * @param instrument its symbol, or {@code venue:symbol}
   * @return its history, or empty if this stream does not carry the instrument
   */
  Optional<TradeHistory> history(String instrument);
}
