package io.tapeflow.stream.binance;

import io.tapeflow.api.venue.VenueProtocol;
import org.osgi.service.component.annotations.Component;

/** Binance spot. */
@Component(
    service = VenueProtocol.class,
    property = VenueProtocol.VENUE + "=" + BinanceDialect.SPOT_NAME)
public final class BinanceSpot extends BinanceProtocol {
  /** For the registry. */
  public BinanceSpot() {
    super(BinanceDialect.SPOT);
  }
}
