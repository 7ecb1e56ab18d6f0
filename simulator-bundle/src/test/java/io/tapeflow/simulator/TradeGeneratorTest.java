package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Side;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class TradeGeneratorTest {
  private static final int MANY = 200_000;

  @Property(tries = 50)
  void theSameSeedAndSymbolGiveTheSameTrades(
      @ForAll long seed,
      @ForAll @Scale(3) @DoubleRange(min = 0.001, max = 100_000) double rate,
      @ForAll @IntRange(min = 1, max = 2_000) int count) {
    assertThat(trades("BTCUSDT", seed, rate, count))
        .isEqualTo(trades("BTCUSDT", seed, rate, count));
  }

  @Property(tries = 50)
  void theTapeIsSound(
      @ForAll long seed, @ForAll @Scale(3) @DoubleRange(min = 0.001, max = 100_000) double rate) {
    SymbolRules rules = SymbolRules.of("ETHUSDT");
    AggTrade last = null;
    for (AggTrade trade : trades("ETHUSDT", seed, rate, 2_000)) {
      assertThat(trade.id()).isEqualTo(last == null ? 0 : last.id() + 1);
      assertThat(trade.firstTradeId()).isEqualTo(last == null ? 0 : last.lastTradeId() + 1);
      assertThat(trade.lastTradeId()).isGreaterThanOrEqualTo(trade.firstTradeId());
      assertThat(trade.timeMicros()).isGreaterThanOrEqualTo(last == null ? 0 : last.timeMicros());
      assertThat(trade.priceE8()).isPositive();
      assertThat(trade.priceE8() % rules.tickE8()).isZero();
      assertThat(trade.units()).isPositive();
      assertThat(trade.units() % rules.stepE8()).isZero();
      last = trade;
    }
  }

  @Test
  void seedsAndSymbolsDiffer() {
    List<AggTrade> one = trades("BTCUSDT", 1, 20, 100);
    assertThat(trades("BTCUSDT", 2, 20, 100)).isNotEqualTo(one);
    assertThat(trades("ETHUSDT", 1, 20, 100)).isNotEqualTo(one);
  }

  @Test
  void theRateIsKeptOnAverage() {
    List<AggTrade> trades = trades("BTCUSDT", 1, 20, MANY);
    double seconds = trades.get(MANY - 1).timeMicros() / 1e6;
    assertThat(MANY / seconds).isBetween(18.0, 22.0);
  }

  @Test
  void tradesComeInBursts() {
    List<AggTrade> trades = trades("BTCUSDT", 1, 20, MANY);
    double[] perSecond = new double[(int) (trades.get(MANY - 1).timeMicros() / 1_000_000) + 1];
    trades.forEach(trade -> perSecond[(int) (trade.timeMicros() / 1_000_000)]++);
    double mean = MANY / (double) perSecond.length;
    double variance = 0;
    for (double count : perSecond) {
      variance += (count - mean) * (count - mean) / perSecond.length;
    }
    // Independent arrivals would have a variance equal to the mean.
    assertThat(variance).isGreaterThan(2 * mean);
  }

  @Test
  void largeOrdersSweepSeveralPricesAtOnce() {
    List<AggTrade> trades = trades("BTCUSDT", 1, 20, MANY);
    int sweeps = 0;
    for (int i = 1; i < MANY; i++) {
      AggTrade before = trades.get(i - 1);
      AggTrade trade = trades.get(i);
      boolean first = i == 1 || trades.get(i - 2).timeMicros() != before.timeMicros();
      if (first && trade.timeMicros() == before.timeMicros()) {
        sweeps++;
        assertThat(trade.aggressor()).isEqualTo(before.aggressor());
        assertThat(Long.signum(trade.priceE8() - before.priceE8()))
            .isEqualTo(trade.aggressor().sign());
      }
    }
    assertThat(sweeps).isBetween(MANY / 200, MANY / 50);
  }

  @Test
  void sizesHaveAHeavyTail() {
    List<AggTrade> trades = trades("BTCUSDT", 1, 20, MANY);
    double[] quotes =
        trades.stream()
            .mapToDouble(trade -> trade.price().multiply(trade.quantity()).doubleValue())
            .sorted()
            .toArray();
    double median = quotes[MANY / 2];
    assertThat(median).isBetween(20.0, 500.0);
    assertThat(quotes[MANY - MANY / 1_000]).isGreaterThan(50 * median);
    assertThat(quotes[MANY - 1]).isLessThan(1_000_000);
  }

  @Test
  void takersPersistAndBothSidesTrade() {
    List<AggTrade> trades = trades("BTCUSDT", 1, 20, MANY);
    long buys = trades.stream().filter(trade -> trade.aggressor() == Side.BUY).count();
    assertThat(buys).isBetween(MANY * 4L / 10, MANY * 6L / 10);
    long same = 0;
    for (int i = 1; i < MANY; i++) {
      same += trades.get(i).aggressor() == trades.get(i - 1).aggressor() ? 1 : 0;
    }
    assertThat(same).isGreaterThan(MANY * 7L / 10);
  }

  @Test
  void thePriceSwingsButStaysBelievable() {
    double start = SymbolRules.of("BTCUSDT").startPriceE8();
    List<AggTrade> trades = trades("BTCUSDT", 1, 20, MANY);
    double[] prices = trades.stream().mapToDouble(AggTrade::priceE8).toArray();
    double low = Arrays.stream(prices).min().orElseThrow();
    double high = Arrays.stream(prices).max().orElseThrow();
    assertThat(low / start).isBetween(0.7, 0.999);
    assertThat(high / start).isBetween(1.001, 1.3);
  }

  private static List<AggTrade> trades(String symbol, long seed, double rate, int count) {
    TradeGenerator generator = new TradeGenerator(SymbolRules.of(symbol), seed, rate, false);
    return Stream.generate(generator::next).limit(count).toList();
  }
}
