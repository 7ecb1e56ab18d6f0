package io.tapeflow.metrics.bar;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.Paper;
import io.tapeflow.metrics.RealDay;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every bar of a whole day, against bars made on paper. */
class BarsOfARealDayTest {
  @ParameterizedTest
  @EnumSource
  void minutes(RealDay day) {
    List<Trade> trades = day.trades();
    List<List<Trade>> expected = Paper.intervals(trades, 60_000_000);
    // The last one has not closed.
    assertBars(closed(day, "60s", trades), expected.subList(0, expected.size() - 1));
  }

  @ParameterizedTest
  @EnumSource
  void ticks(RealDay day) {
    List<Trade> trades = day.trades();
    assertBars(closed(day, "500t", trades), Paper.bars(trades, bar -> bar.size() == 500));
  }

  @ParameterizedTest
  @CsvSource({
    "BTCUSDC_2025, 2.5",
    "BTCUSD_PERP_2026, 20000",
    "BTCUSDT_2019, 33.3",
    "ETHUSDT_2019, 500"
  })
  void volume(RealDay day, BigDecimal size) {
    List<Trade> trades = day.trades();
    List<List<Trade>> expected =
        paperBars(trades, Trade::quantityDecimal, volume -> volume.compareTo(size) >= 0);
    assertBars(closed(day, size + "v", trades), expected);
  }

  @ParameterizedTest
  @EnumSource(names = {"BTCUSDC_2025", "ETHUSDT_2019"})
  void value(RealDay day) {
    List<Trade> trades = day.trades();
    BigDecimal size = new BigDecimal(250_000);
    List<List<Trade>> expected =
        paperBars(
            trades,
            trade -> trade.priceDecimal().multiply(trade.quantityDecimal()),
            value -> value.compareTo(size) >= 0);
    assertBars(closed(day, "250000q", trades), expected);
  }

  @ParameterizedTest
  @EnumSource(names = {"BTCUSDC_2025", "BTCUSDT_2019"})
  void range(RealDay day) {
    List<Trade> trades = day.trades();
    List<List<Trade>> expected =
        Paper.bars(
            trades,
            bar -> {
              long high = bar.stream().mapToLong(Trade::price).max().orElseThrow();
              long low = bar.stream().mapToLong(Trade::price).min().orElseThrow();
              return high - low >= 2_000;
            });
    assertBars(closed(day, "2000r", trades), expected);
  }

  @ParameterizedTest
  @CsvSource({"BTCUSDC_2025, 2.5", "BTCUSD_PERP_2026, 20000", "ETHUSDT_2019, 500"})
  void splitVolumeBarsAreFullToTheUnitAndLoseNothing(RealDay day, BigDecimal size) {
    List<Trade> trades = day.trades();
    List<Bar> closed = new ArrayList<>();
    Bars bars = new Bars(BarSpec.parse(size + "v-split"), day.instrument(), 1, closed::add);
    feed(bars, trades);
    assertThat(closed).allMatch(bar -> bar.volume().compareTo(size) == 0);
    closed.add(bars.forming());
    assertThat(sum(closed, Bar::buyVolume)).isEqualByComparingTo(side(trades, Side.BUY));
    assertThat(sum(closed, Bar::sellVolume)).isEqualByComparingTo(side(trades, Side.SELL));
    assertThat(sum(closed, bar -> BigDecimal.valueOf(bar.trades())))
        .isEqualByComparingTo(BigDecimal.valueOf(trades.size()));
  }

  private static List<List<Trade>> paperBars(
      List<Trade> trades,
      Function<Trade, BigDecimal> amount,
      Function<BigDecimal, Boolean> isEnough) {
    List<List<Trade>> bars = new ArrayList<>();
    List<Trade> bar = new ArrayList<>();
    BigDecimal total = BigDecimal.ZERO;
    for (Trade trade : trades) {
      bar.add(trade);
      total = total.add(amount.apply(trade));
      if (isEnough.apply(total)) {
        bars.add(bar);
        bar = new ArrayList<>();
        total = BigDecimal.ZERO;
      }
    }
    return bars;
  }

  private static List<Bar> closed(RealDay day, String spec, List<Trade> trades) {
    List<Bar> closed = new ArrayList<>();
    feed(new Bars(BarSpec.parse(spec), day.instrument(), 3, closed::add), trades);
    return closed;
  }

  private static void feed(Bars bars, List<Trade> trades) {
    for (Trade trade : trades) {
      boolean buy = trade.aggressor() == Side.BUY;
      bars.trade(
          trade.id(), trade.timeMicros(), trade.price(), trade.quantity(), buy, trade.fills());
    }
  }

  private static void assertBars(List<Bar> bars, List<List<Trade>> expected) {
    assertThat(bars).hasSameSizeAs(expected).hasSizeGreaterThan(20);
    for (int i = 0; i < bars.size(); i++) {
      assertBar(bars.get(i), expected.get(i));
    }
  }

  private static void assertBar(Bar bar, List<Trade> trades) {
    Trade first = trades.get(0);
    Trade last = trades.get(trades.size() - 1);
    assertThat(bar.firstId()).isEqualTo(first.id());
    assertThat(bar.lastId()).isEqualTo(last.id());
    assertThat(bar.open()).isEqualTo(first.price());
    assertThat(bar.close()).isEqualTo(last.price());
    assertThat(bar.high()).isEqualTo(trades.stream().mapToLong(Trade::price).max().orElseThrow());
    assertThat(bar.low()).isEqualTo(trades.stream().mapToLong(Trade::price).min().orElseThrow());
    assertThat(bar.buyVolume()).isEqualByComparingTo(side(trades, Side.BUY));
    assertThat(bar.sellVolume()).isEqualByComparingTo(side(trades, Side.SELL));
    assertThat(bar.value())
        .isEqualByComparingTo(
            sum(trades, trade -> trade.priceDecimal().multiply(trade.quantityDecimal())));
    assertThat(bar.maxDelta()).isEqualByComparingTo(running(trades, BigDecimal::max));
    assertThat(bar.minDelta()).isEqualByComparingTo(running(trades, BigDecimal::min));
    assertThat(bar.trades()).isEqualTo(trades.size());
    assertThat(bar.buyTrades())
        .isEqualTo(trades.stream().filter(trade -> trade.aggressor() == Side.BUY).count());
    assertThat(bar.version()).isEqualTo(1);
    assertThat(bar.missing()).isZero();
  }

  private static BigDecimal side(List<Trade> trades, Side side) {
    return sum(
        trades.stream().filter(trade -> trade.aggressor() == side).toList(),
        Trade::quantityDecimal);
  }

  private static BigDecimal running(List<Trade> trades, BinaryOperator<BigDecimal> choice) {
    BigDecimal delta = BigDecimal.ZERO;
    BigDecimal chosen = BigDecimal.ZERO;
    for (Trade trade : trades) {
      BigDecimal quantity = trade.quantityDecimal();
      delta = trade.aggressor() == Side.BUY ? delta.add(quantity) : delta.subtract(quantity);
      chosen = choice.apply(chosen, delta);
    }
    return chosen;
  }

  private static <T> BigDecimal sum(List<T> parts, Function<T, BigDecimal> amount) {
    return parts.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
