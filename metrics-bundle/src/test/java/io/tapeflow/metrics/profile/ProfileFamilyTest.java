package io.tapeflow.metrics.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.MetricContract;
import io.tapeflow.metrics.T10;
import io.tapeflow.metrics.TradeMix;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProfileFamilyTest extends MetricContract {
  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

  private long nextId = 1;

  @Override
  protected MetricFactory factory() {
    return new ProfileFamily(
        Map.of("rolling.seconds", "60,120", "anchor", "2025-10-04T23:55:00Z", "row.ticks", 5));
  }

  @Test
  void theVector() {
    CalculatorHarness harness = harness(Map.of()).feed(T10.trades());
    assertThat(harness.number("profile.volume.session")).isEqualByComparingTo("28");
    assertThat(harness.number("profile.poc.session")).isEqualByComparingTo("101");
    assertThat(harness.number("profile.poc.volume.session")).isEqualByComparingTo("11");
    assertThat(harness.number("profile.val.session")).isEqualByComparingTo("99");
    assertThat(harness.number("profile.vah.session")).isEqualByComparingTo("101");
    assertThat(harness.number("profile.area.session"))
        .isEqualByComparingTo(new BigDecimal("78.57142857142857"));
    assertThat(harness.rows("profile.session").get(0).fields())
        .containsEntry("price", BigDecimal.valueOf(102))
        .containsEntry("sell", BigDecimal.ZERO)
        .containsEntry("buy", BigDecimal.valueOf(6));
    CalculatorHarness minimal = harness(Map.of("area.rule", "PAIR_MINIMAL")).feed(T10.trades());
    assertThat(minimal.number("profile.val.session")).isEqualByComparingTo("100");
  }

  @Test
  void theFirstSessionIsNotWholeTheNextIs() {
    CalculatorHarness harness = harness(Map.of());
    print(harness, 1_000, 100, 5);
    assertThat(harness.metric("profile.poc.session").status()).isEqualTo(MetricStatus.WARMING_UP);
    print(harness, DAY_MILLIS, 102, 5);
    assertThat(harness.metric("profile.poc.session").status()).isEqualTo(MetricStatus.OK);
    assertThat(harness.number("profile.volume.session")).isEqualByComparingTo("5");
  }

  @Test
  void aSessionWithoutATradeHasNoProfile() {
    CalculatorHarness harness = harness(Map.of());
    print(harness, 1_000, 100, 5);
    harness.passes(Duration.ofDays(1));
    assertThat(harness.value("profile.poc.session")).isNull();
    assertThat(harness.metric("profile.poc.session").status()).isEqualTo(MetricStatus.NO_DATA);
  }

  @Test
  void aSessionMayBeginAtAnotherTime() {
    CalculatorHarness harness = harness(Map.of("session.start.minutes", 90));
    print(harness, TimeUnit.MINUTES.toMillis(89), 100, 5);
    print(harness, TimeUnit.MINUTES.toMillis(90), 100, 7);
    assertThat(harness.number("profile.volume.session")).isEqualByComparingTo("7");
  }

  @Test
  void pointsOfControlOfWholeSessionsStayNakedUntilTradedThrough() {
    CalculatorHarness harness = harness(Map.of());
    print(harness, 1_000, 100, 5);
    for (int day = 1; day <= 3; day++) {
      print(harness, day * DAY_MILLIS, 200 + 10 * day, 5);
      print(harness, day * DAY_MILLIS + 1, 205 + 10 * day, 1);
    }
    // The first session was not whole, the third has not ended.
    assertThat(naked(harness)).containsExactly("1970-01-03 220", "1970-01-02 210");
    print(harness, 3 * DAY_MILLIS + 2, 215, 1);
    assertThat(naked(harness)).containsExactly("1970-01-02 210");
  }

  @Test
  void anAnchoredProfileBeginsAtItsInstant() {
    CalculatorHarness harness = harness(Map.of("anchor", "1970-01-01T00:00:01Z"));
    harness.feed(T10.trades().subList(0, 6));
    assertThat(harness.value("profile.poc.anchor")).isNull();
    harness.feed(T10.trades().subList(6, 10));
    assertThat(harness.number("profile.volume.anchor")).isEqualByComparingTo("11");
    assertThat(harness.metric("profile.volume.anchor").status()).isEqualTo(MetricStatus.OK);
    assertThat(harness.metric("profile.volume.anchor").firstId()).isEqualTo(7);
    CalculatorHarness late = harness(Map.of("anchor", "1970-01-01T00:00:01Z"));
    late.feed(T10.trades().subList(7, 10));
    assertThat(late.metric("profile.volume.anchor").reason())
        .isEqualTo("The anchor lies before the record");
  }

  @Test
  void aWrongAnchorLeavesNone() {
    assertThat(harness(Map.of("anchor", "yesterday")).infos()).doesNotContainKey("profile.anchor");
  }

  @Test
  void aRollingProfileForgetsAlsoWhileNothingIsTraded() {
    CalculatorHarness harness = harness(Map.of("rolling.seconds", 60));
    print(harness, 500, 100, 5);
    print(harness, 10_500, 103, 7);
    assertThat(harness.number("profile.volume.60s")).isEqualByComparingTo("12");
    harness.passes(Duration.ofMillis(50_499));
    assertThat(harness.number("profile.volume.60s")).isEqualByComparingTo("12");
    harness.passes(Duration.ofMillis(1));
    assertThat(harness.number("profile.volume.60s")).isEqualByComparingTo("7");
    assertThat(harness.metric("profile.volume.60s").firstId()).isEqualTo(2);
    harness.passes(Duration.ofSeconds(60));
    assertThat(harness.metric("profile.volume.60s").status()).isEqualTo(MetricStatus.NO_DATA);
  }

  @Test
  void rowsMergedForAJumpAreSmallAgainWhenItHasLeft() {
    CalculatorHarness harness = harness(Map.of("rolling.seconds", 60));
    print(harness, 0, 100, 5);
    print(harness, 1_000, 100_000, 1);
    assertThat(harness.number("profile.row.60s")).isEqualByComparingTo("64");
    print(harness, 62_000, 101, 5);
    assertThat(harness.number("profile.row.60s")).isEqualByComparingTo("1");
    assertThat(harness.number("profile.poc.60s")).isEqualByComparingTo("101");
  }

  /** Against sums made anew from all trades, at every tenth trade. */
  @ParameterizedTest
  @EnumSource(names = {"LIVELY", "QUIET", "TINY_PRICES", "BACKWARDS", "ONE_TIME"})
  void rollingVolumesAreThoseOfThePlainSum(TradeMix mix) {
    CalculatorHarness harness =
        new CalculatorHarness(
            new ProfileFamily(Map.of("rolling.seconds", 60, "row.ticks", 7)), mix.instrument());
    List<Trade> soFar = new ArrayList<>();
    for (Trade trade : mix.trades(2_000, 5)) {
      harness.feed(trade);
      soFar.add(trade);
      if (trade.id() % 10 == 0) {
        assertThat(shown(harness)).as("after %s", trade.id()).isEqualTo(plain(soFar));
        assertCoversItsWindowAndLessThanAStepMore(harness.metric("profile.60s"));
      }
    }
  }

  private static void assertCoversItsWindowAndLessThanAStepMore(MetricValue value) {
    assertThat(value.coverage()).isLessThan(Duration.ofSeconds(61));
    if (value.status() == MetricStatus.OK) {
      assertThat(value.coverage()).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
    }
  }

  private static SortedMap<BigDecimal, BigDecimal> shown(CalculatorHarness harness) {
    SortedMap<BigDecimal, BigDecimal> rows = new TreeMap<>();
    harness
        .rows("profile.60s")
        .forEach(
            row -> {
              BigDecimal sell = (BigDecimal) row.fields().get("sell");
              BigDecimal buy = (BigDecimal) row.fields().get("buy");
              rows.put((BigDecimal) row.fields().get("price"), sell.subtract(buy));
            });
    return rows;
  }

  private static SortedMap<BigDecimal, BigDecimal> plain(List<Trade> trades) {
    long now = trades.stream().mapToLong(Trade::timeMicros).max().orElseThrow();
    long from = now - now % 1_000_000 - 60_000_000;
    SortedMap<BigDecimal, BigDecimal> rows = new TreeMap<>();
    long time = 0;
    for (Trade trade : trades) {
      time = Math.max(time, trade.timeMicros());
      if (time >= from) {
        BigDecimal row = trade.instrument().price(trade.price() / 7 * 7);
        BigDecimal quantity = trade.quantityDecimal();
        BigDecimal signed = trade.aggressor() == Side.SELL ? quantity : quantity.negate();
        rows.merge(row, signed, BigDecimal::add);
      }
    }
    return rows;
  }

  private void print(CalculatorHarness harness, long millis, long price, long quantity) {
    harness.feed(T10.trade(T10.INSTRUMENT, nextId++, millis, price, quantity, Side.BUY));
  }

  private static List<String> naked(CalculatorHarness harness) {
    return harness.rows("profile.naked.session").stream()
        .map(row -> row.fields().get("day") + " " + row.fields().get("price"))
        .toList();
  }

  private static CalculatorHarness harness(Map<String, Object> settings) {
    return new CalculatorHarness(new ProfileFamily(settings), T10.INSTRUMENT);
  }
}
