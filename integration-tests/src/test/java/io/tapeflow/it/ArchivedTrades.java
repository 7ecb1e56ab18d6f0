package io.tapeflow.it;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Trades of an archive in the exchange's format with milliseconds, read in the plainest way, apart
 * from everything that Tapeflow reads archives by.
 */
record ArchivedTrades(Instrument instrument, List<String[]> lines) implements TradeBatch {
  static ArchivedTrades read(Path gzip, Instrument instrument) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(gzip)), StandardCharsets.US_ASCII))) {
      return new ArchivedTrades(
          instrument,
          reader
              .lines()
              .filter(line -> Character.isDigit(line.charAt(0)))
              .map(line -> line.split(",", -1))
              .toList());
    }
  }

  /** Those behind one id, up to and including another; the ids have no holes. */
  ArchivedTrades between(long after, long upTo) {
    long first = id(0);
    return new ArchivedTrades(
        instrument, lines.subList((int) (after - first + 1), (int) (upTo - first + 1)));
  }

  @Override
  public int size() {
    return lines.size();
  }

  @Override
  public long id(int index) {
    return Long.parseLong(lines.get(index)[0]);
  }

  @Override
  public long price(int index) {
    return fixed(lines.get(index)[1], instrument.priceScale());
  }

  @Override
  public long quantity(int index) {
    return fixed(lines.get(index)[2], instrument.quantityScale());
  }

  @Override
  public int fills(int index) {
    String[] line = lines.get(index);
    return Math.toIntExact(Long.parseLong(line[4]) - Long.parseLong(line[3]) + 1);
  }

  @Override
  public long timeMicros(int index) {
    return Long.parseLong(lines.get(index)[5]) * 1_000;
  }

  @Override
  public long receivedMicros(int index) {
    return timeMicros(index);
  }

  @Override
  public Side aggressor(int index) {
    return Boolean.parseBoolean(lines.get(index)[6]) ? Side.SELL : Side.BUY;
  }

  @Override
  public boolean repaired(int index) {
    return false;
  }

  @Override
  public boolean block(int index) {
    return false;
  }

  private static long fixed(String decimal, int scale) {
    return new BigDecimal(decimal).movePointRight(scale).longValueExact();
  }
}
