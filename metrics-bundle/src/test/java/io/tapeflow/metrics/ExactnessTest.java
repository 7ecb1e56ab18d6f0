package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Ten million trades of trillions of units at tiny prices, windows evicting all the time: the sums
 * are those of an independent count in decimals, to the last digit.
 */
class ExactnessTest {
  private static final Instrument INSTRUMENT = new Instrument("test", "TINYUSDT", 10, 2);
  private static final int COUNT = 10_000_000;
  private static final int BATCH = 5_000;
  private static final int STEP_MICROS = 7_919;
  private static final long BEGIN =
      ChronoUnit.MICROS.between(Instant.EPOCH, TestMarket.NOON.truncatedTo(ChronoUnit.HOURS));

  private final TestClock clock = new TestClock(TestMarket.NOON);
  private final OrderFlowComponent component =
      new OrderFlowComponent(Map.of("windows.seconds", "1,60,300", "stale.ms", 60_000), clock);

  // The independent count.
  private BigDecimal bought = BigDecimal.ZERO;
  private BigDecimal sold = BigDecimal.ZERO;
  private BigDecimal boughtValue = BigDecimal.ZERO;
  private BigDecimal soldValue = BigDecimal.ZERO;

  @Test
  void sumsStayExact() {
    component.addStream(new TestStream(INSTRUMENT));
    for (int first = 1; first <= COUNT; first += BATCH) {
      int last = first + BATCH - 1;
      clock.advance(Duration.of(time(last) - clock.wallMicros(), ChronoUnit.MICROS));
      component.onTrades(new Generated(first, BATCH));
      count(first, BATCH);
      if (last % 1_000_000 == 0) {
        check(last);
      }
    }
  }

  private void check(int last) {
    MetricSnapshot snapshot = component.snapshot("TINYUSDT");
    assertThat(snapshot.lastTradeId()).isEqualTo(last);
    assertNumber(snapshot, "volume.buy.start", bought);
    assertNumber(snapshot, "volume.sell.start", sold);
    assertNumber(snapshot, "cvd.start", bought.subtract(sold));
    assertNumber(snapshot, "value.buy.start", boughtValue);
    assertNumber(snapshot, "value.sell.start", soldValue);
    for (int seconds : new int[] {1, 60, 300}) {
      BigDecimal buy = BigDecimal.ZERO;
      BigDecimal sell = BigDecimal.ZERO;
      BigDecimal value = BigDecimal.ZERO;
      long from = time(last) - TimeUnit.SECONDS.toMicros(seconds);
      for (int id = last; id > 0 && time(id) > from; id--) {
        BigDecimal quantity = BigDecimal.valueOf(quantity(id), 2);
        if (isBuy(id)) {
          buy = buy.add(quantity);
          value = value.add(quantity.multiply(BigDecimal.valueOf(price(id), 10)));
        } else {
          sell = sell.add(quantity);
        }
      }
      String window = "." + seconds + "s";
      assertNumber(snapshot, "volume.buy" + window, buy);
      assertNumber(snapshot, "volume.sell" + window, sell);
      assertNumber(snapshot, "delta" + window, buy.subtract(sell));
      assertNumber(snapshot, "value.buy" + window, value);
    }
  }

  /** Adds up as one would on paper. */
  private void count(int first, int size) {
    for (int id = first; id < first + size; id++) {
      BigDecimal quantity = BigDecimal.valueOf(quantity(id), 2);
      BigDecimal value = quantity.multiply(BigDecimal.valueOf(price(id), 10));
      if (isBuy(id)) {
        bought = bought.add(quantity);
        boughtValue = boughtValue.add(value);
      } else {
        sold = sold.add(quantity);
        soldValue = soldValue.add(value);
      }
    }
  }

  private static void assertNumber(MetricSnapshot snapshot, String name, BigDecimal expected) {
    assertThat((BigDecimal) snapshot.metric(name).value())
        .as("%s at %s", name, snapshot.lastTradeId())
        .isEqualByComparingTo(expected);
  }

  private static long mix(int id) {
    long z = id * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    return z ^ (z >>> 27);
  }

  private static long time(int id) {
    return BEGIN + (long) id * STEP_MICROS;
  }

  private static long price(int id) {
    return 1 + (mix(id) >>> 40) % 123_456;
  }

  /** Up to some 9 trillion units. */
  private static long quantity(int id) {
    return 1 + (mix(id) >>> 14) % 923_456_789_012_345L;
  }

  private static boolean isBuy(int id) {
    return (mix(id) & 1) == 0;
  }

  /** Trades made as they are asked for. */
  private record Generated(int first, int size) implements TradeBatch {
    @Override
    public Instrument instrument() {
      return INSTRUMENT;
    }

    @Override
    public long id(int index) {
      return (long) first + index;
    }

    @Override
    public long price(int index) {
      return ExactnessTest.price(first + index);
    }

    @Override
    public long quantity(int index) {
      return ExactnessTest.quantity(first + index);
    }

    @Override
    public long timeMicros(int index) {
      return time(first + index);
    }

    @Override
    public long receivedMicros(int index) {
      return time(first + index);
    }

    @Override
    public Side aggressor(int index) {
      return isBuy(first + index) ? Side.BUY : Side.SELL;
    }

    @Override
    public int fills(int index) {
      return 1;
    }

    @Override
    public boolean repaired(int index) {
      return false;
    }

    @Override
    public boolean block(int index) {
      return false;
    }
  }
}
