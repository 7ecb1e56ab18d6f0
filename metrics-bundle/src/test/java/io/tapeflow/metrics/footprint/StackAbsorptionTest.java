package io.tapeflow.metrics.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Side;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.T10;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A stack of imbalances at a bar's extreme is absorbed if the bar closes away from it. */
class StackAbsorptionTest {
  /** Price and quantity, sold if negative: a stack of sells from 99 to 101, then up to 103. */
  private static final long[][] HELD = {
    {103, 1}, {101, -15}, {100, -12}, {99, -20}, {102, 4}, {103, 2}
  };

  private long nextId = 1;

  @Test
  void sellsStackedAtTheLowOfABarThatClosesAboveItsMiddleAreAbsorbed() {
    CalculatorHarness harness = feed(harness(Map.of()), HELD);
    assertThat(harness.value("absorption.footprint.bar6t")).isEqualTo("SELL");
    assertThat(harness.metric("absorption.footprint.bar6t").status()).isEqualTo(MetricStatus.OK);
    assertThat(harness.number("absorption.footprint.volume.bar6t")).isEqualByComparingTo("47");
    assertThat(harness.rows("absorption.footprint.zones.bar6t"))
        .singleElement()
        .satisfies(
            zone ->
                assertThat(zone.fields())
                    .containsEntry("absorbed", "SELL")
                    .containsEntry("low", BigDecimal.valueOf(99))
                    .containsEntry("high", BigDecimal.valueOf(101))
                    .containsEntry("strength", BigDecimal.valueOf(3))
                    .containsEntry("value", BigDecimal.valueOf(20 * 99 + 12 * 100 + 15 * 101)));
    assertThat(harness.number("absorption.footprint.strength.bid.bar6t")).isEqualByComparingTo("3");
    assertThat(harness.number("absorption.footprint.strength.ask.bar6t")).isEqualByComparingTo("0");
  }

  @Test
  void buysStackedAtTheHighAreTheMirror() {
    long[][] mirror =
        Arrays.stream(HELD)
            .map(trade -> new long[] {202 - trade[0], -trade[1]})
            .toArray(long[][]::new);
    CalculatorHarness harness = feed(harness(Map.of()), mirror);
    assertThat(harness.value("absorption.footprint.bar6t")).isEqualTo("BUY");
    assertThat(harness.number("absorption.footprint.strength.ask.bar6t")).isEqualByComparingTo("3");
    assertThat(harness.rows("absorption.footprint.zones.bar6t").get(0).fields())
        .containsEntry("low", BigDecimal.valueOf(101))
        .containsEntry("high", BigDecimal.valueOf(103));
  }

  @Test
  void aStackThatTheBarClosesAtIsNotAbsorbed() {
    long[][] broken = {{103, 1}, {102, 4}, {103, 2}, {101, -15}, {100, -12}, {99, -20}};
    CalculatorHarness harness = feed(harness(Map.of()), broken);
    assertThat(harness.rows("stacked.bar6t")).hasSize(1);
    assertThat(harness.value("absorption.footprint.bar6t")).isEqualTo("NONE");
    assertThat(harness.rows("absorption.footprint.zones.bar6t")).isEmpty();
  }

  @Test
  void aStackAwayFromTheExtremeIsNotAbsorbed() {
    long[][] inside = {{104, 1}, {102, -15}, {101, -12}, {100, -20}, {99, 1}, {104, 2}};
    CalculatorHarness harness = feed(harness(Map.of()), inside);
    assertThat(harness.number("stacked.sell.bar6t")).isEqualByComparingTo("1");
    assertThat(harness.value("absorption.footprint.bar6t")).isEqualTo("NONE");
  }

  @Test
  void rowsAndVolumeMustBeEnough() {
    assertThat(feed(harness(Map.of("stack", 4)), HELD).value("absorption.footprint.bar6t"))
        .isEqualTo("NONE");
    nextId = 1;
    assertThat(
            feed(harness(Map.of("absorption.volume", "47.1")), HELD)
                .value("absorption.footprint.bar6t"))
        .isEqualTo("NONE");
  }

