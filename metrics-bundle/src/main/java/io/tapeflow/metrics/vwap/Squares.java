package io.tapeflow.metrics.vwap;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Signed 192-bit integers, kept as three longs in an array, the highest first. They hold sums of
 * price x price x quantity, which for bitcoin at eight decimals 128 bits do not. Past 191 bits they
 * wrap around; the difference of two is right as long as it fits itself.
 */
final class Squares {
  static final int LONGS = 3;

  private Squares() {}

  /** Adds x * x * y; neither is negative. */
  static void add(long[] a, int at, long x, long y) {
    long high = Math.multiplyHigh(x, x);
    long low = x * x;
    // The low half of the square is unsigned, multiplyHigh takes it for signed.
    long carried = Math.multiplyHigh(low, y) + ((low >> 63) & y);
    long middle = high * y + carried;
    long top = Math.multiplyHigh(high, y) + (Long.compareUnsigned(middle, carried) < 0 ? 1 : 0);

    long sum = a[at + 2] + low * y;
    long carry = Long.compareUnsigned(sum, a[at + 2]) < 0 ? 1 : 0;
    a[at + 2] = sum;
    long next = a[at + 1] + middle;
    long carryOn = Long.compareUnsigned(next, middle) < 0 ? 1 : 0;
    a[at + 1] = next + carry;
    carryOn += carry == 1 && a[at + 1] == 0 ? 1 : 0;
    a[at] += top + carryOn;
  }

  /** The first number minus the second. */
  static BigInteger difference(long[] a, long[] b, int at) {
    BigInteger difference = integer(a, at).subtract(integer(b, at));
    // Brought back into range, should one of the two have wrapped around and the other not.
    byte[] bytes = difference.toByteArray();
    int excess = bytes.length - LONGS * Long.BYTES;
    return excess <= 0 ? difference : new BigInteger(bytes, excess, LONGS * Long.BYTES);
  }

  private static BigInteger integer(long[] a, int at) {
    ByteBuffer bytes = ByteBuffer.allocate(LONGS * Long.BYTES);
    bytes.putLong(a[at]).putLong(a[at + 1]).putLong(a[at + 2]);
    return new BigInteger(bytes.array());
  }
}
