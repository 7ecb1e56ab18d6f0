package io.tapeflow.stream.binance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.SymbolTable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scan takes what is usual, and never says anything but what the parser says. */
class TradeScanTest {
  /** How many frames to try; a day's worth by {@code -Dtapeflow.fuzz.frames=10000000}. */
  private static final int FRAMES = Integer.getInteger("tapeflow.fuzz.frames", 200_000);

  private static final String SPOT =
      "{\"e\":\"aggTrade\",\"E\":1672515782136,\"s\":\"BTCUSDT\",\"a\":12345,\"p\":\"64012.30000000\","
          + "\"q\":\"0.00150000\",\"f\":100,\"l\":105,\"T\":1672515782130,\"m\":true,\"M\":true}";
  private static final String WRAPPED =
      "{\"stream\":\"ethusdt@aggTrade\",\"data\":"
          + "{\"e\":\"aggTrade\",\"E\":1759536000000123,\"s\":\"ETHUSDT\",\"a\":9,\"p\":\"0.31\","
          + "\"q\":\"12\",\"f\":7,\"l\":7,\"T\":1759536000000100,\"m\":false,\"M\":true}}";
  private static final String FUTURES =
      "{\"stream\":\"btcusdt@aggTrade\",\"data\":"
          + "{\"e\":\"aggTrade\",\"E\":1672515782136,\"a\":5933014,\"s\":\"BTCUSDT\",\"p\":\"16541.50\","
          + "\"q\":\"1.250\",\"nq\":\"0.750\",\"f\":100,\"l\":105,\"T\":1672515782136,\"m\":true}}";
  private static final List<String> MODELS =
      List.of(
          SPOT,
          WRAPPED,
          FUTURES,
          SPOT.replace("\"M\":true", "\"X\":\"MARKET\""),
          WRAPPED.replace("ethusdt@aggTrade", "!serverShutdown"),
          "{\"result\":null,\"id\":7}",
          "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1770123456789}}");
  private static final List<String> PIECES =
      List.of(
          "\"",
          ",",
          ":",
          "{",
          "}",
          "0",
          "9",
          "00000000",
          "99999999999999999999",
          ".",
          "-",
          "e5",
          " ",
          "\\",
          "\\u0041",
          "null",
          "true",
          "é",
          "\"a\":1,",
          "\"q\":\"2\"",
          "\"nq\":\"0\",",
          "\"s\":\"DOGE\",",
          "\"e\":\"trade\",",
          "\"data\":",
          "\u0000",
          ",\"M\":false",
          "}}");

  private static final Instrument BTC = new Instrument("binance-spot", "BTCUSDT", 8, 8);
  private static final Instrument ETH = new Instrument("binance-spot", "ETHUSDT", 2, 0);
  private static final SymbolTable SYMBOLS =
      (text, offset, length) ->
          switch (new String(text, offset, length)) {
            case "BTCUSDT" -> BTC;
            case "ETHUSDT" -> ETH;
            default -> null;
          };

  @ParameterizedTest
  @ValueSource(strings = {SPOT, WRAPPED, FUTURES})
  void whatIsUsualIsTaken(String text) {
    Heard scanned = new Heard();
    assertThat(scan(new TradeScan(SYMBOLS, false), text.getBytes(UTF_8), scanned)).isTrue();
    assertThat(scanned.lines).isEqualTo(parsed(text.getBytes(UTF_8), false)).hasSize(1);
  }

  @Test
  void theNetQuantityCountsWhereItIsToCount() {
    for (boolean net : new boolean[] {false, true}) {
      Heard scanned = new Heard();
      assertThat(scan(new TradeScan(SYMBOLS, net), FUTURES.getBytes(UTF_8), scanned)).isTrue();
      assertThat(scanned.lines).isEqualTo(parsed(FUTURES.getBytes(UTF_8), net));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itNeverDisagreesWithTheParser(boolean net) {
    long seed = Long.getLong("tapeflow.fuzz.seed", System.nanoTime());
    Random random = new Random(seed);
    TradeScan scan = new TradeScan(SYMBOLS, net);
    BinanceDecoder parser = new BinanceDecoder(new JsonFactory(), SYMBOLS, net);
    int taken = 0;
    Heard scanned = new Heard();
    Heard parsed = new Heard();
    for (int i = 0; i < FRAMES / 2; i++) {
      byte[] frame = mutated(MODELS.get(random.nextInt(MODELS.size())), random);
      scanned.lines.clear();
      boolean took = scan(scan, frame, scanned);
      if (took) {
        taken++;
        parsed.lines.clear();
        parser.parse(frame, 0, frame.length, parsed);
        assertThat(scanned.lines)
            .as("%s, seed %d", new String(frame, UTF_8), seed)
            .isEqualTo(parsed.lines);
      } else {
        assertThat(scanned.lines).as("%s, seed %d", new String(frame, UTF_8), seed).isEmpty();
      }
    }
    assertThat(taken).as("frames that were taken").isGreaterThan(FRAMES / 20);
  }

  /** Between other bytes, so that one read too many is seen. */
  private static boolean scan(TradeScan scan, byte[] frame, Heard heard) {
    byte[] buffer = new byte[frame.length + 6];
    Arrays.fill(buffer, (byte) '7');
    System.arraycopy(frame, 0, buffer, 3, frame.length);
    return scan.decode(buffer, 3, frame.length, heard);
  }

  private static List<String> parsed(byte[] frame, boolean net) {
    Heard heard = new Heard();
    new BinanceDecoder(new JsonFactory(), SYMBOLS, net).parse(frame, 0, frame.length, heard);
    return heard.lines;
  }

  /** None to three changes: bytes, pieces, cuts, digits. */
  private static byte[] mutated(String model, Random random) {
    byte[] frame = model.getBytes(UTF_8);
    for (int changes = random.nextInt(4); changes > 0 && frame.length > 1; changes--) {
      int at = random.nextInt(frame.length);
      int to = Math.min(frame.length, at + 1 + random.nextInt(3));
      frame =
          switch (random.nextInt(6)) {
            case 0 -> replaced(frame, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 1 ->
                replaced(frame, at, at, PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
            case 2 -> replaced(frame, at, to, new byte[0]);
            case 3 -> replaced(frame, at, at, Arrays.copyOfRange(frame, at, to));
            case 4 -> withOtherDigit(frame, at, random);
            default -> fieldAgain(frame, random);
          };
    }
    return frame;
  }

  private static byte[] withOtherDigit(byte[] frame, int from, Random random) {
    byte[] changed = frame.clone();
    for (int at = from; at < frame.length; at++) {
      if (frame[at] >= '0' && frame[at] <= '9') {
        changed[at] = (byte) ('0' + random.nextInt(10));
        break;
      }
    }
    return changed;
  }

  /** Takes one field and puts it in somewhere else, in place of another or beside it. */
  private static byte[] fieldAgain(byte[] frame, Random random) {
    String[] fields = new String(frame, UTF_8).split(",", -1);
    int from = random.nextInt(fields.length);
    int to = random.nextInt(fields.length);
    fields[to] = random.nextBoolean() ? fields[from] : fields[to] + "," + fields[from];
    return String.join(",", fields).getBytes(UTF_8);
  }

  private static byte[] replaced(byte[] frame, int from, int to, byte[] by) {
    byte[] changed = new byte[frame.length - (to - from) + by.length];
    System.arraycopy(frame, 0, changed, 0, from);
    System.arraycopy(by, 0, changed, from, by.length);
    System.arraycopy(frame, to, changed, from + by.length, frame.length - to);
    return changed;
  }
}
