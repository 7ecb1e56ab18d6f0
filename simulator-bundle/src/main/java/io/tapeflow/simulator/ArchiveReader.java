package io.tapeflow.simulator;

import io.tapeflow.api.trade.Side;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/**
 * Reads the exchange's archives of aggregate trades: zip, gz or plain, with a header or not, with 7
 * or 8 columns, in milliseconds or microseconds.
 */
final class ArchiveReader implements Closeable {
  private static final int BUFFER = 256 * 1_024;
  private static final int LONGEST_LINE = 1_024;
  private static final int SHORT_ROW = 7;
  private static final int LONG_ROW = 8;
  // Times from here on are in microseconds; in milliseconds this is the year 5138.
  private static final long MICROS_FROM = 100_000_000_000_000L;

  private final InputStream in;
  private final CountedInput file;
  private final byte[] buffer = new byte[BUFFER];
  private final int[] starts = new int[LONG_ROW + 2];
  private int position;
  private int limit;
  private long line;
  private IOException failure;

  ArchiveReader(Path path) throws IOException {
    this.file = new CountedInput(Files.newInputStream(path));
    this.in = open(file);
  }

  /** How many bytes of the file have been read. */
  long bytes() {
    return file.count();
  }

  /** The number of the line read last, from 1. */
  long line() {
    return line;
  }

  /**
   * The next trade; null at the end.
   *
   * @throws IllegalArgumentException if the line is no trade; the next call goes on behind it
   * @throws IOException if the file cannot be read any further
   */
  AggTrade next() throws IOException {
    while (fillLine()) {
      int from = position;
      int end = lineEnd();
      position = Math.min(end + 1, limit);
      line++;
      int to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
      boolean header = line == 1 && to > from && !isDigit(buffer[from]);
      if (to > from && !header) {
        return trade(from, to);
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private AggTrade trade(int from, int to) {
    int columns = split(from, to);
    if (columns != SHORT_ROW && columns != LONG_ROW) {
      throw new IllegalArgumentException(
          "7 or 8 columns were expected, not " + columns + ": '" + text(from, to) + "'");
    }
    long time = number(5);
    int decimals = E8.decimals(buffer, starts[2], starts[3] - 1);
    long units = E8.parse(buffer, starts[2], starts[3] - 1, decimals);
    return new AggTrade(
        number(0),
        E8.parse(buffer, starts[1], starts[2] - 1),
        units,
        units,
        decimals,
        number(3),
        number(4),
        time >= MICROS_FROM ? time : time * 1_000,
        isTrue(6) ? Side.SELL : Side.BUY);
  }

  /** Notes where the columns begin, and returns how many there are. */
  private int split(int from, int to) {
    int columns = 1;
    starts[0] = from;
    for (int i = from; i < to; i++) {
      if (buffer[i] == ',') {
        if (columns > LONG_ROW) {
          return columns;
        }
        starts[columns++] = i + 1;
      }
    }
    starts[columns] = to + 1;
    return columns;
  }

  private long number(int column) {
    int from = starts[column];
    int to = starts[column + 1] - 1;
    boolean negative = from < to && buffer[from] == '-';
    int first = negative ? from + 1 : from;
    long value = 0;
    for (int i = first; i < to; i++) {
      if (!isDigit(buffer[i]) || value > (Long.MAX_VALUE - 9) / 10) {
        throw notANumber(column);
      }
      value = value * 10 + buffer[i] - '0';
    }
    if (first == to) {
      throw notANumber(column);
    }
    return negative ? -value : value;
  }

  private boolean isTrue(int column) {
    String value = text(starts[column], starts[column + 1] - 1).toLowerCase(Locale.ROOT);
    return switch (value) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new IllegalArgumentException("true or false was expected, not '" + value + "'");
    };
  }

  private IllegalArgumentException notANumber(int column) {
    return new IllegalArgumentException(
        "a whole number was expected, not '" + text(starts[column], starts[column + 1] - 1) + "'");
  }

  private String text(int from, int to) {
    return new String(buffer, from, to - from, StandardCharsets.UTF_8);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private int lineEnd() {
    int end = position;
    while (end < limit && buffer[end] != '\n') {
      end++;
    }
    return end;
  }

  /** Sees to it that a whole line is in the buffer. Returns false at the end of the file. */
  private boolean fillLine() throws IOException {
    if (limit - position < LONGEST_LINE && failure == null) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
      fillBuffer();
    }
    // What was read before the fault still counts, but for a line that it has cut.
    if (failure != null && lineEnd() == limit) {
      throw failure;
    }
    return position < limit;
  }

  private void fillBuffer() {
    try {
      int read = 0;
      while (read >= 0 && limit < buffer.length) {
        read = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(0, read);
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private static InputStream open(InputStream file) throws IOException {
    InputStream raw = new BufferedInputStream(file, BUFFER);
    try {
      raw.mark(2);
      int magic = raw.read() << 8 | raw.read();
      raw.reset();
      return switch (magic) {
        case 'P' << 8 | 'K' -> firstEntry(raw);
        case 0x1f << 8 | 0x8b -> new GZIPInputStream(raw, BUFFER);
        default -> raw;
      };
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static InputStream firstEntry(InputStream raw) throws IOException {
    ZipInputStream zip = new ZipInputStream(raw);
    if (zip.getNextEntry() == null) {
      throw new IOException("The zip file is empty");
    }
    return zip;
  }
}
