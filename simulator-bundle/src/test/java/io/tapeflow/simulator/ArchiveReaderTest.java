package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeflow.api.trade.Side;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveReaderTest {
  private static final AggTrade SELL =
      new AggTrade(7, 8_023_00000000L, 3_114_900L, 10, 12, 1_558_828_800_453_000L, Side.SELL);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7,8023.00000000,0.03114900,10,12,1558828800453,True,True",
        "7,8023.00000000,0.03114900,10,12,1558828800453,true,False",
        "7,8023.0,0.031149,10,12,1558828800453000,true",
        "7,8023,0.031149,10,12,1558828800453000,1\r\n",
        "agg_trade_id,price,quantity\n7,8023,0.0311490000000,10,12,1558828800453,TRUE\n\n",
      })
  void everySpellingIsRead(String text) throws Exception {
    assertThat(readAll(csv(text))).containsExactly(SELL);
  }

  @Test
  void buyersAndAuditedRowsAreReadAsTheyAre() throws Exception {
    assertThat(readAll(csv("1,2,3,4,5,1558828800453,false\n2,0,0,-1,-1,1558828800453,0\n")))
        .containsExactly(
            new AggTrade(1, 2 * E8.ONE, 3 * E8.ONE, 4, 5, 1_558_828_800_453_000L, Side.BUY),
            new AggTrade(2, 0, 0, -1, -1, 1_558_828_800_453_000L, Side.BUY));
  }

  /** A long holds 92 billion at eight decimals; of what is more, the decimals are mostly zeros. */
  @ParameterizedTest
  @CsvSource({
    "92233720367.99999999, 92233720367.99999999",
    "100000000000.1234567, 100000000000.1234567",
    "1000000000000000.00000000, 1000000000000000",
    "000001234567890123456.75, 1234567890123456.75",
    "9223372036854775807, 9223372036854775807",
    "0, 0",
  })
  void quantitiesOfTrillionsLoseNoDigit(String text, BigDecimal quantity) throws Exception {
    AggTrade trade = readAll(csv("1,0.00000001," + text + ",4,5,1558828800453,true\n")).get(0);
    assertThat(trade.quantity()).isEqualByComparingTo(quantity);
    JsonBytes json = new JsonBytes(64);
    json.fixed(trade.units(), trade.decimals());
    assertThat(new BigDecimal(new String(json.copy(), StandardCharsets.US_ASCII)))
        .isEqualByComparingTo(quantity);
  }

  @Test
  void zipAndGzAreKnownByTheirContent() throws Exception {
    byte[] line = "7,8023,0.031149,10,12,1558828800453,True".getBytes(StandardCharsets.UTF_8);
    Path zip = folder.resolve("zipped");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("whatever.csv"));
      out.write(line);
    }
    Path gz = folder.resolve("gzipped");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      out.write(line);
    }
    assertThat(readAll(zip)).containsExactly(SELL);
    assertThat(readAll(gz)).containsExactly(SELL);
  }

  @Test
  void anEmptyFileHasNoTrades() throws Exception {
    assertThat(readAll(csv(""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,2,3",
        "1,2,3,4,5,6,true,true,true",
        "x1,2,3,4,5,6,true",
        "1,-2,3,4,5,6,true",
        "1,2,3e5,4,5,6,true",
        "1,2,0.123456789,4,5,6,true",
        "1,99999999999,3,4,5,6,true",
        "1,2,9223372036854775808,4,5,6,true",
        "1,2,1000000000000000.0001,4,5,6,true",
        "1,2,3,4,5,6,maybe",
        "1,,3,4,5,6,true",
        ",2,3,4,5,6,true",
        "99999999999999999999,2,3,4,5,6,true",
      })
  void aDamagedLineIsNamedAndTheNextIsRead(String damaged) throws Exception {
    Path file = csv("1,2,3,4,5,6,true\n" + damaged + "\n9,2,3,4,5,6,true\n");
    try (ArchiveReader reader = new ArchiveReader(file)) {
      assertThat(reader.next().id()).isEqualTo(1);
      assertThatThrownBy(reader::next)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected");
      assertThat(reader.line()).isEqualTo(2);
      assertThat(reader.next().id()).isEqualTo(9);
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void linesAcrossTheBuffersEdgeAreWhole() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int id = 1; id <= 30_000; id++) {
      text.append(id).append(",64000.1,0.5,").append(id).append(',').append(id);
      text.append(",1558828800453,true,true\n");
    }
    List<AggTrade> trades = readAll(csv(text.toString()));
    assertThat(trades).hasSize(30_000);
    for (int i = 0; i < trades.size(); i++) {
      assertThat(trades.get(i).id()).isEqualTo(i + 1);
    }
  }

  @Test
  void symbolsComeFromFileNames() {
    assertThat(ArchiveFile.of(Path.of("a", "BTCUSD_PERP-aggTrades-2026-05-08.zip")).symbol())
        .isEqualTo("BTCUSD_PERP");
    assertThatThrownBy(() -> ArchiveFile.of(Path.of("trades.zip")))
        .hasMessageContaining("archive.symbol")
        .hasMessageContaining("trades.zip");
  }

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("archive.csv"), text);
  }

  private static List<AggTrade> readAll(Path file) throws IOException {
    List<AggTrade> trades = new ArrayList<>();
    try (ArchiveReader reader = new ArchiveReader(file)) {
      for (AggTrade trade = reader.next(); trade != null; trade = reader.next()) {
        trades.add(trade);
      }
    }
    return trades;
  }
}
