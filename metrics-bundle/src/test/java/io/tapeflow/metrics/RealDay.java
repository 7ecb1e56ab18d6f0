package io.tapeflow.metrics;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/** Whole days of real trades. A test that asks for one is skipped where there are none. */
// Instrument is immutable, which its module does not annotate.
@SuppressWarnings("ImmutableEnumChecker")
public enum RealDay {
  BTCUSDC_2025("BTCUSDC-aggTrades-2025-10-04.zip", 2, 5, 1),
  BTCUSD_PERP_2026("BTCUSD_PERP-aggTrades-2026-05-08.zip", 1, 0, 1_000),
  BTCUSDT_2019("BTCUSDT-aggTrades-derived-2019-05-26.csv.gz", 2, 6, 1_000),
  ETHUSDT_2019("ETHUSDT-aggTrades-derived-2019-06-01.csv.gz", 2, 5, 1_000);

  private final String file;
  private final Instrument instrument;
  private final int microsPerUnit;

  RealDay(String file, int priceScale, int quantityScale, int microsPerUnit) {
    this.file = file;
    this.instrument = new Instrument("archive", name(), priceScale, quantityScale);
    this.microsPerUnit = microsPerUnit;
  }

  /** The instrument traded. */
  public Instrument instrument() {
    return instrument;
  }

  /** The day's trades, oldest first. */
  public List<Trade> trades() {
    Path archive = folder().resolve("archives").resolve(file);
    assumeTrue(Files.exists(archive), () -> "SKIPPED: there is no recording " + archive);
    List<Trade> trades = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(open(archive), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (Character.isDigit(line.charAt(0))) {
          trades.add(trade(line.split(",", -1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return trades;
  }

  /** The recordings lie beside the project, whose root is the first folder with a .mvn in it. */
  public static Path folder() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    assumeTrue(folder != null, "SKIPPED: the project's root was not found");
    return folder.resolveSibling("shared").resolve("data");
  }

  private Trade trade(String[] columns) {
    long time = Long.parseLong(columns[5]) * microsPerUnit;
    return new Trade(
        instrument,
        Long.parseLong(columns[0]),
        new BigDecimal(columns[1]).movePointRight(instrument.priceScale()).longValueExact(),
        new BigDecimal(columns[2]).movePointRight(instrument.quantityScale()).longValueExact(),
        time,
        time,
        Boolean.parseBoolean(columns[6]) ? Side.SELL : Side.BUY,
        1,
        false,
        false);
  }

  private static InputStream open(Path archive) throws IOException {
    InputStream file = Files.newInputStream(archive);
    if (archive.toString().endsWith(".gz")) {
      return new GZIPInputStream(file);
    }
    ZipInputStream zip = new ZipInputStream(file);
    zip.getNextEntry();
    return zip;
  }
}
