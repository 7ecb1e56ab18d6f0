package io.tapeflow.metrics;

import static io.tapeflow.metrics.TestMarket.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.cvd.CvdFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the metrics say of themselves: whether they can be trusted, and why not. */
class OrderFlowStatusTest {
  private final TestMarket market = new TestMarket();

  @Test
  void statusFollowsTheFeed() {
    market.stream.instrument(InstrumentState.WAITING_FOR_DATA, "");
    assertStatus(
        MetricStatus.NO_DATA, "No trade yet; binance-spot is LIVE, BTCUSDT is WAITING_FOR_DATA");
    assertThat(market.snapshot().asOf()).isNull();
    assertThat(market.snapshot().lastTradeId()).isEqualTo(-1);

    market.stream.live();
    market.buy("100", "1").passes(Duration.ofMillis(12_460)).buy("100", "1");
    assertStatus(MetricStatus.WARMING_UP, "Covers 12.4 of 30 s");

    market.passSeconds(10).buy("100", "1").passes(Duration.ofMillis(7_539)).buy("100", "1");
    assertStatus(MetricStatus.WARMING_UP, "Covers 29.9 of 30 s");
    market.passes(Duration.ofMillis(1));
    assertStatus(MetricStatus.OK, "");
    assertThat(market.metric("delta.30s").status()).isEqualTo(MetricStatus.OK);
    MetricValue minute = market.metric("delta.60s");
    assertThat(minute.status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(minute.reason()).isEqualTo("Covers 30.0 of 60 s");
    assertThat(minute.coverage()).isEqualTo(Duration.ofSeconds(30));
    assertThat(minute.value()).isEqualTo(decimal("4"));

    market.passes(Duration.ofMillis(14_998));
    assertStatus(MetricStatus.OK, "");
    market.passes(Duration.ofMillis(1));
    assertStatus(MetricStatus.STALE, "No trade for 15.0 s");
    assertThat(market.snapshot().metrics().values())
        .allMatch(value -> value.status() == MetricStatus.STALE)
        .allMatch(value -> value.reason().startsWith("No trade for 15.0 s"));
    assertThat(market.value("cvd.start")).isEqualTo(decimal("4"));

    market.buy("100", "1");
    assertStatus(MetricStatus.OK, "");
  }

  @Test
  void aConnectionThatIsNotLiveMakesStaleAtOnce() {
    market.buy("100", "1").passSeconds(30).buy("100", "1");
    assertStatus(MetricStatus.OK, "");
    market.stream.backingOff(ErrorKind.TIMEOUT, ConnectionPhase.TCP, "no answer in 10 s");
    String words = "binance-spot is BACKING_OFF after TIMEOUT in TCP: no answer in 10 s";
    assertStatus(MetricStatus.STALE, words);
    assertThat(market.metric("volume.30s").value()).isEqualTo(decimal("1"));
    market.stream.connecting(ConnectionPhase.UPGRADE);
    assertThat(market.snapshot().reason())
        .startsWith("binance-spot is CONNECTING (UPGRADE, attempt 1) after TIMEOUT");
    market.stream.live().instrument(InstrumentState.WAITING_FOR_DATA, "");
    assertStatus(MetricStatus.STALE, "binance-spot is LIVE, BTCUSDT is WAITING_FOR_DATA");
    market.stream.live();
    assertStatus(MetricStatus.OK, "");
    market.component.removeStream(market.stream);
    assertStatus(MetricStatus.STALE, "No stream carries it any more");
  }

  @Test
  void oldTradesAreNoSignOfLife() {
    market.buy("100", "1").passSeconds(60).buy("100", "1");
    Instant asOf = market.snapshot().asOf();
    market.stream.newest(asOf.plusMillis(1_999), asOf);
    assertStatus(MetricStatus.OK, "");
    market.stream.newest(asOf.plusSeconds(35), asOf);
    assertStatus(MetricStatus.STALE, "35.0 s behind the newest trade received");
    assertThat(market.metric("delta.30s").status()).isEqualTo(MetricStatus.STALE);
    market.passSeconds(10).buy("100", "1");
    assertStatus(MetricStatus.STALE, "25.0 s behind the newest trade received");
    market.passSeconds(14).buy("100", "1");
    assertStatus(MetricStatus.STALE, "11.0 s behind the newest trade received");
    market.passSeconds(10).buy("100", "1");
    assertStatus(MetricStatus.OK, "");
    // A recording's time may run at any speed.
    market.stream.newest(asOf.plusSeconds(99), asOf.plus(Duration.ofDays(99)));
    assertStatus(MetricStatus.OK, "");
  }

  @Test
  void withoutATradeTheConnectionExplainsWhy() {
    market.stream.backingOff(ErrorKind.DNS, ConnectionPhase.DNS, "no such host");
    assertStatus(
        MetricStatus.NO_DATA,
        "No trade yet; binance-spot is BACKING_OFF after DNS in DNS: no such host");
    MetricValue value = market.metric("delta.60s");
    assertThat(value.status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(value.value()).isNull();
    assertThat(value.reason()).isEqualTo(market.snapshot().reason());
    market.stream.live().instrument(InstrumentState.REJECTED, "-1121 Invalid symbol");
    assertThat(market.snapshot().reason()).contains("REJECTED: -1121 Invalid symbol");
  }

  @Test
  void theStreamThatHoldsTheInstrumentSpeaksForIt() {
    market.buy("100", "1").passSeconds(30).buy("100", "1");
    TestStream other = new TestStream(market.instrument);
    other.instrument(InstrumentState.CLAIMED_ELSEWHERE, "");
    market.component.addStream(other);
    assertStatus(MetricStatus.OK, "");
    market.component.removeStream(market.stream);
    market.component.addStream(market.stream);
    assertStatus(MetricStatus.OK, "");
    assertThat(market.component.instruments()).containsExactly(market.instrument);
  }

  @Test
  void unknownNamesAreNotNeutral() {
    market.buy("100", "1");
    for (String name : new String[] {"btcusdt", "BTC/USDT", "*", ""}) {
      MetricSnapshot unknown = market.component.snapshot(name);
      assertThat(unknown.status()).isEqualTo(MetricStatus.UNKNOWN_INSTRUMENT);
      assertThat(unknown.reason())
          .isEqualTo("No stream carries " + name + "; there are binance-spot:BTCUSDT");
      assertThat(unknown.metric("delta.60s").status()).isEqualTo(MetricStatus.UNKNOWN_INSTRUMENT);
    }
    assertThat(market.component.snapshot("BTCUSDT").instrument()).isEqualTo("binance-spot:BTCUSDT");
    OrderFlowComponent empty = new OrderFlowComponent(Map.of(), market.clock);
    assertThat(empty.instruments()).isEmpty();
    assertThat(empty.snapshot("X").reason()).isEqualTo("No stream carries X, nor anything else");
  }

  @Test
  void aSymbolOfTwoVenuesNeedsItsVenue() {
    Instrument elsewhere = new Instrument("another", "BTCUSDT", 2, 2);
    market.component.addStream(new TestStream(elsewhere));
    market.buy("100", "1");
    MetricSnapshot ambiguous = market.component.snapshot("BTCUSDT");
    assertThat(ambiguous.status()).isEqualTo(MetricStatus.UNKNOWN_INSTRUMENT);
    assertThat(ambiguous.reason())
        .isEqualTo("BTCUSDT could be any of another:BTCUSDT, binance-spot:BTCUSDT");
    assertThat(market.component.snapshot("another:BTCUSDT").status())
        .isEqualTo(MetricStatus.NO_DATA);
    assertThat(market.component.instruments()).containsExactly(elsewhere, market.instrument);
  }

  @Test
  void whoeverAsksOfOneInstrumentDoesNotPayForTheOthers() {
    market.buy("100", "1");
    TestStream other = new TestStream(new Instrument("another", "ETHUSDT", 2, 2));
    market.component.addStream(other);

    market.component.snapshot("BTCUSDT");
    market.component.metric("BTCUSDT", "delta.60s");
    market.component.metrics("BTCUSDT");
    market.component.faults("BTCUSDT");
    assertThat(other.accounts()).isZero();

    market.component.snapshot("NONE");
    assertThat(other.accounts()).isPositive();
  }

  @Test
  void anEmptyWindowIsZeroButHasNoRatios() {
    market.buy("100", "1").passSeconds(10).sell("100", "1");
    tolerateSilence();
    market.passSeconds(40);
    assertThat(market.value("volume.30s")).isEqualTo(decimal("0"));
    assertThat(market.value("rate.30s")).isEqualTo(decimal("0"));
    for (String name : new String[] {"pressure", "imbalance", "dominant", "vwap"}) {
      MetricValue value = market.metric(name + ".30s");
      assertThat(value.value()).as(name).isNull();
      assertThat(value.status()).as(name).isEqualTo(MetricStatus.NO_DATA);
    }
    assertThat(market.metric("vwap.30s").reason()).isEqualTo("No trade in it");
    assertThat(market.metric("delta.30s").status()).isEqualTo(MetricStatus.OK);
  }

  @Test
  void pressureHasNoValueWhenNothingWasSold() {
    market.buy("100", "1").passSeconds(30).buy("100", "2");
    assertThat(market.metric("pressure.30s").reason()).isEqualTo("Nothing was sold in it");
    assertThat(market.metric("pressure.30s").status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(market.value("imbalance.30s")).isEqualTo(decimal("1"));
    assertThat(market.value("dominant.30s")).isEqualTo("BUY");
  }

  @Test
  void aSideIsDominantFromTheRatioOn() {
    market.buy("100", "1.199").sell("100", "1");
    assertThat(market.value("dominant.30s")).isEqualTo("NEUTRAL");
    market.buy("100", "0.001");
    assertThat(market.value("dominant.30s")).isEqualTo("BUY");
    market.sell("100", "0.439");
    assertThat(market.value("dominant.30s")).isEqualTo("NEUTRAL");
    market.sell("100", "0.001");
    assertThat(market.value("dominant.30s")).isEqualTo("SELL");
  }

  /** The first trades over the whole window would look like a market that wakes up. */
  @Test
  void thereIsNoRateUntilItsWindowIsCovered() {
    market.buy("100", "1").passSeconds(30).buy("100", "1");
    assertThat(market.metric("rate.30s").status()).isEqualTo(MetricStatus.OK);
    MetricValue later = market.metric("rate.60s");
    assertThat(later.status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(later.value()).isNull();
    assertThat(later.reason()).isEqualTo("Covers 30.0 of 60 s; A rate needs the whole window");
  }

  @Test
  void aGapSpoilsWindowsUntilItHasLeftThem() {
    market.buy("100", "1").passSeconds(60).buy("100", "1");
    assertThat(market.metric("delta.60s").usable()).isTrue();
    market.passSeconds(1).gap(3);
    assertThat(market.metric("delta.30s").complete()).isFalse();
    assertThat(market.metric("price.last").complete()).isFalse();
    market.passSeconds(1).buy("100", "1");
    assertThat(market.metric("price.last").complete()).isTrue();
    assertThat(market.metric("delta.30s").complete()).isFalse();
    assertThat(market.metric("delta.30s").usable()).isFalse();
    assertThat(market.metric("cvd.start").complete()).isFalse();
    tolerateSilence();
    market.passSeconds(29);
    assertThat(market.metric("delta.30s").complete()).isFalse();
    market.passSeconds(1);
    assertThat(market.metric("delta.30s").complete()).isTrue();
    assertThat(market.metric("delta.60s").complete()).isFalse();
    assertThat(market.metric("cvd.start").complete()).isFalse();
    assertThat(market.value("trades.start")).isEqualTo(decimal("3"));
  }

  /** The stream tells what is missing; ids that the venue gave to no trade are not. */
  @Test
  void idsThatAreLeftOutWithoutANoticeAreNoGap() {
    market.buy("100", "1").skipIds(1).buy("100", "1");
    assertThat(market.metric("delta.30s").complete()).isTrue();
  }

  @Test
  void aGapBeforeTheFirstTradeIsNotMissed() {
    market.gap(5);
    assertThat(market.snapshot().status()).isEqualTo(MetricStatus.NO_DATA);
    market.buy("100", "1");
    assertThat(market.metric("cvd.start").complete()).isTrue();
  }

  @Test
  void repeatsAreLeftOut() {
    Trade first = market.trade(Side.BUY, "100", "1");
    Trade second = market.trade(Side.BUY, "100", "2");
    Trade third = market.trade(Side.BUY, "100", "4");
    market.print(first, second).print(first, second, third).print(first);
    assertThat(market.value("cvd.start")).isEqualTo(decimal("7"));
    assertThat(market.metric("cvd.start").complete()).isTrue();
    assertThat(market.snapshot().lastTradeId()).isEqualTo(3);
  }

  @Test
  void aNewNumberingBeginsAnew() {
    market.skipIds(100).buy("100", "1").passSeconds(1).skipIds(-101).buy("100", "2");
    assertThat(market.snapshot().lastTradeId()).isEqualTo(1);
    assertThat(market.value("cvd.start")).isEqualTo(decimal("2"));
  }

  @Test
  void otherScalesBeginAnew() {
    market.buy("100", "1").passSeconds(1);
    Instrument finer = new Instrument("binance-spot", "BTCUSDT", 4, 6);
    long now = market.clock.wallMicros();
    market.print(new Trade(finer, 2, 1_000_000, 2_000_000, now, now, Side.SELL, 1, false, false));
    assertThat(market.value("cvd.start")).isEqualTo(decimal("-2"));
    assertThat(market.value("price.last")).isEqualTo(decimal("100"));
  }

  @Test
  void blockTradesAreLeftOut() {
    market.buy("100", "1");
    Trade trade = market.trade(Side.SELL, "90", "500");
    long now = market.clock.wallMicros();
    market
        .print(
            new Trade(
                trade.instrument(),
                trade.id(),
                trade.price(),
                trade.quantity(),
                now,
                now,
                Side.SELL,
                1,
                false,
                true))
        .buy("101", "1");
    assertThat(market.value("cvd.start")).isEqualTo(decimal("2"));
    assertThat(market.value("trades.start")).isEqualTo(decimal("2"));
    assertThat(market.metric("cvd.start").complete()).as("its id is not missing").isTrue();
  }

  /** A component that is stopped and started again gets the history, in batches of any size. */
  @Test
  void itComesBackWithTheSameNumbers() {
    List<Trade> history = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      market.passes(Duration.ofMillis(97));
      Trade trade = market.trade(i % 3 == 0 ? Side.SELL : Side.BUY, "100", "0.1");
      history.add(trade);
      market.print(trade);
    }
    OrderFlowComponent returned = new OrderFlowComponent(Map.of(), market.clock);
    returned.addStream(market.stream);
    returned.onTrades(new TestBatch(history.subList(0, 613)));
    assertThat(returned.snapshot("BTCUSDT").status())
        .as("it has not caught up")
        .isEqualTo(MetricStatus.STALE);
    returned.onTrades(new TestBatch(history.subList(613, 1_000)));
    assertThat(returned.snapshot("BTCUSDT")).isEqualTo(market.snapshot());
  }

  /** Trades from history were received long ago, whenever they are handed over. */
  @Test
  void oldTradesFromHistoryAreNotFresh() {
    Trade old = market.trade(Side.BUY, "100", "1");
    market.passSeconds(100).print(old);
    assertStatus(MetricStatus.STALE, "No trade for 100.0 s");
    assertThat(market.snapshot().asOf()).isEqualTo(TestMarket.NOON.plusSeconds(100));
    assertThat(market.value("volume.60s")).isEqualTo(decimal("0"));
    assertThat(market.value("volume.300s")).isEqualTo(decimal("1"));
    market.buy("100", "1");
    assertStatus(MetricStatus.OK, "");
  }

  /** An archive's trades are years old to the exchange, but they were read just now. */
  @Test
  void replayedTradesCarryTheirOwnTime() {
    Instant then = Instant.parse("2019-05-26T10:00:00Z");
    for (int second = 0; second <= 60; second++) {
      Trade now = market.trade(Side.BUY, "100", "1");
      market.print(
          new Trade(
              now.instrument(),
              now.id(),
              now.price(),
              now.quantity(),
              then.plusSeconds(second).toEpochMilli() * 1_000,
              now.receivedMicros(),
              Side.BUY,
              1,
              false,
              false));
    }
    assertStatus(MetricStatus.OK, "");
    assertThat(market.snapshot().asOf()).isEqualTo(then.plusSeconds(60));
    assertThat(market.value("trades.60s")).isEqualTo(decimal("60"));
    assertThat(market.metric("trades.60s").status()).isEqualTo(MetricStatus.OK);
  }

  @Test
  void theSessionIsResetExactlyAtMidnight() {
    TestMarket night =
        new TestMarket(TestMarket.BTC, Instant.parse("2025-10-04T23:59:50Z"), Map.of())
            .family("cvd", 0, new CvdFactory(Map.of()));
    night.buy("100", "1").passes(Duration.ofMillis(9_998)).buy("100", "2");
    MetricValue before = night.metric("cvd.session");
    assertThat(before.value()).isEqualTo(decimal("3"));
    assertThat(before.status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(before.reason()).isEqualTo("Covers the session since 2025-10-04T23:59:50Z");

    night.passes(Duration.ofMillis(2));
    MetricValue midnight = night.metric("cvd.session");
    assertThat(midnight.asOf()).isEqualTo(Instant.parse("2025-10-05T00:00:00Z"));
    assertThat(midnight.value()).isEqualTo(decimal("0"));
    assertThat(midnight.status()).isEqualTo(MetricStatus.OK);
    assertThat(midnight.coverage()).isZero();

    night.sell("100", "0.5");
    assertThat(night.value("cvd.session")).isEqualTo(decimal("-0.5"));
    night.passSeconds(5).buy("100", "0.25");
    assertThat(night.value("cvd.session")).isEqualTo(decimal("-0.25"));
    assertThat(night.value("volume.session")).isEqualTo(decimal("0.75"));
    assertThat(night.value("cvd.start")).isEqualTo(decimal("2.75"));
    assertThat(night.metric("cvd.session").coverage()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aGapOfYesterdayDoesNotSpoilTheSession() {
    TestMarket night =
        new TestMarket(TestMarket.BTC, Instant.parse("2025-10-04T23:59:50Z"), Map.of())
            .family("cvd", 0, new CvdFactory(Map.of()));
    night.buy("100", "1").gap(1).passSeconds(1).buy("100", "1");
    night.passSeconds(9).buy("100", "1");
    assertThat(night.metric("cvd.session").complete()).isTrue();
    assertThat(night.metric("cvd.start").complete()).isFalse();
    night.gap(1).buy("100", "1");
    assertThat(night.metric("cvd.session").complete()).isFalse();
  }

  @Test
  void readingChangesNothing() {
    market.buy("100", "1").passSeconds(3).sell("100", "0.4");
    MetricSnapshot first = market.snapshot();
    for (int i = 0; i < 5; i++) {
      assertThat(market.snapshot()).isEqualTo(first);
    }
  }

  private void tolerateSilence() {
    market.component.modified(Map.of("stale.ms", 3_600_000));
  }

  private void assertStatus(MetricStatus status, String reason) {
    MetricSnapshot snapshot = market.snapshot();
    assertThat(snapshot.status()).as(snapshot.reason()).isEqualTo(status);
    assertThat(snapshot.reason()).isEqualTo(reason);
  }
}
