package io.tapeflow.simulator;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Decimals as whole numbers of 1e-8; quantities that are too large for that as whole numbers of a
 * coarser unit.
 */
final class E8 {
  static final int DECIMALS = 8;
  static final long ONE = 100_000_000L;

  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, ONE
  };

  private E8() {}

  static BigDecimal decimal(long units) {
    return BigDecimal.valueOf(units, DECIMALS);
  }

  /** So many decimals' whole units in one: 1 for none, {@link #ONE} for eight. */
  static long one(int decimals) {
    return POWERS[decimals];
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
    return parse(bytes, from, to, DECIMALS);
  }

  /** As many decimals, eight at the most, as a number can be read with so that a long holds it. */
  static int decimals(byte[] bytes, int from, int to) {
    long whole = 0;
    for (int i = from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      if (whole > (Long.MAX_VALUE - 9) / 10) {
        return 0;
      }
      whole = whole * 10 + bytes[i] - '0';
    }
    return decimals(whole);
  }

  /** As many decimals, eight at the most, as a number below the next whole one may have. */
  static int decimals(long whole) {
    int decimals = DECIMALS;
    while (decimals > 0 && whole >= Long.MAX_VALUE / one(decimals)) {
      decimals--;
    }
    return decimals;
  }

  /**
   * Reads a decimal without a sign or exponent.
   *
   * @param places how many decimals are read; further ones must be zeros
   * @throws IllegalArgumentException if it is none, has more decimals, or does not fit
   */
  static long parse(byte[] bytes, int from, int to, int places) {
    long value = 0;
    int decimals = -1;
    boolean digits = false;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (bytes[i] == '.' && decimals < 0) {
        decimals = 0;
      } else if (digit >= 0 && digit <= 9 && decimals < places) {
        value = appended(value, digit, bytes, from, to, places);
        decimals += decimals >= 0 ? 1 : 0;
        digits = true;
      } else if (digit != 0) {
        throw refused(bytes, from, to, places);
      }
    }
    if (!digits) {
      throw refused(bytes, from, to, places);
    }
    for (int i = Math.max(0, decimals); i < places; i++) {
      value = appended(value, 0, bytes, from, to, places);
    }
    return value;
  }

  private static long appended(long value, int digit, byte[] bytes, int from, int to, int places) {
    if (value > (Long.MAX_VALUE - digit) / 10) {
      throw refused(bytes, from, to, places);
    }
    return value * 10 + digit;
  }

  private static IllegalArgumentException refused(byte[] bytes, int from, int to, int places) {
    return new IllegalArgumentException(
        "a decimal of at most "
            + places
            + " places and below "
            + Long.MAX_VALUE / one(places)
            + " was expected, not '"
            + new String(bytes, from, to - from, StandardCharsets.UTF_8)
            + "'");
  }
}
