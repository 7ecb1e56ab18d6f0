package io.tapeflow.stream.binance;

/**
 * A decimal number in text, read into a mantissa and a number of decimals without an object. Zeros
 * at the end of the decimals are left out, so that {@code "1000000000000.00000000"} needs no more
 * digits than it has.
 */
final class DecimalText {
  /** What {@link #at} answers for a number that does not fit. */
  static final long NO_FIT = -1;

  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private long mantissa;
  private int decimals;
  private boolean fits;

  /**
   * Reads a number that is not negative.
   *
   * @return false if the text is not such a number
   */
  boolean read(char[] text, int offset, int length) {
    mantissa = 0;
    decimals = 0;
    fits = true;
    int pendingZeros = 0;
    boolean point = false;
    boolean digits = false;
    for (int i = offset; i < offset + length; i++) {
      char c = text[i];
      if (c == '.' && !point) {
        point = true;
      } else if (c < '0' || c > '9') {
        return false;
      } else {
        digits = true;
        if (point && c == '0') {
          pendingZeros++;
        } else {
          if (point) {
            push(0, pendingZeros);
            decimals += pendingZeros + 1;
            pendingZeros = 0;
          }
          push(c - '0', 1);
        }
      }
    }
    return digits;
  }

  /**
   * The number as a fixed-point long.
   *
   * @return {@link #NO_FIT} if it has more decimals than the scale, or overflows
   */
  long at(int scale) {
    return fits ? fixed(mantissa, decimals, scale) : NO_FIT;
  }

  /**
   * A number of so many decimals as a fixed-point long.
   *
   * @return {@link #NO_FIT} if it has more decimals than the scale, or overflows
   */
  static long fixed(long mantissa, int decimals, int scale) {
    long digits = mantissa;
    int up = scale - decimals;
    while (up < 0 && digits % 10 == 0) {
      digits /= 10;
      up++;
    }
    if (up == 0) {
      return digits;
    }
    if (up < 0 || up >= POWERS.length) {
      return NO_FIT;
    }
    long factor = POWERS[up];
    return digits > Long.MAX_VALUE / factor ? NO_FIT : digits * factor;
  }

  /** Appends one digit, the given number of times. */
  private void push(int digit, int times) {
    for (int i = 0; i < times; i++) {
      if (mantissa > (Long.MAX_VALUE - digit) / 10) {
        fits = false;
        return;
      }
      mantissa = mantissa * 10 + digit;
    }
  }
}
