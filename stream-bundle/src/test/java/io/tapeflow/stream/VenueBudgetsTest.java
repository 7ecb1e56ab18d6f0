package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.stream.FeedLatency;
import io.tapeflow.api.stream.StateChange;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.VenueClock;
import io.tapeflow.api.venue.VenueLimits;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.simulator.Venue;
import io.tapeflow.simulator.VenueSettings;
import io.tapeflow.stream.binance.BinanceSpot;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The budgets of a process against the embedded venue, over real sockets. */
class VenueBudgetsTest {
  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";
  private static final int TOO_MANY = 429;
  private static final int BANNED = 418;
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void tooManyRequestsStopEveryConnector() throws Exception {
    VenueSettings.Builder frugal =
        VenueSettings.generated(BTC, ETH).rate(200).restWeight(60, Duration.ofHours(1));
    try (Venue venue = Venue.start(frugal.build());
        ConnectorRig first = rig(venue, BTC)) {
      first.awaitDelivered(BTC, 10);
      await().atMost(LONG).until(() -> first.status().clock() != null);
      // Others behind our address use the rest of the weight up.
      askUntil(venue, TOO_MANY);
      venue.switchOn(new VenueFault(FaultKind.DROP, 20));
      await().atMost(LONG).until(() -> rest(first).reason().contains("HTTP status 429"));
      long asked = venue.account().usage().restRequests();

      try (ConnectorRig second = first.beside(settings(venue, ETH))) {
        second.awaitDelivered(ETH, 10);
        assertThat(rest(second).reason())
            .containsPattern("127[.]0[.]0[.]1:[0-9]+ answered HTTP status 429");
        assertThat(rest(second).waitingUntil()).isAfter(Instant.now());
        assertThat(venue.account().usage().restRequests()).isEqualTo(asked);
      }
    }
  }

  @Test
  void aBanStopsAllRestUseUntilItIsOver() throws Exception {
    Duration ban = Duration.ofSeconds(6);
    VenueSettings.Builder strict =
        VenueSettings.generated(BTC).rate(50).restWeight(20, Duration.ofSeconds(1)).ban(ban);
    try (Venue venue = Venue.start(strict.build())) {
      askUntil(venue, BANNED);
      long refused = venue.account().usage().restRefused();
      try (ConnectorRig rig = rig(venue, BTC)) {
        await().atMost(LONG).until(() -> rest(rig).reason().contains("HTTP status 418"));
        Instant until = rest(rig).waitingUntil();
        // The decimals and the time may both have been under way when the ban was told.
        assertThat(venue.account().usage().restRefused()).isBetween(refused + 1, refused + 2);
        refused = venue.account().usage().restRefused();

        rig.awaitDelivered(BTC, 1);
        await().atMost(LONG).until(() -> rig.status().clock() != null);
        assertThat(rig.status().clock().measuredAt()).isAfterOrEqualTo(until.minusMillis(100));
        assertThat(venue.account().usage().restRefused()).isEqualTo(refused);
        assertThat(rest(rig).reason()).isEmpty();
      }
    }
  }

  @Test
  void aVenueThatWantsNoConnectionsForATimeGetsNone() throws Exception {
    Duration window = Duration.ofMinutes(40);
    VenueSettings.Builder strict =
        VenueSettings.generated(BTC, ETH).rate(50).connectionAttempts(2, window);
    try (Venue venue = Venue.start(strict.build());
        ConnectorRig first = rig(venue, BTC)) {
      first.awaitDelivered(BTC, 1);
      // Others behind our address use the attempts up.
      upgradeUntilRefused(venue);
      venue.switchOn(new VenueFault(FaultKind.CLOSE, 1006));

      await().atMost(LONG).until(() -> first.status().state() == StreamState.BACKING_OFF);
      await().atMost(LONG).until(() -> attempts(first).waitingUntil() != null);
      StreamStatus refused = first.status();
      assertThat(refused.lastError().message())
          .containsPattern("HTTP status 429, which asks for [0-9]+ s without another");
      Instant soonest = refused.lastError().at().plus(window).minusSeconds(60);
      assertThat(refused.nextRetryAt()).isBetween(soonest, soonest.plusSeconds(120));
      assertThat(attempts(first).waitingUntil()).isAfter(soonest);
      assertThat(attempts(first).reason()).startsWith("the next attempt waits: the upgrade was");

      try (ConnectorRig second = first.beside(settings(venue, ETH))) {
        await().atMost(LONG).until(() -> second.status().state() == StreamState.BACKING_OFF);
        assertThat(second.status().attempts().started()).isZero();
        List<StateChange> told = second.status().timeline();
        assertThat(told.get(told.size() - 1).detail()).contains("HTTP status 429");
        // By hand it is no other.
        first.connector.reconnect();
        await().atMost(LONG).until(() -> first.status().nextRetryAt() != null);
      }
      assertThat(venue.account().usage().connectionsRefused()).isEqualTo(2);
    }
  }

