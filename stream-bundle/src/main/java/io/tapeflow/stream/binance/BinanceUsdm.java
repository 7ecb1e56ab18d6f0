package io.tapeflow.stream.binance;

import io.tapeflow.api.venue.VenueProtocol;
import org.osgi.service.component.annotations.Component;

/** Binance USD-M futures. */
@Component(
    service = VenueProtocol.class,
    property = VenueProtocol.VENUE + "=" + BinanceDialect.USDM_NAME)
public final class BinanceUsdm extends BinanceProtocol {
  /** For the registry. */
  public BinanceUsdm() {
    super(BinanceDialect.USDM);
  }
}
