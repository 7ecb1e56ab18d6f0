package io.tapeflow.metrics;

import static io.tapeflow.api.metrics.MetricStatus.OK;
import static io.tapeflow.metrics.TestMarket.decimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.metrics.IdRange;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.metrics.bar.BarsFamily;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Late trades make every value what it would have been without the gap. */
class AmendmentTest {
  private static final int COUNT = 2_000;

  /** Gaps of any number and size, closed in parts, in any order, at any time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void valuesBecomeThoseOfTheUndisturbedRun(long seed) {
    Random random = new Random(seed);
    TradeMix mix = seed % 2 == 0 ? TradeMix.LIVELY : TradeMix.BACKWARDS;
    List<Trade> trades = mix.trades(COUNT, seed);
    TestMarket undisturbed = market(mix);
    TestMarket disturbed = market(mix);
    List<IdRange> open = new ArrayList<>();
    int from = 0;
    while (from < COUNT) {
      int to = Math.min(COUNT, from + 1 + random.nextInt(60));
      List<Trade> batch = trades.subList(from, to);
      play(undisturbed, batch);
      if (from > 0 && random.nextInt(6) == 0) {
        IdRange gap = new IdRange(batch.get(0).id(), batch.get(batch.size() - 1).id());
        advance(disturbed, batch);
        disturbed.missing(gap.firstId(), gap.lastId());
        open.add(gap);
      } else {
        play(disturbed, batch);
      }
      if (!open.isEmpty() && random.nextInt(12) == 0) {
        closePart(disturbed, trades, open, random);
      }
      from = to;
    }
    assertThat(disturbed.metric("cvd.start").complete()).isEqualTo(open.isEmpty());
    while (!open.isEmpty()) {
      closePart(disturbed, trades, open, random);
    }
    await()
        .untilAsserted(() -> assertThat(disturbed.metric("unsaved.hash").status()).isEqualTo(OK));
    assertSame(disturbed, undisturbed);
    disturbed.passes(Duration.ofSeconds(7));
    undisturbed.passes(Duration.ofSeconds(7));
    assertSame(disturbed, undisturbed);
  }

  @Test
  void idsThatWereNeverGivenToATradeAreNoLongerMissing() {
    TestMarket market = new TestMarket();
    market.family("a", 0, instrument -> new Witness("a", "", true));
    TestMarket other = new TestMarket();
    other.family("a", 0, instrument -> new Witness("a", "", true));
    market.buy("100", "1").gap(2).buy("100", "1").late(2, 3, List.of());
    other.buy("100", "1").skipIds(2).buy("100", "1");
    assertSame(market, other);
    assertThat(market.metric("cvd.start").complete()).isTrue();
  }

  /** The bar in which the trade was missing says that it is not the one that was shown before. */
  @Test
  void aClosedBarThatLateTradesChangeGetsAHigherVersion() {
    TestMarket market = new TestMarket();
    market.family("bars", 0, new BarsFamily(Map.of("bars", "60s")));
    market.buy("100", "1").passSeconds(60).buy("100", "1");
    Trade late = market.trade(Side.SELL, "101", "5");
    market.missing(late.id(), late.id()).buy("100", "1");
    market.passSeconds(60).buy("100", "1");
    assertThat(market.value("delta.bar60s")).isEqualTo(decimal("2"));
    assertThat(market.value("bar.version.bar60s")).isEqualTo(decimal("1"));
    assertThat(market.metric("delta.bar60s").complete()).isFalse();

    market.late(late.id(), late.id(), List.of(late));
    assertThat(market.value("delta.bar60s")).isEqualTo(decimal("-3"));
    assertThat(market.value("bar.version.bar60s")).isEqualTo(decimal("2"));
    assertThat(market.metric("delta.bar60s").usable()).isTrue();

    market.passSeconds(60).buy("100", "1");
    assertThat(market.value("bar.version.bar60s")).isEqualTo(decimal("1"));
  }

