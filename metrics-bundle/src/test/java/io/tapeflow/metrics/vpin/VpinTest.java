package io.tapeflow.metrics.vpin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.MetricContract;
import io.tapeflow.metrics.T10;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VpinTest extends MetricContract {
  private static final Instrument BTC = new Instrument("test", "BTC", 2, 3);

  @Override
  protected MetricFactory factory() {
    return factory(
        "bucket.volume",
        "3",
        "buckets",
        5,
        "rank.buckets",
        9,
        "bvc.sigma.bars",
        4,
        "tick.rule",
        "ON");
  }

  @Test
  void exactVector() {
    CalculatorHarness t10 =
        new CalculatorHarness(
                factory("bucket.volume", 7, "buckets", 4, "rank.buckets", 1), T10.INSTRUMENT)
            .feed(T10.trades());

    assertThat(t10.real("vpin.exact")).isCloseTo(4.0 / 7, within(1e-15));
    assertThat(t10.metric("vpin.exact").status()).isEqualTo(MetricStatus.OK);
    assertThat(t10.metric("vpin.exact").firstId()).isEqualTo(1);
    assertThat(t10.real("vpin.exact.signed")).isCloseTo((3 + 5 - 7 + 1) / 28.0, within(1e-15));
    assertThat(t10.real("vpin.exact.fill")).isZero();
    assertThat(t10.real("vpin.exact.rank")).isEqualTo(1);
    assertThat(t10.number("vpin.exact.duration")).isEqualByComparingTo("1.3");
    assertThat(t10.rows("vpin.exact.buckets"))
        .extracting(row -> ((BigDecimal) row.fields().get("delta")).intValueExact())
        .containsExactly(1, -7, 5, 3);
  }

  /**
   * By the tick rule, the ten trades are: no sign for the two at 100, then up for 3 1 6, down for 4
   * 5 2, up for 1 3. In buckets of 7 the first has 3 + 1 bought of 7, the second 6 of 7 and 1 sold,
   * the third 7 sold, the last 3 sold and 4 bought.
   */
  @Test
  void tickRuleOnTheTenTrades() {
    CalculatorHarness t10 =
        new CalculatorHarness(
                factory("bucket.volume", 7, "buckets", 4, "rank.buckets", 1, "tick.rule", "ON"),
                T10.INSTRUMENT)
            .feed(T10.trades());

    assertThat(t10.rows("vpin.tick.buckets"))
        .extracting(row -> ((BigDecimal) row.fields().get("delta")).intValueExact())
        .containsExactly(1, -7, 5, 4);
    assertThat(t10.real("vpin.tick")).isCloseTo((4 + 5 + 7 + 1) / 28.0, within(1e-15));
    assertThat(t10.metric("vpin.tick").provenance()).isEqualTo(Provenance.ESTIMATED_TICK_RULE);
    assertThat(t10.metric("vpin.tick").status()).isEqualTo(MetricStatus.OK);
    assertThat(new CalculatorHarness(new VpinFactory(Map.of()), T10.INSTRUMENT).infos())
        .doesNotContainKey("vpin.tick");
  }

  /** The change of price over a hole may be that of any trade in it. */
  @Test
  void tickRuleDoesNotLookAcrossAHole() {
    TickRule rule = new TickRule();
    assertThat(rule.sign(100)).isZero();
    assertThat(rule.sign(99)).isEqualTo(-1);
    rule.interrupt();
    assertThat(rule.sign(105)).isEqualTo(-1);
    assertThat(rule.sign(106)).isEqualTo(1);
  }

  /** ΔP = 1, -1, 0, 2 and V = 10, 20, 5, 15; the sigma of the vector is that of all four. */
  @Test
  void bulkVolumeVector() {
    double sigma = 1.290994448736;
    assertThat(10 * BulkVolume.bought(1, sigma)).isCloseTo(7.807109869595, within(1e-11));
    assertThat(20 * BulkVolume.bought(-1, sigma)).isCloseTo(4.385780260810, within(1e-11));
    assertThat(5 * BulkVolume.bought(0, sigma)).isCloseTo(2.5, within(1e-12));
    assertThat(15 * BulkVolume.bought(2, sigma)).isCloseTo(14.089985622311, within(1e-11));
  }

  @Test
  void classifiesABarWithTheSigmaUpToIt() {
    // Closes 100, 101, 100, 100, 102 in bars of a second; the last one is closed by a further
    // trade.
    CalculatorHarness bars =
        new CalculatorHarness(
            factory("bucket.volume", 15, "buckets", 1, "bvc.bar.seconds", 1, "bvc.sigma.bars", 4),
            new Instrument("test", "X", 0, 0));
    int[][] closes = {{100, 10}, {101, 10}, {100, 20}, {100, 5}, {102, 15}, {102, 1}};
    for (int i = 0; i < closes.length; i++) {
      bars.feed(
          T10.trade(bars.instrument(), i + 1, i * 1_000L, closes[i][0], closes[i][1], Side.SELL));
    }
    // 60 units are four buckets; the last one is the last bar, 14.0899… of whose 15 were bought.
    assertThat(bars.real("vpin.bvc.signed"))
        .isCloseTo((2 * 14.089985622311 - 15) / 15, within(1e-11));
    assertThat(bars.metric("vpin.bvc").status()).isEqualTo(MetricStatus.OK);
    assertThat(bars.metric("vpin.bvc").provenance()).isEqualTo(Provenance.ESTIMATED_BVC);
    assertThat(bars.real("vpin.exact.signed")).isEqualTo(-1);
  }

  @Test
  void normalDistribution() {
    // Values of published tables.
    double[][] table = {
      {0, 0.5},
      {0.5, 0.691462461274013},
      {1, 0.841344746068543},
      {1.96, 0.975002104851780},
      {3 - 1e-12, 0.998650101968370},
      {3 + 1e-12, 0.998650101968370},
      {-4, 3.16712418331199e-5},
      {-10, 7.61985302416053e-24},
      {40, 1},
      {-40, 0},
    };
    for (double[] row : table) {
      assertThat(Normal.cdf(row[0])).isCloseTo(row[1], within(Math.max(1e-16, row[1] * 1e-11)));
    }
  }

  @Test
  void saysHowMuchOfItsBucketsAndOfTheDayIsKnown() {
    CalculatorHarness market = new CalculatorHarness(factory("buckets", 2), BTC);
    market.feed(trade(1, 0, Side.BUY));
    assertThat(market.value("vpin.bucket.volume")).isNull();
    assertThat(market.metric("vpin.exact").status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(market.metric("vpin.exact.fill").reason())
        .isEqualTo("The bucket volume rests on 0.00 of 24 h");

    // One unit a minute: 1440 a day, 28.8 in a bucket.
    for (int minute = 1; minute < 30; minute++) {
      market.feed(trade(minute + 1, minute, Side.BUY));
    }
    assertThat(market.real("vpin.bucket.volume")).isBetween(28.8, 30.0);
    assertThat(market.metric("vpin.exact").reason()).isEqualTo("0 of 2 buckets");
    for (int minute = 30; minute < 120; minute++) {
      market.feed(trade(minute + 1, minute, Side.BUY));
    }
    assertThat(market.real("vpin.exact")).isEqualTo(1);
    assertThat(market.metric("vpin.exact").reason())
        .isEqualTo("The bucket volume rests on 1.98 of 24 h");
    for (int minute = 120; minute < 24 * 60 + 1; minute++) {
      market.feed(trade(minute + 1, minute, Side.BUY));
    }
    assertThat(market.metric("vpin.exact").status()).isEqualTo(MetricStatus.OK);
    assertThat(market.real("vpin.bucket.volume")).isBetween(28.7, 28.81);
    MetricValue rank = market.metric("vpin.exact.rank");
    assertThat(rank.status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(rank.reason()).endsWith(" of 5000 values");
  }

  @Test
  void aBucketWithAHoleIsMarkedAndKept() {
    CalculatorHarness market =
        new CalculatorHarness(factory("bucket.volume", 2, "buckets", 2), BTC);
    market.feed(trade(1, 0, Side.BUY)).gap(2, 4).feed(trade(5, 0, Side.BUY));
    market.feed(trade(6, 0, Side.SELL)).feed(trade(7, 0, Side.SELL));

    assertThat(market.real("vpin.exact")).isEqualTo(1);
    assertThat(market.number("vpin.exact.incomplete")).isEqualByComparingTo("1");
    assertThat(market.metric("vpin.exact").complete()).isFalse();
    assertThat(market.rows("vpin.exact.buckets"))
        .extracting(row -> row.fields().get("complete"))
        .containsExactly("true", "false");
  }

  /** Ids are missing in a bar whose volume then fills three buckets: it may be any of them. */
  @Test
  void aBarWithAHoleMarksAllBucketsThatItFills() {
    CalculatorHarness market =
        new CalculatorHarness(
            factory("bucket.volume", 1, "buckets", 5, "bvc.bar.seconds", 60), BTC);
    market.feed(trade(1, 0, Side.BUY)).feed(trade(2, 1, Side.BUY)).gap(3, 4);
    market.feed(trade(5, 1, Side.BUY)).feed(trade(6, 1, Side.BUY));
    market.feed(trade(7, 2, Side.BUY)).gap(8, 8).feed(trade(9, 3, Side.BUY));
    market.feed(trade(10, 4, Side.BUY)).feed(trade(11, 5, Side.BUY));

    assertThat(market.rows("vpin.bvc.buckets"))
        .extracting(row -> ((BigDecimal) row.fields().get("missing")).intValueExact())
        .as("minutes 4, 3, 2, and three of minute 1")
        .startsWith(0, 1, 1, 2, 2);
    assertThat(market.number("vpin.exact.incomplete")).isEqualByComparingTo("1");
  }

  /** Ten billion units at eight decimals fill a long; a day's volume, or a bucket's, is more. */
  @Test
  void bucketsHoldMoreThanALongDoes() throws IOException {
    Instrument huge = new Instrument("test", "PEPEUSDT", 8, 8);
    long tenBillion = 1_000_000_000_000_000_000L;
    CalculatorHarness market =
        new CalculatorHarness(
            factory("bucket.volume", "1000000000000", "buckets", 2, "bvc.bar.seconds", 60), huge);
    for (int i = 0; i < 250; i++) {
      Side side = i % 100 < 75 ? Side.BUY : Side.SELL;
      market.feed(T10.trade(huge, i + 1, i * 500L, 1_200, tenBillion, side));
    }
    assertThat(market.number("vpin.bucket.volume")).isEqualByComparingTo("1000000000000");
    assertThat(market.real("vpin.exact")).isEqualTo(0.5);
    assertThat(market.real("vpin.exact.fill")).isEqualTo(50);
    assertThat(market.rows("vpin.exact.buckets"))
        .allSatisfy(
            row ->
                assertThat((BigDecimal) row.fields().get("volume"))
                    .isEqualByComparingTo("1000000000000"));
    assertThat(market.real("vpin.bvc.fill")).as("two minutes of 120 trades").isEqualTo(40);
    CalculatorHarness restored = market.restored(market.save());
    assertThat(restored.real("vpin.exact.fill")).isEqualTo(50);
  }

  @Test
  void aTradeOfManyBucketsIsNotWalkedThroughOneByOne() {
    Instrument huge = new Instrument("test", "HUGE", 8, 8);
    CalculatorHarness market =
        new CalculatorHarness(
            factory("bucket.volume", "0.00000001", "buckets", 3, "rank.buckets", 4), huge);
    market.feed(T10.trade(huge, 1, 0, 1, Long.MAX_VALUE / 2, Side.SELL));
    market.feed(T10.trade(huge, 2, 0, 1, 1, Side.BUY));

    assertThat(market.real("vpin.exact")).isEqualTo(1);
    assertThat(market.real("vpin.exact.signed")).isEqualTo(-1.0 / 3);
  }

  /** However the volume comes in pieces, VPIN is from 0 to 1 and each bucket is full. */
  @Property(tries = 200)
  void staysWithinItsBounds(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(min = -5_000, max = 5_000) Integer> flow) {
    CalculatorHarness market =
        new CalculatorHarness(factory("bucket.volume", 1, "buckets", 7), BTC);
    long id = 0;
    long sum = 0;
    for (int signed : flow) {
      if (signed != 0) {
        long size = Math.abs(signed);
        sum += size;
        market.feed(
            T10.trade(BTC, ++id, id * 700, 100 + id % 7, size, signed > 0 ? Side.BUY : Side.SELL));
      }
    }
    if (sum >= 1_000) {
      assertThat(market.real("vpin.exact")).isBetween(0.0, 1.0);
      assertThat(Math.abs(market.real("vpin.exact.signed")))
          .isLessThanOrEqualTo(market.real("vpin.exact") + 1e-15);
      assertThat(market.rows("vpin.exact.buckets"))
          .allSatisfy(
              row -> assertThat((BigDecimal) row.fields().get("volume")).isEqualByComparingTo("1"));
    }
    if (sum > 0) {
      assertThat(market.real("vpin.exact.fill")).isCloseTo(sum % 1_000 / 10.0, within(1e-9));
    }
  }

  private static Trade trade(long id, long minute, Side side) {
    return T10.trade(BTC, id, minute * 60_000, 100_00, 1_000, side);
  }

  private static VpinFactory factory(Object... properties) {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i < properties.length; i += 2) {
      map.put((String) properties[i], properties[i + 1]);
    }
    return new VpinFactory(map);
  }
}
