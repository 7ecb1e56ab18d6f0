package io.tapeflow.benchmarks.race;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A round of one instrument's trades as WebSocket frames, made ahead: what costs a venue time when
 * it sends is only to fill in ids and times. Not for several threads.
 */
final class Frames {
  /** Ids have ten digits, so that all frames keep their length. */
  static final long FIRST_ID = 1_000_000_001L;

  private static final int ID_DIGITS = 10;
  private static final String ID = "0000000000";
  private static final String STAMP = "0000000000000000";

  private final byte[][] frames;
  private final int[][] ids;
  private final int[][] times;

  /**
   * Makes them.
   *
   * @param stream what has been subscribed to, such as {@code btcusdt@aggTrade}
   * @param wrapped whether the stream's name is told with each trade
   */
  Frames(Round round, String stream, boolean wrapped) {
    String symbol = stream.substring(0, stream.indexOf('@')).toUpperCase(Locale.ROOT);
    boolean aggregate = stream.endsWith("@aggTrade");
    frames = new byte[round.size()][];
    ids = new int[round.size()][];
    times = new int[round.size()][];
    for (int i = 0; i < frames.length; i++) {
      String trade = (aggregate ? aggregate(symbol, round, i) : single(symbol, round, i));
      String text = wrapped ? "{\"stream\":\"" + stream + "\",\"data\":" + trade + '}' : trade;
      byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
      frames[i] = framed(payload);
      int header = frames[i].length - payload.length;
      ids[i] =
          aggregate
              ? new int[] {at(text, "a", header), at(text, "f", header), at(text, "l", header)}
              : new int[] {at(text, "t", header)};
      times[i] = new int[] {at(text, "E", header), at(text, "T", header)};
    }
  }

  /**
   * Puts a frame into a buffer.
   *
   * @param id of the trade, from {@link #FIRST_ID} on
   * @param stamp sixteen digits of microseconds
   * @return where the next one goes
   */
  int put(long id, byte[] stamp, byte[] out, int at) {
    int index = (int) ((id - FIRST_ID) % frames.length);
    byte[] frame = frames[index];
    System.arraycopy(frame, 0, out, at, frame.length);
    for (int time : times[index]) {
      System.arraycopy(stamp, 0, out, at + time, stamp.length);
    }
    for (int place : ids[index]) {
      digits(id, ID_DIGITS, out, at + place);
    }
    return at + frame.length;
  }

  /** No frame is longer. */
  static int longest() {
    return 512;
  }

  /** Writes a number with leading zeros. */
  static void digits(long number, int count, byte[] out, int at) {
    long rest = number;
    for (int i = at + count - 1; i >= at; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static String aggregate(String symbol, Round round, int i) {
    return ("{\"e\":\"aggTrade\",\"E\":%s,\"s\":\"%s\",\"a\":%s,\"p\":\"%s\",\"q\":\"%s\",\"f\":%s,"
            + "\"l\":%s,\"T\":%s,\"m\":%s,\"M\":true}")
        .formatted(
            STAMP,
            symbol,
            ID,
            round.priceText(i),
            round.quantityText(i),
            ID,
            ID,
            STAMP,
            !round.buy(i));
  }

  private static String single(String symbol, Round round, int i) {
    return "{\"e\":\"trade\",\"E\":%s,\"s\":\"%s\",\"t\":%s,\"p\":\"%s\",\"q\":\"%s\",\"T\":%s,\"m\":%s,\"M\":true}"
        .formatted(
            STAMP, symbol, ID, round.priceText(i), round.quantityText(i), STAMP, !round.buy(i));
  }

  /** Where the value of a field with a name of one letter is. */
  private static int at(String text, String field, int header) {
    return header + text.indexOf(",\"" + field + "\":") + 5;
  }

  /** As a server sends it: unmasked, whole. */
  static byte[] framed(byte[] payload) {
    int header = payload.length < 126 ? 2 : 4;
    byte[] frame = new byte[header + payload.length];
    frame[0] = (byte) 0x81;
    if (header == 2) {
      frame[1] = (byte) payload.length;
    } else {
      frame[1] = 126;
      frame[2] = (byte) (payload.length >>> 8);
      frame[3] = (byte) payload.length;
    }
    System.arraycopy(payload, 0, frame, header, payload.length);
    return frame;
  }
}
