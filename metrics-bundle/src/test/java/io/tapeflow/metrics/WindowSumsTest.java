package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.cvd.CvdFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Sums equal those of an independent recomputation, whatever trades come in whatever rhythm. */
class WindowSumsTest {
  private static final int[] WINDOWS = {1, 3, 20};

  @Property(tries = 60)
  void sumsEqualThoseOfAnOracle(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 1_500) int count,
      @ForAll @IntRange(max = 18) int priceScale,
      @ForAll @IntRange(max = 18) int quantityScale,
      @ForAll @LongRange(min = 1, max = 100_000_000_000_000L) long largest,
      @ForAll @IntRange(min = 1, max = 2_000_000) int longestPause) {
    Random random = new Random(seed);
    Instrument instrument = new Instrument("test", "ANY", priceScale, quantityScale);
    TestMarket market =
        new TestMarket(
                instrument, TestMarket.NOON.plusSeconds(43_190), Map.of("windows.seconds", WINDOWS))
            .family("cvd", 0, new CvdFactory(Map.of()));
    List<Trade> printed = new ArrayList<>();
    List<Trade> batch = new ArrayList<>();
    for (int id = 1; id <= count; id++) {
      // Bursts at one time, pauses, and trades behind the time of the one before.
      if (random.nextInt(3) == 0) {
        market.passes(Duration.ofNanos(1_000L * random.nextInt(longestPause)));
      }
      long time = market.clock.wallMicros() - (random.nextInt(10) == 0 ? 3_000 : 0);
      Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
      long price = 1 + random.nextLong(largest);
      long quantity = 1 + random.nextLong(largest);
      long received = market.clock.wallMicros();
      Trade trade =
          new Trade(instrument, id, price, quantity, time, received, side, 1, false, false);
      printed.add(trade);
      batch.add(trade);
      if (random.nextInt(5) == 0 || id == count) {
        market.print(batch.toArray(Trade[]::new));
        batch.clear();
        if (random.nextInt(20) == 0 || id == count) {
          assertEqualsOracle(market.snapshot(), printed);
        }
      }
    }
  }

  private static void assertEqualsOracle(MetricSnapshot snapshot, List<Trade> printed) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, snapshot.asOf());
    for (int seconds : WINDOWS) {
      long from = now - TimeUnit.SECONDS.toMicros(seconds);
      assertWindow(snapshot, seconds + "s", Oracle.window(printed, from, now));
    }
    Oracle all = new Oracle(printed);
    assertNumber(snapshot, "volume.buy.start", all.volume(Side.BUY));
    assertNumber(snapshot, "volume.sell.start", all.volume(Side.SELL));
    assertNumber(snapshot, "value.buy.start", all.value(Side.BUY));
    assertNumber(snapshot, "value.sell.start", all.value(Side.SELL));
    assertNumber(snapshot, "cvd.start", all.delta());
    assertNumber(snapshot, "cvd.max.start", all.maxDelta());
    assertNumber(snapshot, "cvd.min.start", all.minDelta());
    long day = TimeUnit.DAYS.toMicros(1);
    Oracle session = Oracle.window(printed, Math.floorDiv(now, day) * day - 1, now);
    assertNumber(snapshot, "cvd.session", session.delta());
    assertNumber(
        snapshot, "volume.session", session.volume(Side.BUY).add(session.volume(Side.SELL)));
    assertThat(snapshot.lastTradeId()).isEqualTo(printed.get(printed.size() - 1).id());
  }

  private static void assertWindow(MetricSnapshot snapshot, String window, Oracle oracle) {
    BigDecimal buy = oracle.volume(Side.BUY);
    BigDecimal sell = oracle.volume(Side.SELL);
    assertNumber(snapshot, "volume.buy." + window, buy);
    assertNumber(snapshot, "volume.sell." + window, sell);
    assertNumber(snapshot, "volume." + window, buy.add(sell));
    assertNumber(snapshot, "delta." + window, buy.subtract(sell));
    assertNumber(snapshot, "value.buy." + window, oracle.value(Side.BUY));
    assertNumber(snapshot, "value.sell." + window, oracle.value(Side.SELL));
    assertNumber(snapshot, "trades.buy." + window, oracle.trades(Side.BUY));
    assertNumber(snapshot, "trades.sell." + window, oracle.trades(Side.SELL));
  }

  private static void assertNumber(MetricSnapshot snapshot, String name, BigDecimal expected) {
    assertThat((BigDecimal) snapshot.metric(name).value()).as(name).isEqualByComparingTo(expected);
  }
}
