package io.tapeflow.metrics;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Signed 128-bit integers, kept as two longs in an array: the high one, then the low one. They hold
 * sums of products of longs, which 64 bits do not. Past 127 bits they wrap around: who sums for
 * ever has to watch the sign.
 */
public final class Wide {
  private Wide() {}

  /** Adds a number. */
  public static void add(long[] a, int at, long value) {
    add(a, at, value >> 63, value);
  }

  /** Adds the number at the same place of another array. */
  public static void add(long[] a, int at, long[] b) {
    add(a, at, b[at], b[at + 1]);
  }

  /** Takes the number at the same place of another array away. */
  public static void subtract(long[] a, int at, long[] b) {
    long low = a[at + 1];
    a[at + 1] = low - b[at + 1];
    a[at] -= b[at] + (Long.compareUnsigned(low, b[at + 1]) < 0 ? 1 : 0);
  }

  /** Takes a number away. */
  public static void subtract(long[] a, int at, long value) {
    long low = a[at + 1];
    a[at + 1] = low - value;
    a[at] -= (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
  }

  /** Adds a number of another array. */
  public static void add(long[] a, int at, long[] b, int atOther) {
    add(a, at, b[atOther], b[atOther + 1]);
  }

  /** Takes a number of another array away. */
  public static void subtract(long[] a, int at, long[] b, int atOther) {
    long low = a[at + 1];
    a[at + 1] = low - b[atOther + 1];
    a[at] -= b[atOther] + (Long.compareUnsigned(low, b[atOther + 1]) < 0 ? 1 : 0);
  }

  /** Adds the product of two numbers. */
  public static void addProduct(long[] a, int at, long x, long y) {
    add(a, at, Math.multiplyHigh(x, y), x * y);
  }

  /** Takes the product of two numbers away. */
  public static void subtractProduct(long[] a, int at, long x, long y) {
    long high = Math.multiplyHigh(x, y);
    long product = x * y;
    long low = a[at + 1];
    a[at + 1] = low - product;
    a[at] -= high + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
  }

  /** Compares two numbers of the same array. */
  public static int compare(long[] a, int at, int otherAt) {
    int byHigh = Long.compare(a[at], a[otherAt]);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(a[at + 1], a[otherAt + 1]);
  }

  /** Copies a number to another place in the same array. */
  public static void copy(long[] a, int from, int to) {
    a[to] = a[from];
    a[to + 1] = a[from + 1];
  }

  /** The nearest double, or one next to it. */
  public static double doubleValue(long[] a, int at) {
    long high = a[at];
    long low = a[at + 1];
    return high == low >> 63 ? low : high * 0x1p64 + (low >>> 1) * 2.0 + (low & 1);
  }

  /** The number in the array, as a decimal. */
  public static BigDecimal decimal(long[] a, int at, int scale) {
    return decimal(a[at], a[at + 1], scale);
  }

  /** The first number minus the second, as a decimal. */
  public static BigDecimal difference(long[] a, long[] b, int at, int scale) {
    long low = a[at + 1] - b[at + 1];
    long borrow = Long.compareUnsigned(a[at + 1], b[at + 1]) < 0 ? 1 : 0;
    return decimal(a[at] - b[at] - borrow, low, scale);
  }

  private static void add(long[] a, int at, long high, long low) {
    long sum = a[at + 1] + low;
    a[at] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    a[at + 1] = sum;
  }

  private static BigDecimal decimal(long high, long low, int scale) {
    if (high == low >> 63) {
      return BigDecimal.valueOf(low, scale);
    }
    BigInteger unsignedLow = BigInteger.valueOf(low >>> 1).shiftLeft(1).or(bit(low));
    return new BigDecimal(BigInteger.valueOf(high).shiftLeft(64).or(unsignedLow), scale);
  }

  private static BigInteger bit(long low) {
    return (low & 1) == 0 ? BigInteger.ZERO : BigInteger.ONE;
  }
}
