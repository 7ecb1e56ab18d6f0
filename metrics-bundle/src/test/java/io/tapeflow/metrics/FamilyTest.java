package io.tapeflow.metrics;

import static io.tapeflow.metrics.TestMarket.decimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Families come, go, are replaced and fail, and nothing else notices. */
class FamilyTest {
  private final TestMarket market = new TestMarket();
  private final Logger logger = (Logger) LoggerFactory.getLogger(FamilySlot.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    logger.setLevel(null);
    market.component.deactivate();
  }

  @Test
  void aThirdPartysFamilyAppearsEverywhere() {
    market.family("example", 0, MetricContractTest.LargestTrade::new);
    assertThat(market.metric("example.largest.start").status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(market.metric("example.largest.start").reason()).startsWith("No trade yet");
    market.buy("100", "1").sell("100", "3").buy("100", "2");
    MetricValue value = market.metric("example.largest.start");
    assertThat(value.value()).isEqualTo(decimal("3"));
    assertThat(value.usable()).isTrue();
    assertThat(value.firstId()).isEqualTo(1);
    assertThat(value.lastId()).isEqualTo(3);
    assertThat(market.component.metric("BTCUSDT", "example.largest.start")).isEqualTo(value);
    assertThat(market.component.metrics("BTCUSDT"))
        .contains(
            new MetricInfo("example.largest.start", "base", "The largest quantity of a trade"))
        .extracting(MetricInfo::name)
        .containsExactlyElementsOf(market.snapshot().metrics().keySet());
  }

  @Test
  void whatIsAnnouncedIsTheSameBeforeTheFirstTrade() {
    market.family("example", 0, MetricContractTest.LargestTrade::new);
    List<MetricInfo> before = market.component.metrics("BTCUSDT");
    assertThat(before).isNotEmpty();
    market.buy("100", "1");
    assertThat(market.component.metrics("BTCUSDT")).isEqualTo(before);
    assertThat(before).noneMatch(info -> info.description().isBlank() || info.unit().isBlank());
    assertThat(market.component.metrics("nothing")).isEmpty();
  }

  /** Of a venue that gives two quantities, the metadata says which one was taken. */
  @Test
  void whatWasChosenOfTheVenuesTradesIsNamed() {
    market.family("example", 0, MetricContractTest.LargestTrade::new).buy("100", "1");
    List<MetricInfo> without = market.component.metrics("BTCUSDT");
    market.stream.options(Map.of("route", "market", "quantity", "nq"));
    List<MetricInfo> with = market.component.metrics("BTCUSDT");
    assertThat(with).extracting(MetricInfo::name).isEqualTo(names(without));
    assertThat(with)
        .allMatch(info -> info.description().endsWith("; trades as quantity nq, route market"));
    assertThat(without).noneMatch(info -> info.description().contains("nq"));
  }

  private static List<String> names(List<MetricInfo> infos) {
    return infos.stream().map(MetricInfo::name).toList();
  }

  @Test
  void everySingleMetricIsThatOfTheSnapshot() {
    market.family("a", 0, instrument -> new Witness("a", "1", true));
    market.buy("100", "1").passSeconds(31).sell("99", "2").gap(2).buy("100", "1");
    market
        .snapshot()
        .metrics()
        .forEach(
            (name, value) ->
                assertThat(market.component.metric("BTCUSDT", name)).as(name).isEqualTo(value));
    assertThat(market.component.metric("BTCUSDT", "nothing").status())
        .isEqualTo(MetricStatus.NO_DATA);
    assertThat(market.component.metric("NONE", "a.hash").status())
        .isEqualTo(MetricStatus.UNKNOWN_INSTRUMENT);
  }

  @Test
  void aFamilyThatGoesTakesItsMetricsAlong() {
    MetricFactory factory = MetricContractTest.LargestTrade::new;
    market.family("example", 0, factory).buy("100", "1");
    market.component.removeFamily(factory);
    assertThat(market.snapshot().metrics()).doesNotContainKey("example.largest.start");
    assertThat(market.value("cvd.start")).isEqualTo(decimal("1"));
  }

  @Test
  void theHigherRankingCounts() {
    MetricFactory low = instrument -> new Witness("low", "", true);
    MetricFactory high = instrument -> new Witness("high", "", true);
    market.family("same", 0, low).family("same", 5, high).buy("100", "1");
    assertThat(market.snapshot().metrics()).containsKey("high.hash").doesNotContainKey("low.hash");
    market.component.removeFamily(high);
    await().until(() -> market.metric("low.trades").status() == MetricStatus.OK);
    assertThat(market.snapshot().metrics()).doesNotContainKey("high.hash");
    assertThat(market.value("low.trades")).isEqualTo(decimal("1"));
  }

  /** No hole and no repeat, also while trades flow. */
  @Test
  void aFamilyThatComesLateIsBuiltFromHistory() {
    market.family("first", 0, instrument -> new Witness("first", "", true));
    for (int i = 0; i < 30_000; i++) {
      trade(i);
      if (i == 15_000) {
        market.gap(3);
      } else if (i == 20_000) {
        market.family("late", 0, instrument -> new Witness("late", "", true));
      }
    }
    await().until(() -> market.metric("late.hash").status() == MetricStatus.OK);
    trade(1);
    assertThat(market.value("late.hash")).isEqualTo(market.value("first.hash"));
    assertThat(market.value("late.trades")).isEqualTo(decimal("30001"));
    assertThat(market.metric("late.hash").gaps()).isEqualTo(market.metric("cvd.start").gaps());
  }

  /** Another parameter is another computation: the old state is of no use, the others stay. */
  @Test
  void aChangedParameterRebuildsThatFamilyAlone() {
    MetricFactory old = instrument -> new Witness("a", "parameter 1", true);
    market.family("a", 0, old).family("b", 0, instrument -> new Witness("b", "", true));
    market.buy("100", "1").buy("100", "2").buy("100", "3");
    market.stream.history().dropBefore(2);
    Object hash = market.value("b.hash");
    market.component.removeFamily(old);
    market.family("a", 0, instrument -> new Witness("a", "parameter 2", true));
    await().until(() -> market.metric("a.trades").status() == MetricStatus.OK);
    assertThat(market.value("a.trades")).as("all that history holds").isEqualTo(decimal("2"));
    assertThat(market.value("b.trades")).isEqualTo(decimal("3"));
    assertThat(market.value("b.hash")).isEqualTo(hash);
    assertThat(market.value("cvd.start")).isEqualTo(decimal("6"));
  }

  /** As when the bundle that holds the families is updated. */
  @Test
  void aFamilyThatComesBackUnchangedGoesOnFromItsState() {
    MetricFactory factory = instrument -> new Witness("a", "", true);
    market.family("a", 0, factory).buy("100", "1").buy("100", "2");
    market.component.removeFamily(factory);
    market.buy("100", "3").stream.history().dropBefore(3);
    market.family("a", 0, factory);
    await().until(() -> market.metric("a.trades").status() == MetricStatus.OK);
    assertThat(market.value("a.trades")).isEqualTo(decimal("3"));
    assertThat(market.metric("a.trades").complete()).isTrue();
  }

  /** What it missed meanwhile and history has lost is a gap of its own. */
  @Test
  void whatAFamilyMissedIsNotHidden() {
    MetricFactory factory = instrument -> new Witness("a", "", true);
    market.family("a", 0, factory).buy("100", "1");
    market.component.removeFamily(factory);
    market.buy("100", "2").buy("100", "3").stream.history().dropBefore(3);
    market.family("a", 0, factory);
    await().until(() -> market.metric("a.trades").status() == MetricStatus.OK);
    assertThat(market.value("a.trades")).isEqualTo(decimal("2"));
    assertThat(market.metric("a.trades").complete()).isFalse();
    assertThat(market.metric("a.trades").gaps()).hasSize(1);
    assertThat(market.metric("cvd.start").complete()).isTrue();
  }

  @Test
  void aCalculatorThatThrowsIsTakenOut() {
    Instrument other = new Instrument("binance-spot", "ETHUSDT", 2, 3);
    TestStream second = new TestStream(other);
    market.component.addStream(second);
    market.family("bad", 0, Failing::new).family("good", 0, i -> new Witness("good", "", true));
    market.buy("100", "1").buy("100", "13").buy("100", "1").buy("100", "13");
    MetricValue failed = market.metric("bad.count");
    assertThat(failed.status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(failed.reason()).contains("IllegalStateException: unlucky");
    assertThat(failed.value()).isNull();
    assertThat(market.component.metric("BTCUSDT", "bad.count")).isEqualTo(failed);
    assertThat(market.value("good.trades")).isEqualTo(decimal("4"));
    assertThat(market.value("cvd.start")).isEqualTo(decimal("28"));
    market.component.onTrades(new TestBatch(List.of(T10.trade(other, 1, 0, 1, 1, Side.BUY))));
    assertThat(market.component.metric("ETHUSDT", "bad.count").value()).isEqualTo(decimal("1"));
    assertThat(log.list).filteredOn(event -> event.getLevel() == Level.WARN).hasSize(1);
  }

  @Test
  void aValueThatWasNotAnnouncedIsAFault() {
    market.family(
        "liar",
        0,
        instrument ->
            new Failing(instrument) {
              @Override
              public void read(MetricReadout out) {
                out.number("other.name", 1, MetricBasis.whole(1, 0));
              }
            });
    market.buy("100", "1");
    assertThat(market.metric("bad.count").status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(market.metric("bad.count").reason()).contains("other.name");
    assertThat(market.value("cvd.start")).isEqualTo(decimal("1"));
  }

  @Test
  void aFactoryThatThrowsHasNoMetrics() {
    market.family(
        "none",
        0,
        instrument -> {
          throw new IllegalStateException("no");
        });
    market.buy("100", "1");
    assertThat(market.value("cvd.start")).isEqualTo(decimal("1"));
  }

  @Test
  void noFamilyReplacesAMetricOfTheCore() {
    market.family(
        "usurper",
        0,
        instrument ->
            new Failing(instrument) {
              @Override
              public List<MetricInfo> metrics() {
                return List.of(
                    new MetricInfo("cvd.start", "word", "False", Provenance.ESTIMATED_TICK_RULE));
              }

              @Override
              public void read(MetricReadout out) {
                out.word("cvd.start", "false", MetricBasis.whole(1, 0));
              }
            });
    market.buy("100", "1");
    assertThat(market.value("cvd.start")).isEqualTo(decimal("1"));
    assertThat(market.component.metric("BTCUSDT", "cvd.start").value()).isEqualTo(decimal("1"));
  }

  @Test
  void blockTradesAreNotForCalculators() {
    market.family("a", 0, instrument -> new Witness("a", "", true)).buy("100", "1");
    long now = market.clock.wallMicros();
    market.print(
        new io.tapeflow.api.trade.Trade(
            market.instrument, 2, 9_000, 500_000, now, now, Side.SELL, 1, false, true));
    assertThat(market.value("a.trades")).isEqualTo(decimal("1"));
    assertThat(market.metric("a.trades").complete()).isTrue();
  }

  /** Readers that come at the same trade and moment get what was read for the first of them. */
  @Test
  void readersShareWhatWasRead() {
    Failing[] made = new Failing[1];
    market.family("counting", 0, instrument -> made[0] = new Failing(instrument)).buy("100", "1");
    market.snapshot();
    market.snapshot();
    assertThat(made[0].reads).isEqualTo(1);
    market.passSeconds(1).snapshot();
    assertThat(made[0].reads).isEqualTo(2);
    market.buy("100", "1").snapshot();
    assertThat(made[0].reads).isEqualTo(3);
  }

  private void trade(int i) {
    market.clock.advanceMillis(1);
    market.print(
        market.trade(i % 3 == 0 ? Side.SELL : Side.BUY, "10" + i % 10, "0." + (1 + i % 7)));
  }

  /** Throws at a quantity of 13. */
  private static class Failing implements MetricCalculator {
    private final Instrument instrument;
    private long trades;
    private int reads;

    Failing(Instrument instrument) {
      this.instrument = instrument;
    }

    @Override
    public List<MetricInfo> metrics() {
      return List.of(new MetricInfo("bad.count", "trades", "Trades"));
    }

    @Override
    public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
      if (instrument.quantity(quantity).compareTo(new BigDecimal("13")) == 0) {
        throw new IllegalStateException("unlucky");
      }
      trades++;
    }

    @Override
    public void read(MetricReadout out) {
      reads++;
      out.number("bad.count", BigDecimal.valueOf(trades), MetricBasis.whole(1, out.nowMicros()));
    }
  }
}
