package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.CLOSE;
import static io.tapeflow.api.simulator.FaultKind.DROP;
import static io.tapeflow.api.simulator.FaultKind.DUPLICATE;
import static io.tapeflow.api.simulator.FaultKind.HALF_OPEN;
import static io.tapeflow.api.simulator.FaultKind.HTTP_STATUS;
import static io.tapeflow.api.simulator.FaultKind.MALFORMED;
import static io.tapeflow.api.simulator.FaultKind.NO_DATA;
import static io.tapeflow.api.simulator.FaultKind.PINGS_ONLY;
import static io.tapeflow.api.simulator.FaultKind.REFUSE_SUBSCRIBE;
import static io.tapeflow.api.simulator.FaultKind.REFUSE_TCP;
import static io.tapeflow.api.simulator.FaultKind.REORDER;
import static io.tapeflow.api.simulator.FaultKind.SERVER_SHUTDOWN;
import static io.tapeflow.api.simulator.FaultKind.SILENT_AFTER_TCP;
import static io.tapeflow.api.simulator.FaultKind.SILENT_IN_SUBSCRIBE;
import static io.tapeflow.api.simulator.FaultKind.SILENT_IN_UPGRADE;
import static io.tapeflow.api.simulator.FaultKind.SILENT_SYMBOL;
import static io.tapeflow.api.simulator.FaultKind.SLOW_DRIP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.trade.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
  private static final String STREAM = "/ws/btcusdt@aggTrade";
  private static final String SUBSCRIBE =
      "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":1}";
  // How long silence is listened to. What is late beyond it would be missed, never blamed.
  private static final int LISTEN_MILLIS = 300;

  private Venue venue;

  @BeforeEach
  void open() {
    venue = Venue.start(VenueSettings.byHand("BTCUSDT", "ETHUSDT").messagesPerSecond(0).build());
  }

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void silentAfterTcp() throws Exception {
    venue.switchOn(VenueFault.of(SILENT_AFTER_TCP));
    try (RawClient client = new RawClient(venue)) {
      client.requestUpgrade(STREAM);
      assertSilent(client);
      await().until(() -> venue.account().openConnections() == 1);
      assertThat(venue.account().mostOpenAtOnce()).isZero();
      venue.clearFaults();
      assertCut(client);
    }
    assertStreams();
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT_AFTER_TCP", "SILENT_IN_UPGRADE"})
  void aClientThatGivesUpOnSilenceIsNoLongerCounted(FaultKind kind) throws Exception {
    venue.switchOn(VenueFault.of(kind));
    try (RawClient client = new RawClient(venue)) {
      client.requestUpgrade(STREAM);
      await().until(() -> venue.account().openConnections() == 1);
    }
    await().until(() -> venue.account().openConnections() == 0);
  }

  @Test
  void silentInUpgrade() throws Exception {
    venue.switchOn(VenueFault.of(SILENT_IN_UPGRADE));
    try (RawClient client = new RawClient(venue)) {
      client.requestUpgrade(STREAM);
      byte[] half = client.bytes().readNBytes(20);
      assertThat(new String(half, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 101");
      client.timeout(LISTEN_MILLIS);
      assertThatThrownBy(client::readHead).isInstanceOf(SocketTimeoutException.class);
      assertThat(venue.account().mostOpenAtOnce()).isZero();
      venue.clearFaults();
      assertCut(client);
    }
    assertStreams();
  }

  @ParameterizedTest
  @CsvSource({"0, 503", "429, 429", "451, 451"})
  void httpStatus(int number, int status) throws Exception {
    venue.switchOn(new VenueFault(HTTP_STATUS, number));
    try (RawClient client = new RawClient(venue)) {
      client.requestUpgrade(STREAM);
      assertThat(client.readHead()).startsWith("HTTP/1.1 " + status + " ");
    }
    assertThat(rest().statusCode()).isEqualTo(200);
    venue.clearFaults();
    assertStreams();
  }

  @Test
  void silentInSubscribe() throws Exception {
    venue.switchOn(VenueFault.of(SILENT_IN_SUBSCRIBE));
    try (TextClient client = TextClient.open(venue, "/ws")) {
      client.send(SUBSCRIBE);
      await().until(() -> venue.account().messages() == 1);
      print();
      assertThat(client.nextWithin(LISTEN_MILLIS)).isNull();
      assertThat(venue.account().subscriptions()).isEmpty();
      venue.clearFaults();
      assertThat(client.closeCode()).isEqualTo(TextClient.NO_CLOSE_FRAME);
    }
    assertStreams();
  }

  @Test
  void refuseSubscribe() throws Exception {
    venue.switchOn(VenueFault.of(REFUSE_SUBSCRIBE));
    try (TextClient client = TextClient.open(venue, "/ws")) {
      assertThat(client.ask(SUBSCRIBE))
          .isEqualTo(
              "{\"code\":2,\"msg\":\"Invalid request: subscriptions are refused\",\"id\":1}");
      venue.clearFaults();
      assertThat(client.ask(SUBSCRIBE)).isEqualTo("{\"result\":null,\"id\":1}");
    }
  }

  @Test
  void noDataComesOnNewConnectionsNorOnOpenOnes() throws Exception {
    try (TextClient open = subscribed()) {
      venue.switchOn(VenueFault.of(NO_DATA));
      try (TextClient fresh = TextClient.open(venue, "/ws")) {
        assertThat(fresh.ask(SUBSCRIBE)).isEqualTo("{\"result\":null,\"id\":1}");
        print();
        assertThat(fresh.nextWithin(LISTEN_MILLIS)).isNull();
        assertThat(open.nextWithin(0)).isNull();
        venue.clearFaults();
        assertThat(fresh.closeCode()).isEqualTo(TextClient.NO_CLOSE_FRAME);
        assertThat(open.closeCode()).isEqualTo(TextClient.NO_CLOSE_FRAME);
      }
    }
    assertStreams();
  }

  @Test
  void pingsOnly() throws Exception {
    try (TextClient client = subscribed()) {
      venue.switchOn(new VenueFault(PINGS_ONLY, 20));
      print();
      await().until(() -> venue.account().pongs() > 20);
      assertThat(client.nextWithin(0)).isNull();
      assertThat(client.isClosed()).isFalse();
    }
    venue.clearFaults();
    long pongs = venue.account().pongs();
    assertStreams();
    assertThat(venue.account().pongs()).isEqualTo(pongs);
  }

  @ParameterizedTest
  @CsvSource({"0, 1000", "1000, 1000", "1001, 1001", "1012, 1012", "1013, 1013", "4000, 4000"})
  void closeWithACode(int number, int code) throws Exception {
    try (TextClient client = subscribed()) {
      venue.switchOn(new VenueFault(CLOSE, number));
      assertThat(client.closeCode()).isEqualTo(code);
    }
    await().until(() -> venue.account().openConnections() == 0);
    assertStreams();
  }

  @Test
  void aCloseThatIsNotAnsweredEndsInACut() throws Exception {
    try (RawClient client = RawClient.upgraded(venue, STREAM)) {
      await().until(() -> venue.account().mostOpenAtOnce() == 1);
      venue.switchOn(new VenueFault(CLOSE, 1_000));
      assertThat(client.read(RawClient.CLOSE).closeCode()).isEqualTo(1_000);
      await().until(() -> venue.account().openConnections() == 0);
    }
  }

  @Test
  void close1006IsAReset() throws Exception {
    try (RawClient client = RawClient.upgraded(venue, STREAM)) {
      await().until(() -> venue.account().mostOpenAtOnce() == 1);
      venue.switchOn(new VenueFault(CLOSE, 1_006));
      assertThatThrownBy(client::read)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void refuseTcp() throws Exception {
    try (TextClient client = subscribed()) {
      venue.switchOn(new VenueFault(REFUSE_TCP, 1_001));
      assertThat(client.closeCode()).isEqualTo(1_001);
      assertThatThrownBy(() -> new RawClient(venue)).isInstanceOf(ConnectException.class);
      assertThat(rest().statusCode()).isEqualTo(200);
      venue.switchOn(new VenueFault(REFUSE_TCP, 1_001));
      assertThatThrownBy(() -> new RawClient(venue)).isInstanceOf(ConnectException.class);
    }
    venue.clearFaults();
    assertStreams();
  }

  @Test
  void drop() throws Exception {
    try (TextClient client = subscribed()) {
      venue.switchOn(new VenueFault(DROP, 3));
      print(7);
      assertThat(ids(client, 5)).containsExactly(1L, 2L, 4L, 5L, 7L);
    }
    assertThat(rest().body()).contains("\"a\":3,").contains("\"a\":6,");
    assertThat(venue.account().markets().get("BTCUSDT").trades()).isEqualTo(7);
  }

  @Test
  void duplicate() throws Exception {
    try (TextClient client = subscribed()) {
      venue.switchOn(new VenueFault(DUPLICATE, 2));
      print(5);
      assertThat(ids(client, 7)).containsExactly(1L, 2L, 2L, 3L, 4L, 4L, 5L);
    }
  }

  @Test
  void reorder() throws Exception {
    try (TextClient client = subscribed()) {
      venue.switchOn(new VenueFault(REORDER, 2));
      print(6);
      assertThat(ids(client, 6)).containsExactly(1L, 3L, 2L, 4L, 6L, 5L);
    }
  }

  @Test
  void malformed() throws Exception {
    try (TextClient client = subscribed()) {
      venue.switchOn(new VenueFault(MALFORMED, 2));
      print(3);
      assertThat(ids(client, 2)).containsExactly(1L, 2L);
      String broken = client.next();
      assertThat(broken).startsWith("{\"e\":\"aggTrade\"");
      assertThatThrownBy(() -> Json.map(broken)).isInstanceOf(UncheckedIOException.class);
      assertThat(ids(client, 1)).containsExactly(3L);
    }
  }

  @Test
  void faultsOfDifferentKindsAddUpAndAreGoneWhenCleared() throws Exception {
    try (TextClient client = subscribed()) {
      venue.switchOn(new VenueFault(DROP, 2));
      venue.switchOn(new VenueFault(DUPLICATE, 2));
      print(5);
      assertThat(ids(client, 4)).containsExactly(1L, 3L, 3L, 5L);
      assertThat(venue.faults())
          .containsExactlyInAnyOrder(new VenueFault(DROP, 2), new VenueFault(DUPLICATE, 2));
      venue.switchOn(new VenueFault(DROP, 9));
      assertThat(venue.faults()).hasSize(2).contains(new VenueFault(DROP, 9));
      venue.clearFaults();
      assertThat(venue.faults()).isEmpty();
      print(3);
      assertThat(ids(client, 3)).containsExactly(6L, 7L, 8L);
    }
  }

  @Test
  void slowDrip() throws Exception {
    try (TextClient client = subscribed()) {
      venue.switchOn(new VenueFault(SLOW_DRIP, 400));
      long begin = System.nanoTime();
      print(2);
      assertThat(ids(client, 2)).containsExactly(1L, 2L);
      // Two frames of 150 bytes at 400 bytes a second; the first drop comes at once.
      assertThat(System.nanoTime() - begin).isGreaterThan(500_000_000L);
      venue.switchOn(new VenueFault(SLOW_DRIP, 1));
      print(10);
      venue.clearFaults();
      assertThat(ids(client, 10)).endsWith(12L);
    }
  }

  @Test
  void aDripOfOneByteASecondKeepsTheUpgradeFromEnding() throws Exception {
    venue.switchOn(new VenueFault(SLOW_DRIP, 1));
    try (RawClient client = new RawClient(venue)) {
      client.requestUpgrade(STREAM);
      assertThat(client.bytes().read()).isEqualTo('H');
      assertSilent(client);
    }
  }

  @Test
  void halfOpen() throws Exception {
    try (RawClient client = RawClient.upgraded(venue, STREAM)) {
      await().until(() -> !venue.account().subscriptions().isEmpty());
      venue.switchOn(VenueFault.of(HALF_OPEN));
      print();
      client.write(RawClient.PING, "anybody there?");
      assertSilent(client);
      assertThat(venue.account().openConnections()).isEqualTo(1);
      assertStreams();
      venue.clearFaults();
      assertCut(client);
    }
    await().until(() -> venue.account().openConnections() == 0);
  }

  @ParameterizedTest
  @CsvSource({"/ws, raw", "/stream, combined"})
  void serverShutdownIsToldInTheShapeOfTheConnectionAndFollowedByAClose(String path, String shape)
      throws Exception {
    try (TextClient client = TextClient.open(venue, path)) {
      client.ask(SUBSCRIBE);
      venue.switchOn(new VenueFault(SERVER_SHUTDOWN, 400));
      Map<String, Object> notice = Json.map(client.next());
      if (shape.equals("combined")) {
        assertThat(notice).containsEntry("stream", "!serverShutdown");
        assertThat(notice.get("data"))
            .asInstanceOf(InstanceOfAssertFactories.MAP)
            .containsEntry("e", "serverShutdown")
            .containsKey("E");
      } else {
        assertThat(notice).containsOnlyKeys("e", "E").containsEntry("e", "serverShutdown");
      }
      // Until the close all goes on, here and on new connections.
      assertThat(client.isClosed()).isFalse();
      assertStreams();
      assertThat(client.next()).contains("\"aggTrade\"");
      assertThat(client.closeCode()).isEqualTo(1_001);
    }
    assertThat(venue.faults()).isEmpty();
    assertStreams();
  }

  @Test
  void aSilentSymbolComesAgainOnlyWhenItIsSubscribedAnew() throws Exception {
    try (TextClient client = TextClient.open(venue, "/ws")) {
      client.ask(SUBSCRIBE.replace("[", "[\"ethusdt@aggTrade\","));
      venue.switchOn(VenueFault.of(SILENT_SYMBOL, "BTCUSDT"));
      print(2);
      venue.print("ETHUSDT", "3200", "1", Side.SELL);
      assertThat(client.next()).contains("ETHUSDT");
      client.send(SUBSCRIBE);
      assertThat(client.next()).contains("result");
      print();
      assertThat(client.nextWithin(LISTEN_MILLIS)).isNull();
      assertThat(rest().body()).contains("\"a\":3,");
      client.ask(SUBSCRIBE.replace("SUBSCRIBE", "UNSUBSCRIBE"));
      client.ask(SUBSCRIBE);
      print();
      assertThat(ids(client, 1)).containsExactly(4L);
      venue.clearFaults();
      print();
      assertThat(ids(client, 1)).containsExactly(5L);
    }
  }

  @Test
  void clearingCutsAConnectionOnWhichASymbolIsStillSilent() throws Exception {
    try (TextClient client = subscribed()) {
      venue.switchOn(VenueFault.of(SILENT_SYMBOL));
      print();
      assertThat(client.nextWithin(LISTEN_MILLIS)).isNull();
      venue.clearFaults();
      assertThat(client.closeCode()).isEqualTo(TextClient.NO_CLOSE_FRAME);
    }
  }

  @Test
  void aFaultOfOneSymbolLeavesTheOthersAlone() throws Exception {
    try (TextClient client = TextClient.open(venue, "/ws/btcusdt@aggTrade/ethusdt@aggTrade")) {
      await().until(() -> venue.account().subscriptions().size() == 2);
      venue.switchOn(new VenueFault(DUPLICATE, 1, "BTCUSDT"));
      venue.print("ETHUSDT", "3200", "1", Side.SELL);
      print();
      assertThat(client.next()).contains("ETHUSDT");
      assertThat(ids(client, 2)).containsExactly(1L, 1L);
    }
  }

  @Test
  void aSymbolIsOnlyForFaultsOfSingleTradesAndMustBeListed() {
    assertThatThrownBy(() -> venue.switchOn(VenueFault.of(HALF_OPEN, "BTCUSDT")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HALF_OPEN")
        .hasMessageContaining("BTCUSDT");
    assertThatThrownBy(() -> venue.switchOn(VenueFault.of(SILENT_SYMBOL, "XRPUSDT")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("XRPUSDT");
    assertThat(venue.faults()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP_STATUS 200",
        "HTTP_STATUS 600",
        "CLOSE 999",
        "CLOSE 5000",
        "CLOSE 1005",
        "REFUSE_TCP 1015"
      })
  void numbersOutOfRangeAreRefusedAndChangeNothing(String text) {
    String[] parts = text.split(" ", -1);
    VenueFault fault = new VenueFault(FaultKind.valueOf(parts[0]), Integer.parseInt(parts[1]));
    assertThatThrownBy(() -> venue.switchOn(fault))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(parts[0])
        .hasMessageContaining(parts[1]);
    assertThat(venue.faults()).isEmpty();
  }

  private TextClient subscribed() throws InterruptedException {
    TextClient client = TextClient.open(venue, STREAM);
    assertThat(client.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}"))
        .contains("btcusdt@aggTrade");
    return client;
  }

  /** A new client gets what is printed. */
  private void assertStreams() throws Exception {
    try (TextClient client = subscribed()) {
      AggTrade trade = print();
      assertThat(ids(client, 1)).containsExactly(trade.id());
    }
  }

  private AggTrade print() {
    return venue.print("BTCUSDT", "64000.10", "0.5", Side.BUY);
  }

  private void print(int trades) {
    for (int i = 0; i < trades; i++) {
      print();
    }
  }

  private static List<Long> ids(TextClient client, int count) throws InterruptedException {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add((Long) Json.map(client.next()).get("a"));
    }
    return ids;
  }

  private static void assertSilent(RawClient client) throws IOException {
    client.timeout(LISTEN_MILLIS);
    assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
    client.timeout(20_000);
  }

  private static void assertCut(RawClient client) throws IOException {
    client.timeout(20_000);
    assertThatThrownBy(client::read)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(SocketTimeoutException.class);
  }

  private HttpResponse<String> rest() throws Exception {
    URI uri = URI.create(venue.restEndpoint() + "/api/v3/aggTrades?symbol=BTCUSDT");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