  @Test
  void aPartThatIsStillMissingIsNamed() {
    TestMarket market = new TestMarket();
    market.buy("100", "1");
    List<Trade> late = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      late.add(market.trade(Side.BUY, "100", "1"));
    }
    market.missing(2, 5).buy("100", "1");
    assertThat(market.metric("cvd.start").gaps()).containsExactly(new IdRange(2, 5));
    market.late(3, 4, late.subList(1, 3));
    MetricValue value = market.metric("cvd.start");
    assertThat(value.value()).isEqualTo(decimal("4"));
    assertThat(value.gaps()).containsExactly(new IdRange(2, 2), new IdRange(5, 5));
    assertThat(value.repaired()).isEqualTo(2);
    assertThat(value.complete()).isFalse();
  }

  /** What history has lost cannot be put in: the value stays what it is and says so. */
  @Test
  void lateTradesThatHistoryNoLongerReachesStayMissing() {
    TestMarket market = new TestMarket();
    market.buy("100", "1").buy("100", "1");
    Trade late = market.trade(Side.BUY, "100", "1");
    market.missing(3, 3).buy("100", "1").buy("100", "1");
    market.stream.history().dropBefore(5);
    market.component.onAmendment(
        new TradeAmendment(market.instrument, 3, 3, new TestBatch(List.of(late))));
    assertThat(market.value("cvd.start")).isEqualTo(decimal("4"));
    assertThat(market.metric("cvd.start").complete()).isFalse();
    assertThat(market.metric("cvd.start").gaps()).containsExactly(new IdRange(3, 3));
  }

  /** More gaps than checkpoints are kept for. */
  @Test
  void manyGapsAreClosedInAnyOrder() {
    TestMarket market = new TestMarket();
    TestMarket other = new TestMarket();
    List<Trade> late = new ArrayList<>();
    market.family("a", 0, instrument -> new Witness("a", "", true));
    other.family("a", 0, instrument -> new Witness("a", "", true));
    for (int i = 0; i < 10 * Checkpoints.MAX; i++) {
      for (TestMarket each : List.of(market, other)) {
        each.passSeconds(1).buy("100", "1");
      }
      Trade missing = market.trade(Side.SELL, "100", "0.5");
      late.add(missing);
      market.missing(missing.id(), missing.id());
      other.print(other.trade(Side.SELL, "100", "0.5"));
      market.buy("100", "2");
      other.buy("100", "2");
    }
    Collections.shuffle(late, new Random(1));
    late.forEach(trade -> market.late(trade.id(), trade.id(), List.of(trade)));
    assertSame(market, other);
  }

  /** However many late trades come while a family is built from history, it gets all of it. */
  @Test
  void aFamilyThatIsBeingBuiltIsNotCutOffByLateTrades() {
    TestMarket market = new TestMarket();
    Queue<Trade> late = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < Checkpoints.MAX; i++) {
      Trade missing = market.buy("100", "1").trade(Side.SELL, "100", "0.5");
      late.add(missing);
      market.missing(missing.id(), missing.id());
    }
    // More than are fed to it while the trades wait.
    for (int i = 0; i < COUNT; i++) {
      market.buy("100", "1");
    }
    LongConsumer lateAtTheEnd =
        id -> {
          Trade next = id == COUNT ? late.poll() : null;
          if (next != null) {
            market.late(next.id(), next.id(), List.of(next));
          }
        };
    market.family("a", 0, instrument -> new Witness("a", "", false, lateAtTheEnd));
    await().untilAsserted(() -> assertThat(market.metric("a.hash").status()).isEqualTo(OK));
    assertThat(late).isEmpty();
    assertThat(market.value("a.trades")).isEqualTo(market.value("trades.start"));
    assertThat(market.metric("a.trades").usable()).isTrue();
  }

  private static TestMarket market(TradeMix mix) {
    Instant start =
        Instant.EPOCH.plus(mix.trades(1, 1).get(0).timeMicros() - 60_000_000, ChronoUnit.MICROS);
    TestMarket market = new TestMarket(mix.instrument(), start, Map.of("windows.seconds", "5,60"));
    market.family("saved", 0, instrument -> new Witness("saved", "", true));
    market.family("unsaved", 0, instrument -> new Witness("unsaved", "", false));
    AllFamilies.make().forEach((name, factory) -> market.family(name, 0, factory));
    return market;
  }

  /** The clock goes on as trades are made, so that what was received is the same in both. */
  private static void play(TestMarket market, List<Trade> batch) {
    advance(market, batch);
    market.print(batch);
  }

  private static void advance(TestMarket market, List<Trade> batch) {
    long time = batch.get(batch.size() - 1).timeMicros();
    long ahead = time - market.clock.wallMicros();
    market.passes(Duration.of(Math.max(0, ahead), ChronoUnit.MICROS));
  }

  private static void closePart(
      TestMarket market, List<Trade> trades, List<IdRange> open, Random random) {
    IdRange gap = open.remove(random.nextInt(open.size()));
    long first = gap.firstId() + random.nextInt((int) gap.count());
    long last = first + random.nextInt((int) (gap.lastId() - first + 1));
    if (first > gap.firstId()) {
      open.add(new IdRange(gap.firstId(), first - 1));
    }
    if (last < gap.lastId()) {
      open.add(new IdRange(last + 1, gap.lastId()));
    }
    market.late(first, last, trades.subList((int) first - 1, (int) last));
  }

  private static void assertSame(TestMarket disturbed, TestMarket undisturbed) {
    MetricSnapshot one = disturbed.snapshot();
    MetricSnapshot other = undisturbed.snapshot();
    assertThat(one.metrics().keySet()).isEqualTo(other.metrics().keySet());
    Map<String, MetricValue> different = new LinkedHashMap<>();
    one.metrics()
        .forEach(
            (name, value) -> {
              if (!unrepaired(value).equals(unrepaired(other.metric(name)))) {
                different.put(name, value);
              }
            });
    assertThat(different.keySet()).as("%s", different).isEmpty();
    assertThat(one.asOf()).isEqualTo(other.asOf());
    assertThat(one.age()).isEqualTo(other.age());
  }

  /** That trades came late is the one thing that may show. */
  private static MetricValue unrepaired(MetricValue value) {
    return new MetricValue(
        value.name(),
        value.value(),
        value.status(),
        value.reason(),
        value.asOf(),
        value.coverage(),
        value.complete(),
        value.firstId(),
        value.lastId(),
        value.gaps(),
        0,
        value.provenance());
  }
}
