package io.tapeflow.it;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An archive of made-up trades, in the exchange's own format, with the sums of its trades. */
final class Archive {
  private static final long FIRST_MICROS = 1_759_536_000_000_000L;

  private final Path file;
  private final String symbol;
  private final Tally tally;

  private Archive(Path file, String symbol, Tally tally) {
    this.file = file;
    this.symbol = symbol;
    this.tally = tally;
  }

  /** Writes an archive whose ids go from 1 to a number; a trade each 10 ms. */
  static Archive write(String symbol, int trades) throws IOException {
    Random random = new Random(trades);
    List<String> lines = new ArrayList<>();
    Tally tally = Tally.NOTHING;
    for (int id = 1; id <= trades; id++) {
      BigDecimal price = BigDecimal.valueOf(6_400_000 + random.nextInt(10_000), 2);
      BigDecimal quantity = BigDecimal.valueOf(1 + random.nextInt(500_000), 5);
      boolean buyerIsMaker = random.nextBoolean();
      tally = tally.plus(quantity, buyerIsMaker);
      lines.add(
          "%d,%s,%s,%d,%d,%d,%s,True"
              .formatted(
                  id,
                  price,
                  quantity,
                  id,
                  id,
                  FIRST_MICROS + id * 10_000L,
                  buyerIsMaker ? "True" : "False"));
    }
    Path file = ShippedHome.work("archives").resolve(symbol + "-aggTrades-" + trades + ".csv");
    Files.write(file, lines);
    return new Archive(file, symbol, tally);
  }

  Path file() {
    return file;
  }

  String symbol() {
    return symbol;
  }

  Tally tally() {
    return tally;
  }
}