  @Test
  void aZoneFadesAndEndsBeyondItsExtreme() {
    CalculatorHarness harness =
        feed(harness(Map.of("absorption.half.life.seconds", 1, "bars", "6t,2s")), HELD);
    harness.feed(T10.trade(T10.INSTRUMENT, 7, 1_006, 102, 1, Side.BUY));
    assertThat(harness.number("absorption.footprint.strength.bid.bar6t"))
        .isEqualByComparingTo("1.5");
    harness.feed(T10.trade(T10.INSTRUMENT, 8, 1_007, 99, 1, Side.SELL));
    assertThat(harness.rows("absorption.footprint.zones.bar6t")).hasSize(1);
    harness.feed(T10.trade(T10.INSTRUMENT, 9, 1_008, 98, 1, Side.SELL));
    assertThat(harness.rows("absorption.footprint.zones.bar6t")).isEmpty();
    // The verdict is on the closed bar and stays.
    assertThat(harness.value("absorption.footprint.bar6t")).isEqualTo("SELL");
  }

  /** In rows of ten ticks the top row is 1030 to 1039: only what is above it is beyond. */
  @Test
  void aZoneReachesToTheEndOfItsHighestRow() {
    long[][] bought = {{1001, -1}, {1015, 15}, {1025, 12}, {1032, 20}, {1015, -4}, {1005, -2}};
    CalculatorHarness harness = feed(harness(Map.of("row.ticks", 10)), bought);
    assertThat(harness.rows("absorption.footprint.zones.bar6t").get(0).fields())
        .containsEntry("absorbed", "BUY")
        .containsEntry("low", BigDecimal.valueOf(1010))
        .containsEntry("high", BigDecimal.valueOf(1039));
    feed(harness, new long[][] {{1039, 1}});
    assertThat(harness.rows("absorption.footprint.zones.bar6t")).hasSize(1);
    feed(harness, new long[][] {{1040, 1}});
    assertThat(harness.rows("absorption.footprint.zones.bar6t")).isEmpty();
  }

  /** The low of a minute that is seen from its middle on may have been any. */
  @Test
  void theBeginningOfTheRecordLeavesNoZone() {
    CalculatorHarness harness = feed(harness(Map.of("bars", "60s")), HELD);
    harness.feed(T10.trade(T10.INSTRUMENT, 7, 60_000, 102, 1, Side.BUY));
    assertThat(harness.value("absorption.footprint.bar60s")).isEqualTo("SELL");
    assertThat(harness.metric("absorption.footprint.bar60s").status())
        .isEqualTo(MetricStatus.WARMING_UP);
    assertThat(harness.rows("absorption.footprint.zones.bar60s")).isEmpty();
  }

  @Test
  void aRestoredVerdictIsTheSame() throws IOException {
    CalculatorHarness harness = feed(harness(Map.of()), HELD);
    CalculatorHarness restored = harness.restored(harness.save());
    assertThat(restored.value("absorption.footprint.bar6t")).isEqualTo("SELL");
    assertThat(restored.rows("absorption.footprint.zones.bar6t"))
        .isEqualTo(harness.rows("absorption.footprint.zones.bar6t"));
  }

  private CalculatorHarness feed(CalculatorHarness harness, long[][] trades) {
    for (long[] trade : trades) {
      Side side = trade[1] > 0 ? Side.BUY : Side.SELL;
      long quantity = Math.abs(trade[1]);
      harness.feed(T10.trade(T10.INSTRUMENT, nextId, nextId, trade[0], quantity, side));
      nextId++;
    }
    return harness;
  }

  private static CalculatorHarness harness(Map<String, Object> settings) {
    Map<String, Object> all =
        new HashMap<>(Map.of("bars", "6t", "row.ticks", "1", "min.volume", "1"));
    all.putAll(settings);
    return new CalculatorHarness(new ImbalanceFamily(all), T10.INSTRUMENT);
  }
}
