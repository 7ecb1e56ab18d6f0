package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.trade.Side;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamProtocolTest {
  private static final AggTrade TRADE =
      new AggTrade(
          12345, E8.parse("0.001"), E8.parse("100"), 100, 105, 1_672_515_782_136_789L, Side.SELL);
  private static final String EVENT =
      "{\"e\":\"aggTrade\",\"E\":1672515782136,\"s\":\"BTCUSDT\",\"a\":12345,\"p\":\"0.00100000\","
          + "\"q\":\"100.00000000\",\"f\":100,\"l\":105,\"T\":1672515782136,\"m\":true,\"M\":true}";

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
  void anAddressWithAStreamSubscribesIt() throws Exception {
    try (TextClient client = TextClient.open(venue, "/ws/btcusdt@aggTrade")) {
      awaitSubscribed("BTCUSDT", 1);
      venue.print("BTCUSDT", TRADE);
      assertThat(client.next()).isEqualTo(EVENT);
    }
    await().until(() -> venue.account().subscriptions().isEmpty());
  }

  @Test
  void aBuyersTradeSaysThatTheBuyerIsNotTheMaker() throws Exception {
    try (TextClient client = TextClient.open(venue, "/ws/btcusdt@aggTrade")) {
      awaitSubscribed("BTCUSDT", 1);
      AggTrade printed = venue.print("BTCUSDT", "64000.1", "0.5", Side.BUY);
      assertThat(Json.map(client.next()))
          .containsEntry("m", false)
          .containsEntry("a", 1L)
          .containsEntry("p", "64000.10000000")
          .containsEntry("q", "0.50000000")
          .containsEntry("T", printed.timeMicros() / 1_000);
    }
  }

  @Test
  void combinedStreamsWrapTheirEvents() throws Exception {
    try (TextClient client =
        TextClient.open(venue, "/stream?streams=btcusdt@aggTrade/ethusdt@aggTrade")) {
      awaitSubscribed("ETHUSDT", 1);
      venue.print("BTCUSDT", TRADE);
      assertThat(client.next())
          .isEqualTo("{\"stream\":\"btcusdt@aggTrade\",\"data\":" + EVENT + "}");
      venue.print("ETHUSDT", TRADE);
      assertThat(Json.map(client.next())).containsEntry("stream", "ethusdt@aggTrade");
    }
  }

  @Test
  void rawAddressesMayNameSeveralStreamsAndBeEncoded() throws Exception {
    try (TextClient client = TextClient.open(venue, "/ws/btcusdt%40aggTrade/ethusdt@aggTrade")) {
      assertThat(client.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":3}"))
          .isEqualTo("{\"result\":[\"btcusdt@aggTrade\",\"ethusdt@aggTrade\"],\"id\":3}");
    }
  }

  @Test
  void timesAreInMicrosecondsIfTheAddressSaysSo() throws Exception {
    try (TextClient client = TextClient.open(venue, "/ws/btcusdt@aggTrade?timeUnit=MICROSECOND")) {
      awaitSubscribed("BTCUSDT", 1);
      venue.print("BTCUSDT", TRADE);
      assertThat(Json.map(client.next()))
          .containsEntry("T", TRADE.timeMicros())
          .containsEntry("E", TRADE.timeMicros());
    }
  }

  @Test
  void subscriptionsAreAcknowledgedBeforeTheirFirstTradeAndEndWhenAsked() throws Exception {
    try (TextClient client = TextClient.open(venue, "/stream")) {
      assertThat(
              client.ask(
                  "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\",\"ethusdt@aggTrade\"],"
                      + "\"id\":1}"))
          .isEqualTo("{\"result\":null,\"id\":1}");
      awaitSubscribed("BTCUSDT", 1);
      assertThat(venue.account().subscriptions()).isEqualTo(Map.of("BTCUSDT", 1, "ETHUSDT", 1));
      assertThat(
              client.ask(
                  "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":312}"))
          .isEqualTo("{\"result\":null,\"id\":312}");
      venue.print("BTCUSDT", TRADE);
      venue.print("ETHUSDT", TRADE);
      assertThat(Json.map(client.next())).containsEntry("stream", "ethusdt@aggTrade");
    }
  }

  @Test
  void whatWasPrintedBeforeASubscriptionIsNotSent() throws Exception {
    venue.print("BTCUSDT", "1", "1", Side.BUY);
    try (TextClient client = TextClient.open(venue, "/ws/btcusdt@aggTrade")) {
      awaitSubscribed("BTCUSDT", 1);
      venue.print("BTCUSDT", "2", "1", Side.BUY);
      assertThat(Json.map(client.next())).containsEntry("a", 2L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuchcoin@aggTrade", "BTCUSDT@aggTrade", "btcusdt@aggtrade", "ß\\\"@x"})
  void whatDoesNotExistIsAcknowledgedListedAndSilent(String stream) throws Exception {
    try (TextClient client = TextClient.open(venue, "/ws")) {
      assertThat(client.ask("{\"method\":\"SUBSCRIBE\",\"params\":[\"" + stream + "\"],\"id\":7}"))
          .isEqualTo("{\"result\":null,\"id\":7}");
      assertThat(client.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":8}"))
          .isEqualTo("{\"result\":[\"" + stream + "\"],\"id\":8}");
      assertThat(venue.account().subscriptions()).isEmpty();
      venue.print("BTCUSDT", TRADE);
      assertThat(client.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":9}")).endsWith("\"id\":9}");
    }
  }

  @Test
  void theCombinedPropertyFollowsThePathAndCanBeSet() throws Exception {
    String get = "{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":2}";
    try (TextClient client = TextClient.open(venue, "/stream")) {
      assertThat(client.ask(get)).isEqualTo("{\"result\":true,\"id\":2}");
    }
    try (TextClient client = TextClient.open(venue, "/ws/btcusdt@aggTrade")) {
      assertThat(client.ask(get)).isEqualTo("{\"result\":false,\"id\":2}");
      assertThat(
              client.ask("{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],\"id\":5}"))
          .isEqualTo("{\"result\":null,\"id\":5}");
      assertThat(client.ask(get)).isEqualTo("{\"result\":true,\"id\":2}");
      venue.print("BTCUSDT", TRADE);
      assertThat(client.next()).startsWith("{\"stream\":");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-9223372036854775808", "\"a1-B_2\"", "null"})
  void idsComeBackAsTheyWereWritten(String id) throws Exception {
    try (TextClient client = TextClient.open(venue, "/ws")) {
      assertThat(client.ask("{\"id\":" + id + ",\"method\":\"LIST_SUBSCRIPTIONS\"}"))
          .isEqualTo("{\"result\":[],\"id\":" + id + "}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'method':'GET_PROPERTY','params':['colour'],'id':4}"
            + "|{'code':0,'msg':'Unknown property','id':4}",
        "{'method':'SET_PROPERTY','params':['combined','yes'],'id':4}"
            + "|{'code':1,'msg':'Invalid value type: expected Boolean'}",
        "{'method':'SET_PROPERTY','params':[true,true],'id':4}"
            + "|{'code':2,'msg':'Invalid request: property name must be a string'}",
        "{'method':'LIST_SUBSCRIPTIONS','params':['x'],'id':4}"
            + "|{'code':2,'msg':'Invalid request: too many parameters'}",
        "{'method':'LIST_SUBSCRIPTIONS','id':1.5}"
            + "|{'code':2,'msg':'Invalid request: request ID must be an unsigned integer'}",
        "{'method':'LIST_SUBSCRIPTIONS','id':'not an id'}"
            + "|{'code':2,'msg':'Invalid request: request ID must be an unsigned integer'}",
        "{'method':'LIST_SUBSCRIPTIONS','id':99999999999999999999}"
            + "|{'code':2,'msg':'Invalid request: request ID must be an unsigned integer'}",
        "{'params':[],'id':4}"
            + "|{'code':2,'msg':'Invalid request: missing field `method` at line 1 column 21'}",
        "hello|{'code':3,'msg':'Invalid JSON: expected value at line 1 column 1'}",
        "[1]|{'code':3,'msg':'Invalid JSON: expected value at line 1 column 1'}"
      })
  void mistakesAreAnsweredWithTheVenuesErrors(String request, String reply) throws Exception {
    try (TextClient client = TextClient.open(venue, "/ws")) {
      assertThat(client.ask(request.replace('\'', '"'))).isEqualTo(reply.replace('\'', '"'));
    }
  }

  @Test
  void anUnknownMethodIsToldTheKnownOnes() throws Exception {
    try (TextClient client = TextClient.open(venue, "/ws")) {
      assertThat(client.ask("{\"method\":\"subscribe\",\"id\":4}"))
          .startsWith(
              "{\"code\":2,\"msg\":\"Invalid request: unknown variant `subscribe`, expected one of"
                  + " `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`,"
                  + " `GET_PROPERTY` at line 1 column ");
    }
  }

  @Test
  void aConnectionCarriesNoMoreThan1024Streams() throws Exception {
    try (TextClient client = TextClient.open(venue, "/ws/btcusdt@aggTrade")) {
      assertThat(client.ask(subscribe(1_023))).isEqualTo("{\"result\":null,\"id\":1}");
      assertThat(
              client.ask("{\"method\":\"SUBSCRIBE\",\"params\":[\"ethusdt@aggTrade\"],\"id\":2}"))
          .startsWith("{\"code\":2,");
      assertThat(venue.account().subscriptions()).isEqualTo(Map.of("BTCUSDT", 1));
    }
  }

  @Test
  void requestsMayComeInPieces() throws Exception {
    try (RawClient client = RawClient.upgraded(venue, "/ws")) {
      client.write(false, RawClient.TEXT, "{\"method\":\"LIST_SUB");
      client.write(true, 0, "SCRIPTIONS\",\"id\":1}");
      assertThat(client.read(RawClient.TEXT).payload()).isEqualTo("{\"result\":[],\"id\":1}");
    }
  }

  @Test
  void compressionIsNotOffered() throws Exception {
    try (RawClient client = new RawClient(venue)) {
      client.requestUpgrade("/ws");
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 101 ")
          .doesNotContainIgnoringCase("sec-websocket-extensions");
    }
  }

  @Test
  void shortFramesAmongLongOnesHaveShortHeaders() throws Exception {
    try (RawClient client = RawClient.upgraded(venue, "/ws")) {
      String list = "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}";
      client.write(RawClient.TEXT, subscribe(20));
      client.write(RawClient.TEXT, list);
      client.write(RawClient.TEXT, "{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"]}");
      assertThat(client.read().payload()).isEqualTo("{\"result\":null,\"id\":1}");
      assertThat(client.read().payload()).hasSizeGreaterThan(126).startsWith("{\"result\":[\"s0");
      assertThat(client.read().payload()).isEqualTo("{\"result\":false,\"id\":null}");
    }
  }

  @Test
  void connectionsAndMessagesAreCounted() throws Exception {
    assertThat(venue.account().openConnections()).isZero();
    try (TextClient first = TextClient.open(venue, "/ws");
        TextClient second = TextClient.open(venue, "/ws")) {
      first.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
      second.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
      assertThat(venue.account().openConnections()).isEqualTo(2);
      assertThat(venue.account().messages()).isEqualTo(2);
    }
    await().until(() -> venue.account().openConnections() == 0);
    try (TextClient third = TextClient.open(venue, "/ws")) {
      third.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
    }
    assertThat(venue.account().acceptedConnections()).isEqualTo(3);
    assertThat(venue.account().mostOpenAtOnce()).isEqualTo(2);
  }

  @Test
  void aSymbolsAccountIsExact() {
    venue.print("BTCUSDT", "64000", "0.1", Side.BUY);
    venue.print("BTCUSDT", "64000", "0.2", Side.SELL);
    venue.print("BTCUSDT", "64000", "0.00000003", Side.SELL);
    var market = venue.account().markets().get("BTCUSDT");
    assertThat(market.trades()).isEqualTo(3);
    assertThat(market.firstId()).isEqualTo(1);
    assertThat(market.lastId()).isEqualTo(3);
    assertThat(market.bought()).isEqualByComparingTo("0.1");
    assertThat(market.sold()).isEqualByComparingTo("0.20000003");
    assertThat(market.ended()).isFalse();
    assertThat(venue.account().symbols()).isEqualTo(Set.of("BTCUSDT", "ETHUSDT"));
  }

  private void awaitSubscribed(String symbol, int connections) {
    await().until(() -> venue.account().subscriptions().getOrDefault(symbol, 0) == connections);
  }

  private static String subscribe(int streams) {
    List<String> names =
        IntStream.range(0, streams).mapToObj(i -> "\"s" + i + "@aggTrade\"").toList();
    return names.stream()
        .collect(Collectors.joining(",", "{\"method\":\"SUBSCRIBE\",\"params\":[", "],\"id\":1}"));
  }
}
