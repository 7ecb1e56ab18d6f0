package io.tapeflow.metrics.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.RealDay;
import io.tapeflow.metrics.bar.BarsFamily;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Six hours of one-minute footprints that another product has computed. The trades behind them are
 * not recorded, so each of their cells is played as one trade: rows, totals and deltas must come
 * out as that product has them.
 */
class GoldenFootprintTest {
  private static final Instrument BTC = new Instrument("golden", "BTCUSDT", 2, 5);

  /** A line of the file. */
  private record Level(
      long micros,
      BigDecimal price,
      BigDecimal volume,
      BigDecimal delta,
      BigDecimal bid,
      BigDecimal ask) {}

  @Test
  void rowsTotalsAndDeltasAreThoseOfTheOtherProduct() throws IOException {
    SortedMap<Long, List<Level>> minutes = minutes();
    assertThat(minutes).hasSize(360);
    CalculatorHarness footprint =
        new CalculatorHarness(new FootprintFamily(Map.of("row.ticks", 1_000)), BTC);
    CalculatorHarness coarse =
        new CalculatorHarness(new FootprintFamily(Map.of("row.ticks", 4_000)), BTC);
    CalculatorHarness bars = new CalculatorHarness(new BarsFamily(Map.of()), BTC);
    List<CalculatorHarness> all = List.of(footprint, coarse, bars);
    long id = 1;
    List<Level> before = null;
    for (List<Level> minute : minutes.values()) {
      for (Level level : minute) {
        for (Side side : Side.values()) {
          BigDecimal quantity = side == Side.SELL ? level.bid : level.ask;
          if (quantity.signum() == 0) {
            continue;
          }
          Trade trade = trade(id++, level, side, quantity);
          all.forEach(harness -> harness.feed(trade));
          if (before != null) {
            assertMinute(footprint, coarse, bars, before);
            before = null;
          }
        }
      }
      before = minute;
    }
  }

  private static void assertMinute(
      CalculatorHarness footprint,
      CalculatorHarness coarse,
      CalculatorHarness bars,
      List<Level> minute) {
    List<MetricRow> rows = footprint.rows("footprint.bar60s");
    assertThat(rows).hasSameSizeAs(minute);
    for (int i = 0; i < rows.size(); i++) {
      Level level = minute.get(minute.size() - 1 - i);
      assertThat(number(rows.get(i), "price")).isEqualByComparingTo(level.price);
      assertThat(number(rows.get(i), "sell")).isEqualByComparingTo(level.bid);
      assertThat(number(rows.get(i), "buy")).isEqualByComparingTo(level.ask);
      assertThat(number(rows.get(i), "buy").subtract(number(rows.get(i), "sell")))
          .isEqualByComparingTo(level.delta);
    }
    BigDecimal volume = minute.stream().map(Level::volume).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal delta = minute.stream().map(Level::delta).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(bars.number("volume.bar60s")).isEqualByComparingTo(volume);
    assertThat(bars.number("delta.bar60s")).isEqualByComparingTo(delta);
    BigDecimal most = minute.stream().map(Level::volume).reduce(BigDecimal.ZERO, BigDecimal::max);
    assertThat(footprint.number("poc.volume.bar60s")).isEqualByComparingTo(most);
    BigDecimal merged = BigDecimal.ZERO;
    for (MetricRow row : coarse.rows("footprint.bar60s")) {
      merged = merged.add(number(row, "sell")).add(number(row, "buy"));
    }
    assertThat(merged).isEqualByComparingTo(volume);
  }

  private static BigDecimal number(MetricRow row, String field) {
    return (BigDecimal) row.fields().get(field);
  }

  private static Trade trade(long id, Level level, Side side, BigDecimal quantity) {
    return new Trade(
        BTC,
        id,
        level.price.movePointRight(2).longValueExact(),
        quantity.movePointRight(5).longValueExact(),
        level.micros,
        level.micros,
        side,
        1,
        false,
        false);
  }

  private static SortedMap<Long, List<Level>> minutes() throws IOException {
    Path file = RealDay.folder().resolve("golden").resolve("orderflow_data.csv");
    assumeTrue(Files.exists(file), () -> "SKIPPED: there is no recording " + file);
    SortedMap<Long, List<Level>> minutes = new TreeMap<>();
    for (String line : Files.readAllLines(file).subList(1, 3_139)) {
      String[] columns = line.split(",", -1);
      long micros =
          Instant.parse(columns[0].replace(' ', 'T').replace("+00:00", "Z")).getEpochSecond()
              * 1_000_000;
      Level level =
          new Level(
              micros,
              new BigDecimal(columns[1]),
              new BigDecimal(columns[2]),
              new BigDecimal(columns[3]),
              new BigDecimal(columns[4]),
              new BigDecimal(columns[5]));
      minutes.computeIfAbsent(micros, minute -> new ArrayList<>()).add(level);
    }
    return minutes;
  }
}
