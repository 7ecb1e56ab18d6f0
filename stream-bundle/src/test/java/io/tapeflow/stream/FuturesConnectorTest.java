package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.simulator.Dialect;
import io.tapeflow.simulator.Venue;
import io.tapeflow.simulator.VenueSettings;
import io.tapeflow.stream.binance.BinanceUsdm;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** USD-M futures through a connector. */
class FuturesConnectorTest {
  @ParameterizedTest
  @ValueSource(strings = {"q", "nq"})
  void tradesFlowWithEitherQuantityAndNoneIsMissing(String quantity) {
    try (Venue venue = venue()) {
      // Each request for trades takes 20 of the 2400 a minute, so few are left out.
      venue.switchOn(new VenueFault(FaultKind.DROP, 100));
      try (ConnectorRig rig = rig(venue, Map.of("quantity", quantity))) {
        rig.awaitDelivered("BTCUSDT", 300);
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () ->
                    rig.instrument("BTCUSDT").repaired() > 0
                        && rig.instrument("BTCUSDT").unrepaired() == 0);
        // Trades that are retail price improvement alone have an id, and no quantity that counts.
        assertThat(rig.instrument("BTCUSDT").absent() > 0).isEqualTo(quantity.equals("nq"));
        assertThat(rig.status().options()).containsEntry("quantity", quantity);
        rig.stop();
      }
    }
  }

  @Test
  void aWrongRouteIsDiagnosedInWords() {
    try (Venue venue = venue();
        ConnectorRig rig = rig(venue, Map.of("route", "none"))) {
      await().atMost(Duration.ofSeconds(20)).until(() -> rig.status().lastError() != null);
      assertThat(rig.status().lastError().kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(rig.status().lastError().phase()).isEqualTo(ConnectionPhase.FIRST_DATA);
      assertThat(rig.status().lastError().message())
          .contains("The route of " + venue.streamEndpoint() + "/stream is wrong")
          .contains("only under /market")
          .contains("route=market");
      assertThat(rig.status().state()).isNotEqualTo(StreamState.LIVE);
      rig.stop();
    }
  }

  private static Venue venue() {
    return Venue.start(VenueSettings.generated("BTCUSDT").dialect(Dialect.USDM).rate(300).build());
  }

  private static ConnectorRig rig(Venue venue, Map<String, String> options) {
    return ConnectorRig.to(
        ConnectorRig.settings(venue.streamEndpoint(), venue.restEndpoint(), "BTCUSDT"),
        new BinanceUsdm().with(options));
  }
}
