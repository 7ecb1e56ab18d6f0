package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Instrument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept comes back as it was, or not at all. */
class TapeStoreTest {
  private static final Instrument BTC = new Instrument("binance-spot", "BTCUSDT", 8, 8);
  private static final int TRADES = 3_000;

  @TempDir Path directory;

  @Test
  void aTapeComesBackAsItWas() throws IOException {
    Tape tape = tape();
    store().save(tape);
    KeptTape kept = store().load(BTC);
    TapeBatch all = tape.view().latest(TRADES);
    assertThat(kept.count()).isEqualTo(TRADES);
    assertThat(kept.rows()).startsWith(all.rows());
    assertThat(kept.lastId()).isEqualTo(TRADES + 10);
    assertThat(kept.holes().size()).isEqualTo(1);
    assertThat(kept.holes().first(0)).isEqualTo(2_001);
    assertThat(kept.holes().last(0)).isEqualTo(2_010);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).as("no file half written is left").hasSize(1);
    }
  }

  @Test
  void nothingIsKeptOfNothing() {
    store().save(new Tape(BTC, limits()));
    assertThat(store().load(BTC)).isNull();
  }

  @Test
  void aFileOfOtherScalesIsNotUsed() {
    store().save(tape());
    assertThat(store().load(new Instrument("binance-spot", "BTCUSDT", 2, 8))).isNull();
    assertThat(store().load(new Instrument("binance-spot", "ETHUSDT", 8, 8))).isNull();
  }

  @Test
  void noDamageGoesUnnoticed() throws IOException {
    store().save(tape());
    Path file;
    try (Stream<Path> files = Files.list(directory)) {
      file = files.findFirst().orElseThrow();
    }
    byte[] good = Files.readAllBytes(file);
    for (int at : List.of(0, 20, 60, 90, good.length / 2, good.length - 1)) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(file, bad);
      assertThat(store().load(BTC)).as("byte %d", at).isNull();
      Files.write(file, java.util.Arrays.copyOf(good, at));
      assertThat(store().load(BTC)).as("cut at %d", at).isNull();
    }
    Files.write(file, good);
    assertThat(store().load(BTC)).isNotNull();
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsToldAndCostsNoMore() throws IOException {
    Path occupied = Files.writeString(directory.resolve("occupied"), "a file");
    new TapeStore(occupied).save(tape());
    assertThat(new TapeStore(occupied).load(BTC)).isNull();
  }

  private TapeStore store() {
    return new TapeStore(directory);
  }

  /** Trades 1 to 2000 and 2011 to 3010. */
  private static Tape tape() {
    Tape tape = new Tape(BTC, limits());
    for (int i = 1; i <= TRADES; i++) {
      if (i == 2_001) {
        tape.gap(2_001, 2_010);
      }
      long id = i > 2_000 ? i + 10 : i;
      tape.append(id, 100 + i, i, 1_000_000L * i, 1_000_000L * i + 5, i % 2);
    }
    return tape;
  }

  private static Tape.TapeLimits limits() {
    return new Tape.TapeLimits(Duration.ofDays(1), 1_000_000, 1L << 30);
  }
}
