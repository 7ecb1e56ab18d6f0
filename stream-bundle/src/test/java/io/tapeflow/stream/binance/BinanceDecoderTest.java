package io.tapeflow.stream.binance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.InstrumentScales;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceDecoderTest {
  private static final Instrument BTC = new Instrument("binance-spot", "BTCUSDT", 8, 8);
  private static final String TRADE =
      "{\"e\":\"aggTrade\",\"E\":1672515782136,\"s\":\"BTCUSDT\",\"a\":12345,\"p\":\"64012.30000000\","
          + "\"q\":\"0.00150000\",\"f\":100,\"l\":105,\"T\":1672515782136,\"m\":true,\"M\":true}";

  private final BinanceSpot venue = new BinanceSpot();
  private final Heard heard = new Heard();
  private final BinanceDecoder decoder =
      new BinanceDecoder(
          new JsonFactory(),
          (text, offset, length) -> new String(text, offset, length).equals("BTCUSDT") ? BTC : null,
          false);

  @Test
  void aTradeIsReadExactly() {
    decode(TRADE);
    assertThat(heard.lines)
        .containsExactly(
            "trade BTCUSDT 12345 6401230000000 150000 1672515782136000 at 1672515782136000 sell"
                + " fills 6");
  }

  @Test
  void aWrappedTradeIsReadAsWell() {
    decode(
        "{\"stream\":\"btcusdt@aggTrade\",\"data\":"
            + TRADE.replace("true,\"M\"", "false,\"M\"")
            + "}");
    assertThat(heard.lines)
        .singleElement()
        .asString()
        .contains("trade BTCUSDT 12345")
        .contains("buy");
  }

  @Test
  void fieldsMayComeInAnyOrderAndUnknownOnesArePassedOver() {
    decode(
        "{\"m\":false,\"X\":{\"a\":[1,{\"p\":2}]},\"q\":\"1\",\"nq\":\"0.5\",\"T\":1672515782136001,\"p\":\"2\","
            + "\"st\":1,\"a\":9,\"s\":\"BTCUSDT\",\"e\":\"aggTrade\",\"future\":null}");
    assertThat(heard.lines)
        .containsExactly(
            "trade BTCUSDT 9 200000000 100000000 1672515782136001 at 1672515782136001 buy fills 1");
  }

  @Test
  void repliesAreTold() {
    decode("{\"result\":null,\"id\":7}");
    decode("{\"id\":\"7\",\"result\":null}");
    decode("{\"code\":2,\"msg\":\"Invalid request: unknown variant\",\"id\":8}");
    decode("{\"error\":{\"code\":3,\"msg\":\"Invalid JSON\"},\"id\":9}");
    decode("{\"error\":{\"code\":3,\"msg\":\"Invalid JSON\"}}");
    assertThat(heard.lines)
        .containsExactly(
            "ack 7",
            "ack 7",
            "refused 8 code 2: Invalid request: unknown variant",
            "refused 9 code 3: Invalid JSON",
            "refused -1 code 3: Invalid JSON");
  }

  @Test
  void aShutdownNoticeIsToldInEitherShape() {
    decode("{\"e\":\"serverShutdown\",\"E\":1770123456789}");
    decode(
        "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1770123456789}}");
    decode("{\"stream\":\"!serverShutdown\",\"data\":{\"reason\":\"upgrade\"}}");
    decode("{\"data\":{\"E\":1770123456789},\"stream\":\"!serverShutdown\"}");
    assertThat(heard.lines).hasSize(4).containsOnly("going away");
  }

  @ParameterizedTest
  @CsvSource({
    "1672515782136, 1672515782140, 1672515782136000, 1672515782140000",
    "1672515782136123, 1672515782140, 1672515782136123, 1672515782140000",
    "1672515782136, 1672515782140456, 1672515782136000, 1672515782140456",
    "1672515782136, null, 1672515782136000, 1672515782136000",
    "1672515782136, 'true', 1672515782136000, 1672515782136000",
    "1672515782136, '{\"E\":3}', 1672515782136000, 1672515782136000",
    "1672515782136, 99999999999999999999, 1672515782136000, 1672515782136000"
  })
  void timesAreInMicrosecondsWhateverTheVenueUsesAndTheStampIsNoMust(
      String time, String stamp, long timeMicros, long eventMicros) {
    decode(
        TRADE
            .replace("\"T\":1672515782136", "\"T\":" + time)
            .replace("\"E\":1672515782136", "\"E\":" + stamp));
    assertThat(heard.lines)
        .singleElement()
        .asString()
        .contains(timeMicros + " at " + eventMicros + " sell");
  }

  @Test
  void otherEventsAndOtherInstrumentsAreNotTrades() {
    decode("{\"e\":\"kline\",\"s\":\"BTCUSDT\"}");
    decode(TRADE.replace("BTCUSDT", "DOGEUSDT"));
    assertThat(heard.lines).containsExactly("ignored kline", "unknown DOGEUSDT");
  }

  @Test
  void zeroesAndNumbersThatDoNotFitAreInvalidTrades() {
    decode(TRADE.replace("64012.30000000", "0"));
    decode(TRADE.replace("0.00150000", "0.000000001"));
    decode(TRADE.replace("0.00150000", "99999999999999"));
    assertThat(heard.lines).hasSize(3).allMatch(line -> line.startsWith("invalid BTCUSDT"));
    assertThat(heard.lines.get(1)).contains("quantity does not fit 8 decimals");
  }

  /** So the venue marks what its audits have found to be none. */
  @Test
  void aTradeWithoutFillsIsNone() {
    String none = TRADE.replace("\"f\":100,\"l\":105", "\"f\":-1,\"l\":-1");
    decode(none);
    decode(none.replace("64012.30000000", "0").replace("0.00150000", "0"));
    assertThat(heard.lines).containsExactly("no trade BTCUSDT 12345", "no trade BTCUSDT 12345");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"e\":\"aggTrade\"",
        "{\"e\":\"aggTrade\"}",
        "{\"e\":\"aggTrade\"} {}",
        "{\"e\":\"aggTrade\",\"s\":1,\"a\":1,\"p\":\"1\",\"q\":\"1\",\"T\":1,\"m\":true}",
        "{\"e\":\"aggTrade\",\"s\":\"BTCUSDT\",\"a\":\"x\",\"p\":\"1\",\"q\":\"1\",\"T\":1,\"m\":true}",
        "{\"e\":\"aggTrade\",\"s\":\"BTCUSDT\",\"a\":1,\"p\":\"1e5\",\"q\":\"1\",\"T\":1,\"m\":true}",
        "{\"e\":\"aggTrade\",\"s\":\"BTCUSDT\",\"a\":1,\"p\":\"-1\",\"q\":\"1\",\"T\":1,\"m\":true}",
        "{\"e\":\"aggTrade\",\"s\":\"BTCUSDT\",\"a\":1,\"p\":null,\"q\":\"1\",\"T\":1,\"m\":true}",
        "{\"e\":\"aggTrade\",\"s\":\"BTCUSDT\",\"a\":1,\"p\":\"1\",\"q\":\"1\",\"T\":1,\"m\":\"true\"}",
        "{\"e\":\"aggTrade\",\"s\":\"BTCUSDT\",\"a\":99999999999999999999,\"p\":\"1\",\"q\":\"1\",\"T\":1,\"m\":true}",
        "{\"result\":null}",
      })
  void whatCannotBeReadIsMalformedAndTheNextMessageIsRead(String text) {
    decode(text);
    decode(TRADE);
    assertThat(heard.lines).hasSize(2);
    assertThat(heard.lines.get(0)).startsWith("malformed");
    assertThat(heard.lines.get(1)).startsWith("trade");
  }

  @Property
  void anyDecimalThatFitsIsReadExactly(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long value,
      @ForAll @IntRange(min = 0, max = 18) int scale,
      @ForAll @IntRange(min = 0, max = 12) int zeros) {
    String text = BigDecimal.valueOf(value, scale).toPlainString();
    char[] chars = (text.contains(".") ? text + "0".repeat(zeros) : text).toCharArray();
    DecimalText decimal = new DecimalText();
    assertThat(decimal.read(chars, 0, chars.length)).isTrue();
    assertThat(decimal.at(scale)).isEqualTo(value);
  }

  @Property
  void aDecimalThatDoesNotFitIsNeverCut(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long value,
      @ForAll @IntRange(min = 0, max = 18) int written,
      @ForAll @IntRange(min = 0, max = 18) int scale) {
    char[] chars = BigDecimal.valueOf(value, written).toPlainString().toCharArray();
    DecimalText decimal = new DecimalText();
    assertThat(decimal.read(chars, 0, chars.length)).isTrue();
    long at = decimal.at(scale);
    if (at != DecimalText.NO_FIT) {
      assertThat(BigDecimal.valueOf(at, scale))
          .isEqualByComparingTo(BigDecimal.valueOf(value, written));
    }
  }

  @Test
  void scalesComeFromTheStepWithRoomToSpare() {
    String info =
        "{\"timezone\":\"UTC\",\"rateLimits\":[{\"limit\":1}],\"symbols\":["
            + symbol("BTCUSDT", "0.00001000")
            + ","
            + symbol("PEPEUSDT", "1.00000000")
            + "]}";
    assertThat(venue.readScales(info.getBytes(UTF_8)))
        .containsEntry("BTCUSDT", new InstrumentScales(8, 8, 1_000_000))
        .containsEntry("PEPEUSDT", new InstrumentScales(8, 3, 1_000_000));
    assertThat(venue.readScales("{\"code\":-1121,\"msg\":\"Invalid symbol.\"}".getBytes(UTF_8)))
        .isEmpty();
    for (String nothing : new String[] {"{\"code\":-1003}", "{}", "{\"symbols\":[]}"}) {
      assertThatThrownBy(() -> venue.readScales(nothing.getBytes(UTF_8)))
          .as("who lists nothing at all says nothing of one symbol")
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> venue.readScales("[]".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> venue.readScales("<html>".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void requestsAreWhatTheVenueDocuments() {
    assertThat(venue.subscribe(List.of("BTCUSDT", "ETHUSDT"), 3))
        .isEqualTo(
            "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\",\"ethusdt@aggTrade\"],\"id\":3}");
    assertThat(venue.streamUri(URI.create("wss://example.org:9443")))
        .hasToString("wss://example.org:9443/stream");
    assertThat(venue.normalise(" btcusdt ")).isEqualTo("BTCUSDT");
    assertThatThrownBy(() -> venue.normalise("BTC/USDT"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BTC/USDT");
  }

  private static String symbol(String name, String step) {
    return "{\"symbol\":\""
        + name
        + "\",\"status\":\"TRADING\",\"orderTypes\":[\"LIMIT\"],\"filters\":[{\"filterType\":\"PRICE_FILTER\","
        + "\"tickSize\":\"0.01\"},{\"filterType\":\"MARKET_LOT_SIZE\",\"stepSize\":\"0.00000000\"},"
        + "{\"filterType\":\"LOT_SIZE\",\"stepSize\":\""
        + step
        + "\"}],\"permissions\":[]}";
  }

  private void decode(String text) {
    byte[] bytes = ("xx" + text).getBytes(UTF_8);
    decoder.decode(bytes, 2, bytes.length - 2, heard);
  }
}
