package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.trade.Side;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final String LIST = "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}";

  @Test
  void messagesAreCountedAndTooManyOfThemPunished() throws Exception {
    try (Venue venue = Venue.start(byHand().messagesPerSecond(3).build());
        RawClient client = RawClient.upgraded(venue, "/ws")) {
      client.write(RawClient.TEXT, LIST);
      client.write(RawClient.PING, "");
      client.write(RawClient.PONG, "");
      client.write(RawClient.TEXT, LIST);
      assertThat(client.read(RawClient.CLOSE).closeCode()).isEqualTo(1_008);
      assertThat(venue.account().usage().mostMessagesPerSecond()).isEqualTo(4);
      assertThat(venue.account().usage().connectionsPunished()).isEqualTo(1);
    }
  }

  @Test
  void anAddressThatAsksForTooManyUpgradesIsRefused() throws Exception {
    try (Venue venue =
        Venue.start(byHand().connectionAttempts(2, Duration.ofMillis(1_500)).build())) {
      assertThat(upgrade(venue)).startsWith("HTTP/1.1 101 ");
      assertThat(upgrade(venue)).startsWith("HTTP/1.1 101 ");
      // Until the second counts no more; the third counts as well.
      assertThat(upgrade(venue))
          .startsWith("HTTP/1.1 429 ")
          .containsPattern("\r\nRetry-After: [12]\r\n");
      assertThat(venue.account().usage().connectionAttempts()).isEqualTo(3);
      assertThat(venue.account().usage().connectionsRefused()).isEqualTo(1);
      // A refused attempt counts as well, so only who waits gets in.
      await().pollInterval(Duration.ofSeconds(2)).until(() -> upgrade(venue).contains(" 101 "));
    }
  }

  @Test
  void aConnectionMayCarryOnlySoManyStreams() throws Exception {
    try (Venue venue = Venue.start(byHand().streamsPerConnection(2).build());
        TextClient client = TextClient.open(venue, "/ws/a@aggTrade/b@aggTrade")) {
      assertThat(client.ask("{\"method\":\"SUBSCRIBE\",\"params\":[\"c@aggTrade\"],\"id\":1}"))
          .contains("too many streams, 2 at most");
      assertThat(venue.account().usage().mostStreams()).isEqualTo(2);
      try (RawClient more = new RawClient(venue)) {
        more.requestUpgrade("/ws/a@aggTrade/b@aggTrade/c@aggTrade");
        assertThat(more.readHead()).startsWith("HTTP/1.1 400 ");
      }
    }
  }

  @Test
  void whoTakesNoNoticeOfARefusalIsBannedForAWhile() throws Exception {
    try (Venue venue =
        Venue.start(
            byHand().restWeight(4, Duration.ofDays(36_500)).ban(Duration.ofMinutes(2)).build())) {
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        statuses.add(trades(venue).statusCode());
      }
      assertThat(statuses).containsExactly(200, 429, 429, 429, 418, 418);
      HttpResponse<String> banned = trades(venue);
      assertThat(banned.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(110L, 120L);
      assertThat(Json.map(banned.body())).containsEntry("code", -1_003L);
      assertThat(venue.account().usage().restRequests()).isEqualTo(7);
      assertThat(venue.account().usage().restRefused()).isEqualTo(6);
      assertThat(venue.account().usage().restWeight()).isEqualTo(28);
    }
  }

  @Test
  void whoWaitsIsServedAgain() throws Exception {
    try (Venue venue = Venue.start(byHand().restWeight(4, Duration.ofSeconds(1)).build())) {
      await().until(() -> trades(venue).statusCode() == 429);
      await().pollInterval(Duration.ofMillis(1_100)).until(() -> trades(venue).statusCode() == 200);
    }
  }

  @Test
  void aConnectionEndsAfterItsLife() throws Exception {
    try (Venue venue = Venue.start(byHand().connectionLife(Duration.ofMillis(300)).build());
        TextClient client = TextClient.open(venue, "/ws")) {
      assertThat(client.closeCode()).isEqualTo(1_001);
    }
  }

  @Test
  void theClockIsOffAsAskedForAndJumps() throws Exception {
    try (Venue venue =
        Venue.start(
            VenueSettings.generated("BTCUSDT")
                .rate(200)
                .clockOffset(Duration.ofSeconds(-100))
                .build())) {
      assertThat(secondsAhead(venue)).isBetween(-101.0, -99.0);
      try (TextClient client = TextClient.open(venue, "/ws/btcusdt@aggTrade")) {
        assertThat(tradeSecondsAhead(client)).isBetween(-120.0, -98.0);
        venue.switchOn(new VenueFault(FaultKind.CLOCK_AHEAD, 500_000));
        assertThat(secondsAhead(venue)).isBetween(399.0, 401.0);
        // Trades of before may be in line, and others come all the time.
        await().pollInterval(MOMENT).until(() -> tradeSecondsAhead(client) > 300);
        venue.clearFaults();
        await().pollInterval(MOMENT).until(() -> tradeSecondsAhead(client) < -90);
        venue.switchOn(new VenueFault(FaultKind.CLOCK_BEHIND, 500_000));
        assertThat(secondsAhead(venue)).isBetween(-601.0, -599.0);
      }
    }
  }

  private static double secondsAhead(Venue venue) throws Exception {
    String body = get(venue, "/api/v3/time").body();
    return ((Long) Json.map(body).get("serverTime") - System.currentTimeMillis()) / 1_000.0;
  }

  private static double tradeSecondsAhead(TextClient client) throws InterruptedException {
    return ((Long) Json.map(client.next()).get("T") - System.currentTimeMillis()) / 1_000.0;
  }

  private static VenueSettings.Builder byHand() {
    return VenueSettings.byHand("BTCUSDT");
  }

  private static String upgrade(Venue venue) throws Exception {
    try (RawClient client = new RawClient(venue)) {
      client.requestUpgrade("/ws");
      return client.readHead();
    }
  }

  private static HttpResponse<String> trades(Venue venue) throws Exception {
    venue.print("BTCUSDT", "64000.10", "0.5", Side.BUY);
    return get(venue, "/api/v3/aggTrades?symbol=BTCUSDT");
  }

  private static HttpResponse<String> get(Venue venue, String path) throws Exception {
    URI uri = URI.create(venue.restEndpoint() + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
