package io.tapeflow.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A recorded day of single trades, with the holes that reconnects of its recorder left. */
final class GappyDay {
  private static final int ID = 4;
  private static final int PRICE = 5;
  private static final int QUANTITY = 6;
  private static final int TIME = 9;
  private static final int MAKER = 10;

  private final NavigableMap<Long, String[]> trades;

  private GappyDay(NavigableMap<Long, String[]> trades) {
    this.trades = trades;
  }

  /** Reads the recording; its lines are not in the order of their ids. */
  static GappyDay read(Path file) throws IOException {
    NavigableMap<Long, String[]> trades = new TreeMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] fields = line.split(";", -1);
        trades.put(Long.parseLong(fields[ID]), fields);
      }
    }
    return new GappyDay(trades);
  }

  /** Writes it in the exchange's archive format. */
  Path write(String symbol) throws IOException {
    List<String> lines = new ArrayList<>();
    trades.forEach(
        (id, trade) ->
            lines.add(
                "%d,%s,%s,%d,%d,%s,%s,True"
                    .formatted(
                        id,
                        trade[PRICE],
                        trade[QUANTITY],
                        id,
                        id,
                        trade[TIME],
                        buyerIsMaker(trade) ? "True" : "False")));
    Path file = ShippedHome.work("archives").resolve(symbol + "-aggTrades-gappy.csv");
    Files.write(file, lines);
    return file;
  }

  long lastId() {
    return trades.lastKey();
  }

  Tally tally() {
    Tally tally = Tally.NOTHING;
    for (String[] trade : trades.values()) {
      tally = tally.plus(new BigDecimal(trade[QUANTITY]), buyerIsMaker(trade));
    }
    return tally;
  }

  /** The first and the last id of each hole. */
  List<long[]> holes() {
    List<long[]> holes = new ArrayList<>();
    long before = trades.firstKey() - 1;
    for (long id : trades.keySet()) {
      if (id != before + 1) {
        holes.add(new long[] {before + 1, id - 1});
      }
      before = id;
    }
    return holes;
  }

  /** Number of ids in the holes. */
  long missing() {
    return trades.lastKey() - trades.firstKey() + 1 - trades.size();
  }

  private static boolean buyerIsMaker(String[] trade) {
    return trade[MAKER].equals("t");
  }
}
