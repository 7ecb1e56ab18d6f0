package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  @TempDir private Path folder;

  @Test
  void theSymbolIsThatOfTheFilesName() throws Exception {
    Path spot = Files.createFile(folder.resolve("BTCUSDT-aggTrades-2019-05-26.csv"));
    Path futures = Files.createFile(folder.resolve("BTCUSD_PERP-aggTrades-2026-05.zip"));
    Path other = Files.createFile(folder.resolve("trades.csv"));

    assertThat(ArchiveFiles.of(List.of(spot), null).symbol()).isEqualTo("BTCUSDT");
    assertThat(ArchiveFiles.of(List.of(futures), null).symbol()).isEqualTo("BTCUSD_PERP");
    assertThat(ArchiveFiles.of(List.of(other), "ethusdt").symbol()).isEqualTo("ETHUSDT");
    assertThatThrownBy(() -> ArchiveFiles.of(List.of(other), null))
        .hasMessage("'trades.csv' is not named SYMBOL-aggTrades…: give --symbol");
    assertThatThrownBy(() -> ArchiveFiles.of(List.of(spot, futures), null))
        .hasMessage("the archives are of BTCUSDT and BTCUSD_PERP: play one symbol at a time");
    assertThatThrownBy(() -> ArchiveFiles.of(List.of(folder.resolve("none")), "A"))
        .hasMessageContaining("is not a file that can be read");
    assertThatThrownBy(() -> ArchiveFiles.requireWritable(folder))
        .hasMessageContaining("cannot be written");
  }

  @Test
  void theBarShowsHowFarItIs() {
    ReplayProgress half = new ReplayProgress(1_234, 1_300, 0.5, false, false, "");
    assertThat(ReplayBar.line(half, TimeUnit.SECONDS.toNanos(2)))
        .isEqualTo("[####################....................]  50 %  1,234 trades  617/s  ");
  }

  @Test
  void theSummaryTellsWhatWentWrong() {
    assertThat(summary(Map.of(), "").problem()).isEmpty();
    assertThat(summary(Map.of("lost", 7L), "").problem()).startsWith("7 trades were lost");
    assertThat(summary(Map.of("unread", 3L), "").problem()).startsWith("3 trades of the archive");
    assertThat(summary(Map.of("problem", "disk full"), "").problem()).isEqualTo("disk full");
    assertThat(summary(Map.of(), "x.csv line 4: what?").problem())
        .isEqualTo("x.csv line 4: what?; the 90 trades before it were kept");
    assertThat(summary(Map.of("trades", 0L), "").problem()).contains("BTCUSDT");
  }

  /** Of 100 ids, 5 are missing, 4 were no trades and one was lost. */
  @Test
  void theSummaryCountsIds() {
    assertThat(summary(Map.of(), "").lines())
        .contains(
            "Trades          90",
            "Ids             1 to 100",
            "Missing ids     5",
            "No trades       4",
            "Volume          3.5",
            "Speed           45 trades/s, 30 times real time");
  }

  private static ReplaySummary summary(Map<String, Object> differing, String damage) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("trades", 90L);
    values.put("firstId", 1L);
    values.put("lastId", 100L);
    values.put("missing", 5L);
    values.put("none", 4L);
    values.put("unread", 0L);
    values.put("lost", 0L);
    values.put("lines", 2L);
    values.put("problem", "");
    values.put("from", "2026-01-05T00:00:00Z");
    values.put("to", "2026-01-05T00:01:00Z");
    values.put("micros", 60_000_000L);
    values.put("volume.buy.start", "1.5");
    values.put("volume.sell.start", "2");
    values.put("value.buy.start", "15");
    values.put("value.sell.start", "20");
    values.put("cvd.start", "-0.5");
    values.put("cvd.max.start", "0");
    values.put("cvd.min.start", "-0.5");
    values.put("vwap.start", "10");
    values.putAll(differing);
    ReplayProgress progress = new ReplayProgress(90, 95, 1, true, true, damage);
    ArchiveFiles archives = new ArchiveFiles(List.of(Path.of("x.csv")), "BTCUSDT");
    return new ReplaySummary(archives, values, progress, TimeUnit.SECONDS.toNanos(2));
  }
}
