package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueAccount;
import io.tapeflow.api.simulator.VenueFault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratedVenueTest {
  @Test
  void aPastIsThereAtOnceAndEndsNow() throws Exception {
    long before = System.currentTimeMillis();
    try (Venue venue =
        Venue.start(VenueSettings.generated("BTCUSDT").history(700).rate(0.001).build())) {
      List<Map<String, Object>> past = page(venue, "symbol=BTCUSDT&limit=1000");
      assertThat(past).hasSize(700);
      assertThat((Long) past.get(699).get("T"))
          .isBetween(before - 1, System.currentTimeMillis() + 1);
      assertThat(venue.account().markets().get("BTCUSDT").trades()).isEqualTo(700);
    }
  }

  @Test
  void whatIsStreamedGoesOnFromThePastAndRestHasItToo() throws Exception {
    try (Venue venue =
            Venue.start(VenueSettings.generated("BTCUSDT").history(100).rate(500).build());
        TextClient client = TextClient.open(venue, "/ws/btcusdt@aggTrade")) {
      List<Map<String, Object>> streamed = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        streamed.add(Json.map(client.next()));
      }
      long first = (Long) streamed.get(0).get("a");
      List<Map<String, Object>> rest = page(venue, "symbol=BTCUSDT&limit=300&fromId=" + first);
      for (int i = 0; i < 300; i++) {
        Map<String, Object> event = streamed.get(i);
        assertThat(event).containsEntry("a", first + i);
        assertThat(event).containsAllEntriesOf(rest.get(i));
        assertThat((Long) event.get("E")).isGreaterThanOrEqualTo((Long) event.get("T"));
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameTradesWithTheIdsThatWereAskedFor() throws Exception {
    VenueSettings settings =
        VenueSettings.generated("ETHUSDT").seed(42).history(50).rate(1).firstId(1_000).build();
    List<Map<String, Object>> first;
    try (Venue venue = Venue.start(settings)) {
      first = page(venue, "symbol=ETHUSDT&limit=50&fromId=950");
    }
    List<Map<String, Object>> second;
    try (Venue venue = Venue.start(settings)) {
      second = page(venue, "symbol=ETHUSDT&limit=50&fromId=950");
    }
    assertThat(first).hasSize(50);
    assertThat(first.get(0)).containsEntry("a", 950L);
    first.forEach(row -> row.remove("T"));
    second.forEach(row -> row.remove("T"));
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aVenueThatIsOpenedAgainGoesOnAboveItsOldIds() {
    long last;
    try (Venue venue = Venue.start(VenueSettings.generated("BTCUSDT").rate(1_000).build())) {
      await().until(() -> venue.account().markets().get("BTCUSDT").trades() > 2_100);
      last = venue.account().markets().get("BTCUSDT").lastId();
    }
    try (Venue venue = Venue.start(VenueSettings.generated("BTCUSDT").rate(1_000).build())) {
      await().until(() -> venue.account().markets().get("BTCUSDT").trades() > 2_000);
      assertThat(venue.account().markets().get("BTCUSDT").lastId()).isGreaterThan(last);
    }
  }

  @Test
  void aQuietSymbolHasAPastAndNoPresent() {
    try (Venue venue =
        Venue.start(
            VenueSettings.generated("BTCUSDT", "ETHUSDT").quiet("ETHUSDT").rate(500).build())) {
      await().until(() -> trades(venue, "BTCUSDT") > 2_200);
      assertThat(trades(venue, "ETHUSDT")).isEqualTo(2_000);
    }
  }

  @Test
  void aSymbolIsQuietWhileTheFaultIsOnAndGoesOnWithTheNextId() {
    try (Venue venue =
        Venue.start(VenueSettings.generated("BTCUSDT", "ETHUSDT").rate(500).build())) {
      await().until(() -> trades(venue, "ETHUSDT") > 2_100);
      venue.switchOn(VenueFault.of(FaultKind.QUIET_SYMBOL, "ETHUSDT"));
      // One print may have been under way.
      await().during(Duration.ofMillis(300)).until(() -> unchanged(venue, "ETHUSDT"));
      long quiet = trades(venue, "ETHUSDT");
      long busy = trades(venue, "BTCUSDT");
      await().until(() -> trades(venue, "BTCUSDT") > busy + 100);
      assertThat(trades(venue, "ETHUSDT")).isEqualTo(quiet);
      venue.clearFaults();
      await().until(() -> trades(venue, "ETHUSDT") > quiet + 100);
      VenueAccount.Market market = venue.account().markets().get("ETHUSDT");
      assertThat(market.lastId() - market.firstId() + 1).isEqualTo(market.trades());
    }
  }

  private long seen;

  private boolean unchanged(Venue venue, String symbol) {
    long before = seen;
    seen = trades(venue, symbol);
    return seen == before;
  }

  private static long trades(Venue venue, String symbol) {
    return venue.account().markets().get(symbol).trades();
  }

  private static List<Map<String, Object>> page(Venue venue, String query) throws Exception {
    URI uri = URI.create(venue.restEndpoint() + "/api/v3/aggTrades?" + query);
    return Json.rows(
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
            .body());
  }
}
