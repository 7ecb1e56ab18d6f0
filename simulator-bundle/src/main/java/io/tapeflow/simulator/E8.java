package io.tapeflow.simulator;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Decimals as whole numbers of 1e-8. */
final class E8 {
  static final int DECIMALS = 8;
  static final long ONE = 100_000_000L;

  private E8() {}

  static BigDecimal decimal(long units) {
    return BigDecimal.valueOf(units, DECIMALS);
  }

  static long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return parse(bytes, 0, bytes.length);
  }

  /**
   * Reads a decimal without a sign or exponent.
   *
   * @throws IllegalArgumentException if it is none, has more than eight decimals, or does not fit
   */
  static long parse(byte[] bytes, int from, int to) {
    long value = 0;
    int decimals = -1;
    boolean digits = false;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (bytes[i] == '.' && decimals < 0) {
        decimals = 0;
      } else if (digit >= 0 && digit <= 9 && decimals < DECIMALS) {
        value = appended(value, digit, bytes, from, to);
        decimals += decimals >= 0 ? 1 : 0;
        digits = true;
      } else if (digit != 0) {
        throw refused(bytes, from, to);
      }
    }
    if (!digits) {
      throw refused(bytes, from, to);
    }
    for (int i = Math.max(0, decimals); i < DECIMALS; i++) {
      value = appended(value, 0, bytes, from, to);
    }
    return value;
  }

  private static long appended(long value, int digit, byte[] bytes, int from, int to) {
    if (value > (Long.MAX_VALUE - digit) / 10) {
      throw refused(bytes, from, to);
    }
    return value * 10 + digit;
  }

  private static IllegalArgumentException refused(byte[] bytes, int from, int to) {
    return new IllegalArgumentException(
        "a decimal of at most 8 places and below 92233720368 was expected, not '"
            + new String(bytes, from, to - from, StandardCharsets.UTF_8)
            + "'");
  }
}
