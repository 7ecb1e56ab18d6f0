package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.COMPRESSED;
import static io.tapeflow.api.simulator.FaultKind.DISTURB;
import static io.tapeflow.api.simulator.FaultKind.FRAGMENTED;
import static io.tapeflow.api.simulator.FaultKind.HALF_FRAME;
import static io.tapeflow.api.simulator.FaultKind.IDS_BACKWARDS;
import static io.tapeflow.api.simulator.FaultKind.INVALID_UTF8;
import static io.tapeflow.api.simulator.FaultKind.OVERSIZED;
import static io.tapeflow.api.simulator.FaultKind.RESET_MID_FRAME;
import static io.tapeflow.api.simulator.FaultKind.WRONG_JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.trade.Side;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of frames and of what is written in them, seen from a client. */
class FrameFaultTest {
  private static final String STREAM = "/ws/btcusdt@aggTrade";
  private static final int CONTINUATION = 0;
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
  void aFrameIsCutOffByAReset() throws Exception {
    try (RawClient client = subscribed()) {
      venue.switchOn(VenueFault.of(RESET_MID_FRAME));
      assertThat(client.read().opCode()).isEqualTo(RawClient.PONG);
      assertThatThrownBy(client::read)
          .isInstanceOfAny(EOFException.class, SocketException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
    assertThat(venue.faults()).isEmpty();
    assertStreams();
  }

  @Test
  void aFrameStopsInTheMiddleAndNothingFollows() throws Exception {
    try (RawClient client = subscribed()) {
      venue.switchOn(VenueFault.of(HALF_FRAME));
      assertThat(client.read().opCode()).isEqualTo(RawClient.PONG);
      assertThat(client.bytes().read()).isEqualTo(0x81);
      int claimed = client.bytes().read();
      byte[] half = client.bytes().readNBytes(claimed / 2);
      assertThat(new String(half, StandardCharsets.US_ASCII)).startsWith("{\"e\":\"aggTrade\"");
      print();
      client.timeout(LISTEN_MILLIS);
      assertThatThrownBy(() -> client.bytes().read()).isInstanceOf(SocketTimeoutException.class);
      client.timeout(20_000);
      venue.clearFaults();
      assertThatThrownBy(client::read)
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
    assertStreams();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 3_000})
  void oneMessageIsVeryLarge(int kib) throws Exception {
    try (TextClient client = TextClient.open(venue, STREAM)) {
      await().until(() -> !venue.account().subscriptions().isEmpty());
      venue.switchOn(new VenueFault(OVERSIZED, kib));
      print();
      assertThat(client.next()).hasSize(kib * 1_024).startsWith("[ ").endsWith(" ]");
      assertThat(client.next()).contains("\"a\":1,");
    }
  }

  @Test
  void tradesComeInFragmentsWithPingsBetween() throws Exception {
    try (RawClient raw = subscribed();
        TextClient client = TextClient.open(venue, "/stream?streams=btcusdt@aggTrade")) {
      await().until(() -> venue.account().subscriptions().getOrDefault("BTCUSDT", 0) == 2);
      venue.switchOn(new VenueFault(FRAGMENTED, 2));
      print();
      print();
      assertThat(raw.read(RawClient.TEXT).payload()).contains("\"a\":1,").endsWith("}");
      RawClient.Frame first = raw.read(RawClient.TEXT);
      assertThat(raw.read().opCode()).isEqualTo(RawClient.PING);
      RawClient.Frame second = raw.read();
      RawClient.Frame third = raw.read();
      assertThat(List.of(second.opCode(), third.opCode()))
          .containsExactly(CONTINUATION, CONTINUATION);
      assertThat(Json.map(first.payload() + second.payload() + third.payload()))
          .containsEntry("a", 2L);
      assertThat(client.next()).contains("\"a\":1,");
      assertThat(Json.map(client.next())).containsEntry("stream", "btcusdt@aggTrade");
      await().until(() -> venue.account().pongs() > 0);
    }
  }

  @Test
  void aTradeIsCompressedThoughThatWasNotAgreedUpon() throws Exception {
    try (RawClient raw = subscribed();
        TextClient client = TextClient.open(venue, STREAM)) {
      await().until(() -> venue.account().subscriptions().getOrDefault("BTCUSDT", 0) == 2);
      venue.switchOn(new VenueFault(COMPRESSED, 1));
      print();
      assertThat(raw.read().opCode()).isEqualTo(RawClient.PONG);
      assertThat(raw.bytes().read()).isEqualTo(0xC1);
      int length = raw.bytes().read();
      if (length == 126) {
        length = (raw.bytes().read() << 8) | raw.bytes().read();
      }
      Inflater inflater = new Inflater(true);
      inflater.setInput(raw.bytes().readNBytes(length));
      byte[] json = new byte[1_024];
      int size = inflater.inflate(json);
      inflater.end();
      assertThat(Json.map(new String(json, 0, size, StandardCharsets.US_ASCII)))
          .containsEntry("a", 1L);
      // A sound client does not take it.
      assertThat(client.closeCode()).isPositive();
    }
  }

  @Test
  void aTradeIsNotUtf8() throws Exception {
    try (RawClient client = subscribed()) {
      venue.switchOn(new VenueFault(INVALID_UTF8, 2));
      print();
      print();
      assertThat(client.read(RawClient.TEXT).payload()).contains("\"a\":1,");
      assertThat(client.read(RawClient.TEXT).payload()).contains("\u00c3(");
    }
  }

  @Test
  void tradesAreValidJsonAndWrongInEveryWay() throws Exception {
    Set<String> tokens = new HashSet<>();
    try (TextClient client = TextClient.open(venue, STREAM)) {
      await().until(() -> !venue.account().subscriptions().isEmpty());
      venue.switchOn(new VenueFault(WRONG_JSON, 1));
      for (int i = 0; i < Misspelling.ways(); i++) {
        print();
        String wrong = client.next();
        tokens.add(shape(wrong));
        assertThat(wrong)
            .doesNotMatch(
                "\\{\"e\":\"aggTrade\",\"E\":\\d+,\"s\":\"BTCUSDT\",\"a\":\\d{1,18},"
                    + "\"p\":\"64000.10000000\",\"q\":\"0.50000000\",\"f\":\\d+,\"l\":\\d+,"
                    + "\"T\":\\d+,\"m\":false,\"M\":true}");
      }
      // A wrong value has the shape of a right one, so there are fewer shapes than ways.
      assertThat(tokens).hasSizeGreaterThan(14);
      venue.clearFaults();
      print();
      assertThat(Json.map(client.next())).containsEntry("a", Misspelling.ways() + 1L);
    }
  }

  @Test
  void idsGoBackwards() throws Exception {
    try (TextClient client = TextClient.open(venue, STREAM)) {
      await().until(() -> !venue.account().subscriptions().isEmpty());
      venue.switchOn(new VenueFault(IDS_BACKWARDS, 3));
      for (int i = 0; i < 4; i++) {
        print();
      }
      assertThat(ids(client, 6)).containsExactly(1L, 2L, 3L, 2L, 1L, 4L);
    }
  }

  @Test
  void aPlanLeavesOutDoublesAndShufflesTheSameTradesOnEveryConnection() throws Exception {
    try (TextClient one = TextClient.open(venue, STREAM);
        TextClient two = TextClient.open(venue, STREAM)) {
      await().until(() -> venue.account().subscriptions().getOrDefault("BTCUSDT", 0) == 2);
      venue.switchOn(new VenueFault(DISTURB, 42));
      for (int i = 0; i < 1_000; i++) {
        print();
      }
      venue.clearFaults();
      AggTrade last = print();
      List<Long> first = until(one, last.id());
      List<Long> second = until(two, last.id());
      assertThat(first).doesNotHaveDuplicates().isNotEmpty();
      assertThat(second).hasSameElementsAs(first);
      assertThat(first.size()).isBetween(900, 990);
    }
  }

  /** The distinct ids in the order in which they came; some must have come twice, some late. */
  private static List<Long> until(TextClient client, long last) throws InterruptedException {
    List<Long> distinct = new ArrayList<>();
    int repeated = 0;
    int late = 0;
    long highest = 0;
    for (long id = 0; id != last; ) {
      id = (Long) Json.map(client.next()).get("a");
      if (distinct.contains(id)) {
        repeated++;
      } else {
        distinct.add(id);
        late += id < highest ? 1 : 0;
      }
      highest = Math.max(highest, id);
    }
    assertThat(repeated).isBetween(10, 100);
    assertThat(late).isPositive();
    return distinct;
  }

  /** The kinds of the JSON's tokens, with the names of its fields. */
  private static String shape(String json) throws IOException {
    StringBuilder shape = new StringBuilder();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        shape.append(token).append(token == JsonToken.FIELD_NAME ? parser.currentName() : "");
      }
    }
    return shape.toString();
  }

  private RawClient subscribed() throws IOException {
    RawClient client = RawClient.upgraded(venue, STREAM);
    await().until(() -> venue.account().subscriptions().getOrDefault("BTCUSDT", 0) == 1);
    return client;
  }

  private void assertStreams() throws Exception {
    await().until(() -> venue.account().subscriptions().isEmpty());
    try (RawClient client = subscribed()) {
      AggTrade trade = print();
      Map<String, Object> event = Json.map(client.read(RawClient.TEXT).payload());
      assertThat(event).containsEntry("a", trade.id());
    }
  }

  private AggTrade print() {
    return venue.print("BTCUSDT", "64000.10", "0.5", Side.BUY);
  }

  private static List<Long> ids(TextClient client, int count) throws InterruptedException {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add((Long) Json.map(client.next()).get("a"));
    }
    return ids;
  }
}