  @Test
  void manyConnectorsThatAreRestartedStayWithinTheAttemptsOfTheProcess() throws Exception {
    int limit = 45;
    StreamSettings nowhere =
        ConnectorRig.withLimits(
            ConnectorRig.settings(deadPort(), null, BTC),
            new Limits.Configured(0, 0, limit, Duration.ofMinutes(10), 0, 30));
    try (ConnectorRig first = ConnectorRig.to(nowhere)) {
      List<ConnectorRig> rigs = new ArrayList<>(List.of(first));
      List<StreamStatus> ended = new ArrayList<>();
      try {
        for (int i = 1; i < 30; i++) {
          rigs.add(first.beside(ConnectorRig.withSymbols(nowhere, "S" + i)));
        }
        await().atMost(LONG).until(() -> started(ended) + started(now(rigs)) == limit);
        for (int i = 1; i < 30; i++) {
          ConnectorRig old = rigs.get(i);
          old.connector.close();
          ended.add(old.status());
          rigs.set(i, first.beside(ConnectorRig.withSymbols(nowhere, "S" + i)));
        }
        await().atMost(LONG).until(() -> rigs.stream().allMatch(VenueBudgetsTest::waitsItsTurn));
        assertThat(started(ended) + started(now(rigs))).isEqualTo(limit);
        StreamStatus waiting = rigs.get(29).status();
        assertThat(waiting.state()).isEqualTo(StreamState.BACKING_OFF);
        assertThat(waiting.nextRetryAt()).isAfter(Instant.now().plusSeconds(60));
        assertThat(attempts(rigs.get(29)).used()).isEqualTo(limit);
        assertThat(attempts(rigs.get(29)).scope()).isEqualTo("127.0.0.1");
        assertThat(waiting.timeline().get(waiting.timeline().size() - 1).detail())
            .contains("45 attempts in 600 s");
      } finally {
        rigs.subList(1, rigs.size()).forEach(rig -> rig.connector.close());
      }
    }
  }

  @Test
  void theVenuesClockIsKnownHoweverWrongOursIs() {
    Duration offset = Duration.ofMinutes(-7);
    VenueSettings.Builder slow = VenueSettings.generated(BTC).rate(100).clockOffset(offset);
    try (Venue venue = Venue.start(slow.build());
        ConnectorRig rig = rig(venue, BTC)) {
      await().atMost(LONG).until(() -> rig.status().clock() != null);
      VenueClock clock = rig.status().clock();
      // Right to half of the round trip, and to the millisecond in which the venue tells its time.
      assertThat(clock.skew().minus(offset).abs())
          .isLessThanOrEqualTo(clock.roundTrip().dividedBy(2).plusMillis(2));
      // Without the correction, and before it is known, it would be minutes.
      await().atMost(LONG).until(() -> rig.instrument(BTC).latency().samples() > 10);
      FeedLatency latency = rig.instrument(BTC).latency();
      assertThat(latency.max()).isLessThan(Duration.ofSeconds(30));
      assertThat(latency.p99()).isBetween(latency.p50(), latency.max());
      rig.stop();
    }
  }

