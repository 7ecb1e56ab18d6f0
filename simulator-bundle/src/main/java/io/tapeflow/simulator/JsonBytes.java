package io.tapeflow.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes JSON's ASCII by hand, because this is where the venue spends its time. */
final class JsonBytes {
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private byte[] bytes;
  private int size;

  JsonBytes(int capacity) {
    this.bytes = new byte[capacity];
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  int size() {
    return size;
  }

  int room() {
    return bytes.length - size;
  }

  void clear() {
    size = 0;
  }

  /** What has been written from a place on. It is not copied. */
  ByteBuffer since(int start) {
    return ByteBuffer.wrap(bytes, start, size - start);
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  /** Leaves some bytes to be set later, and returns where they begin. */
  int skip(int count) {
    reserve(count);
    size += count;
    return size - count;
  }

  void set(int at, int value) {
    bytes[at] = (byte) value;
  }

  /** Forgets what stands from a place on. */
  void cut(int end) {
    size = end;
  }

  /** Takes some bytes out; what is behind them moves up. */
  void remove(int from, int to) {
    System.arraycopy(bytes, to, bytes, from, size - to);
    size -= to - from;
  }

  JsonBytes raw(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
    return this;
  }

  JsonBytes raw(char c) {
    reserve(1);
    bytes[size++] = (byte) c;
    return this;
  }

  JsonBytes bool(boolean value) {
    return raw(value ? TRUE : FALSE);
  }

  JsonBytes number(long value) {
    reserve(20);
    if (value < 0) {
      bytes[size++] = '-';
    }
    int digits = digits(value);
    long rest = value;
    for (int at = size + digits - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    }
    size += digits;
    return this;
  }

  /** A decimal of eight places from whole 1e-8, without quotes. */
  JsonBytes fixed(long units) {
    return fixed(units, E8.DECIMALS);
  }

  /** A decimal of eight places from whole units of so many, without quotes. */
  JsonBytes fixed(long units, int decimals) {
    long one = E8.one(decimals);
    number(units / one);
    raw('.');
    reserve(E8.DECIMALS);
    long rest = units % one * (E8.ONE / one);
    for (int at = size + E8.DECIMALS - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += E8.DECIMALS;
    return this;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private void reserve(int more) {
    if (room() < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
