package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.trade.Side;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

class TlsTest {
  @Test
  void bothPortsSpeakTlsToWhoTrustsTheVenue() throws Exception {
    Path truststore;
    try (Venue venue = venue("127.0.0.1")) {
      assertThat(venue.streamEndpoint().getScheme()).isEqualTo("wss");
      assertThat(venue.restEndpoint().getScheme()).isEqualTo("https");
      truststore = venue.truststore().orElseThrow();
      HttpClient http = trusting(truststore);
      try (TextClient client = TextClient.open(http, venue, "/ws/btcusdt@aggTrade")) {
        await().until(() -> !venue.account().subscriptions().isEmpty());
        venue.print("BTCUSDT", "64000.10", "0.5", Side.BUY);
        assertThat(client.next()).contains("\"a\":1,");
        assertThat(rest(http, venue)).contains("\"a\":1,");
        venue.switchOn(new VenueFault(FaultKind.CLOSE, 1_006));
        assertThat(client.closeCode()).isEqualTo(TextClient.NO_CLOSE_FRAME);
      }
    }
    assertThat(truststore.getParent()).doesNotExist();
  }

  @Test
  void whoDoesNotTrustTheVenueIsNotConnected() {
    try (Venue venue = venue("127.0.0.1")) {
      assertThatThrownBy(() -> rest(HttpClient.newHttpClient(), venue))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void theCertificateCanBeForAnotherHost() throws Exception {
    try (Venue venue = venue("other.example")) {
      HttpClient http = trusting(venue.truststore().orElseThrow());
      assertThatThrownBy(() -> rest(http, venue))
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("127.0.0.1");
    }
  }

  @Test
  void theFaultsOfBytesArePutBeneathTls() throws Exception {
    try (Venue venue = venue("127.0.0.1")) {
      HttpClient http = trusting(venue.truststore().orElseThrow());
      venue.switchOn(new VenueFault(FaultKind.HTTP_STATUS, 451));
      assertThatThrownBy(() -> TextClient.open(http, venue, "/ws")).hasStackTraceContaining("451");
      venue.clearFaults();
      venue.switchOn(VenueFault.of(FaultKind.SILENT_AFTER_TCP));
      try (RawClient client = new RawClient(venue)) {
        await().until(() -> venue.account().openConnections() > 0);
        venue.clearFaults();
        assertThatThrownBy(client::read).isInstanceOf(java.io.IOException.class);
      }
    }
  }

  private static Venue venue(String host) {
    return Venue.start(VenueSettings.byHand("BTCUSDT").tlsHost(host).build());
  }

  private static String rest(HttpClient http, Venue venue) throws Exception {
    URI uri = URI.create(venue.restEndpoint() + "/api/v3/aggTrades?symbol=BTCUSDT");
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private static HttpClient trusting(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "tapeflow".toCharArray());
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