  @Test
  void pingsAreAnsweredWhileRequestsWaitForTheLimitOnMessages() {
    String[] symbols =
        IntStream.range(0, 16)
            .mapToObj(i -> "S" + (char) ('A' + i) + "USDT")
            .toArray(String[]::new);
    VenueSettings.Builder pinging =
        VenueSettings.generated(symbols)
            .rate(20)
            .pingInterval(Duration.ofMillis(500))
            .messagesPerSecond(10);
    try (Venue venue = Venue.start(pinging.build())) {
      StreamSettings patient = ConnectorRig.withConnectTimeout(settings(venue, symbols), LONG);
      StreamSettings limited =
          ConnectorRig.withLimits(patient, new Limits.Configured(4, 0, 0, Duration.ZERO, 0, 30));
      try (ConnectorRig rig = ConnectorRig.to(limited, oneSymbolPerRequest())) {
        // Without a connection there is no such budget.
        await()
            .atMost(LONG)
            .ignoreException(NoSuchElementException.class)
            .until(() -> budget(rig, "messages").waitingUntil() != null);
        assertThat(budget(rig, "messages").reason()).contains("requests wait to be sent");
        await()
            .atMost(LONG)
            .until(
                () -> venue.account().pongs() >= 3 && venue.account().subscriptions().size() < 16);
        await().atMost(LONG).until(() -> venue.account().subscriptions().size() == 16);
        assertThat(venue.account().usage().connectionsPunished()).isZero();
        assertThat(rig.status().attempts().started()).isEqualTo(1);
        assertThat(budget(rig, "streams").used()).isEqualTo(16);
        assertThat(budget(rig, "messages").waitingUntil()).isNull();
      }
    }
  }

  /** Binance's protocol, but for the number of symbols that a request may name. */
  private static VenueProtocol oneSymbolPerRequest() {
    BinanceSpot spot = new BinanceSpot();
    VenueLimits its = spot.limits();
    VenueLimits one =
        new VenueLimits(
            its.messagesPerSecond(),
            its.streamsPerConnection(),
            1,
            its.tradesPerPage(),
            its.connectionAttempts(),
            its.attemptWindow(),
            its.restWeight(),
            its.restWindow(),
            its.connectionLife());
    return (VenueProtocol)
        Proxy.newProxyInstance(
            VenueProtocol.class.getClassLoader(),
            new Class<?>[] {VenueProtocol.class},
            (self, method, arguments) ->
                method.getName().equals("limits") ? one : method.invoke(spot, arguments));
  }

  private static boolean waitsItsTurn(ConnectorRig rig) {
    return attempts(rig).reason().contains("the next attempt waits");
  }

  private static long started(List<StreamStatus> statuses) {
    return statuses.stream().mapToLong(status -> status.attempts().started()).sum();
  }

  private static List<StreamStatus> now(List<ConnectorRig> rigs) {
    return rigs.stream().map(ConnectorRig::status).toList();
  }

  private static URI deadPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("ws://127.0.0.1:" + socket.getLocalPort());
    }
  }

  /** Asks as somebody else behind our address, who takes no notice of limits. */
  private static void askUntil(Venue venue, int status) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    URI info = URI.create(venue.restEndpoint() + "/api/v3/exchangeInfo");
    HttpRequest request = HttpRequest.newBuilder(info).build();
    while (client.send(request, BodyHandlers.discarding()).statusCode() != status) {
      assertThat(venue.account().usage().restRequests()).isLessThan(1_000);
    }
  }

  /** Connects as somebody else behind our address, who takes no notice of limits. */
  private static void upgradeUntilRefused(Venue venue) {
    HttpClient client = HttpClient.newHttpClient();
    URI stream = URI.create(venue.streamEndpoint() + "/ws");
    while (venue.account().usage().connectionsRefused() == 0) {
      client
          .newWebSocketBuilder()
          .buildAsync(stream, new WebSocket.Listener() {})
          .handle((socket, refused) -> socket)
          .join();
    }
  }

  private static BudgetStatus attempts(ConnectorRig rig) {
    return budget(rig, "connection attempts");
  }

  private static BudgetStatus rest(ConnectorRig rig) {
    return budget(rig, "REST weight");
  }

  private static BudgetStatus budget(ConnectorRig rig, String name) {
    return rig.status().budgets().stream()
        .filter(budget -> budget.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static StreamSettings settings(Venue venue, String... symbols) {
    return ConnectorRig.settings(venue.streamEndpoint(), venue.restEndpoint(), symbols);
  }

  private static ConnectorRig rig(Venue venue, String... symbols) {
    return ConnectorRig.to(settings(venue, symbols));
  }
}
