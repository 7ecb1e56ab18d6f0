package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.simulator.Venue;
import io.tapeflow.simulator.VenueSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsConnectorTest {
  @Test
  void tradesFlowOverTlsToWhoTrustsTheVenueAndMissingOnesAreFetchedOverTls() throws Exception {
    try (Venue venue = venue("127.0.0.1")) {
      venue.switchOn(new VenueFault(FaultKind.DROP, 20));
      try (ConnectorRig rig = ConnectorRig.to(settings(venue, trust(venue)))) {
        rig.awaitDelivered("BTCUSDT", 200);
        assertThat(rig.instrument("BTCUSDT").repaired()).isPositive();
        assertThat(rig.instrument("BTCUSDT").unrepaired()).isZero();
        rig.stop();
      }
    }
  }

  @Test
  void aVenueThatNobodyVouchesForIsRefusedAndTheStatusSaysWhy() {
    try (Venue venue = venue("127.0.0.1");
        ConnectorRig rig = ConnectorRig.to(settings(venue, TlsTrust.OF_JAVA))) {
      awaitTlsError(rig);
      rig.stop();
    }
  }

  @Test
  void aTrustedCertificateForAnotherHostIsRefused() throws Exception {
    try (Venue venue = venue("other.example");
        ConnectorRig rig = ConnectorRig.to(settings(venue, trust(venue)))) {
      awaitTlsError(rig);
      rig.stop();
    }
  }

  @Test
  void aTrustStoreMustHoldACertificateAndItsPasswordIsNotShown(@TempDir Path folder)
      throws Exception {
    Path text = Files.writeString(folder.resolve("trust.p12"), "no trust store");
    assertThatThrownBy(() -> TlsTrust.in(text, "secret")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> TlsTrust.in(folder.resolve("none"), "secret"))
        .isInstanceOf(IOException.class);
    try (Venue venue = venue("127.0.0.1")) {
      Path file = venue.truststore().orElseThrow();
      assertThatThrownBy(() -> TlsTrust.in(file, "wrong")).isInstanceOf(IOException.class);
      TlsTrust trust = TlsTrust.in(file, "tapeflow");
      assertThat(trust).isEqualTo(trust(venue)).isNotEqualTo(TlsTrust.OF_JAVA);
      assertThat(trust.toString()).contains(file.toString()).doesNotEndWith("tapeflow");
    }
  }

  private static void awaitTlsError(ConnectorRig rig) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> rig.status().lastError() != null && rig.status().attempts().failed() > 0);
    assertThat(rig.status().lastError().kind()).isEqualTo(ErrorKind.TLS);
    assertThat(rig.status().state()).isNotEqualTo(StreamState.LIVE);
  }

  private static Venue venue(String host) {
    return Venue.start(VenueSettings.generated("BTCUSDT").rate(200).tlsHost(host).build());
  }

  private static TlsTrust trust(Venue venue) throws IOException {
    return TlsTrust.in(venue.truststore().orElseThrow(), "tapeflow");
  }

  private static StreamSettings settings(Venue venue, TlsTrust trust) {
    return ConnectorRig.withConnectTimeout(
        ConnectorRig.withTrust(
            ConnectorRig.settings(venue.streamEndpoint(), venue.restEndpoint(), "BTCUSDT"), trust),
        Duration.ofSeconds(20));
  }
}
