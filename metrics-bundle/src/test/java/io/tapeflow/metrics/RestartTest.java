package io.tapeflow.metrics;

import static io.tapeflow.metrics.TestMarket.decimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.metrics.IdRange;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is anchored goes on over a restart of the bundle, or says why not. */
class RestartTest {
  /** History reaches back over the windows, as it must. */
  private static final Map<String, Object> SETTINGS =
      Map.of("stale.ms", 60_000, "windows.seconds", "30,60");

  @TempDir private Path directory;

  private final TestClock clock = new TestClock(Instant.parse("2025-10-04T23:58:00Z"));
  private final TestStream stream = new TestStream(TestMarket.BTC);
  private TestMarket market;
  private Path file;

  @BeforeEach
  void start() {
    file = directory.resolve("metrics.state");
    market = started();
  }

  /** History holds all since long before: every value is as if nothing had happened. */
  @Test
  void aRedeployLeavesNoTrace() {
    TestMarket undisturbed =
        new TestMarket(TestMarket.BTC, clock, new TestStream(TestMarket.BTC), SETTINGS, null);
    families(undisturbed);
    for (int i = 1; i <= 600; i++) {
      clock.advanceMillis(500);
      trade(undisturbed, i);
      trade(market, i);
      if (i == 150 || i == 350 || i == 500) {
        long oldest = i < 300 ? 1 : i - 200;
        stream.history().dropBefore(oldest);
        restart(market, i / 3);
      }
      assertThat(market.snapshot().lastTradeId()).isEqualTo(i);
    }
    MetricSnapshot now = market.snapshot();
    assertThat(now.metric("cvd.start").complete()).isTrue();
    Map<String, MetricValue> different = new TreeMap<>();
    now.metrics()
        .forEach(
            (name, value) -> {
              if (!value.equals(undisturbed.metric(name))) {
                different.put(name, value);
                different.put(name + " undisturbed", undisturbed.metric(name));
              }
            });
    assertThat(different).isEmpty();
    assertThat(now.metrics().keySet()).isEqualTo(undisturbed.snapshot().metrics().keySet());
  }

  /** The process was away: what was traded meanwhile is missing, and is said to be. */
  @Test
  void whatHistoryDoesNotReachIsAGap() {
    market.buy("100", "1").buy("100", "2").sell("90", "8");
    market.component.deactivate();
    stream.history().dropBefore(100);
    market = started();
    market.skipIds(9);
    clock.advanceMillis(1_000);
    market.buy("100", "4");
    assertThat(market.value("cvd.start")).isEqualTo(decimal("-1"));
    assertThat(market.value("cvd.min.start")).isEqualTo(decimal("-5"));
    assertThat(market.value("saved.trades")).isEqualTo(decimal("4"));
    for (String name : List.of("cvd.start", "cvd.session", "saved.trades")) {
      assertThat(market.metric(name).complete()).as(name).isFalse();
      assertThat(market.metric(name).gaps()).as(name).containsExactly(new IdRange(4, 9));
    }
    assertThat(market.metric("price.last").complete()).isTrue();
    assertThat(market.metric("delta.60s").status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(market.metric("delta.60s").complete()).as("in what it covers").isTrue();
    assertThat(market.value("delta.60s")).isEqualTo(decimal("4"));
    assertThat(market.metric("cvd.start").firstId()).isEqualTo(1);
  }

  /** The night fell while the process was away. */
  @Test
  void theSessionIsTheNewDays() {
    market.buy("100", "1");
    market.component.deactivate();
    stream.history().dropBefore(100);
    market = started();
    market.skipIds(9);
    clock.advanceMillis(600_000);
    market.buy("100", "4");
    assertThat(market.value("cvd.start")).isEqualTo(decimal("5"));
    assertThat(market.value("cvd.session")).isEqualTo(decimal("4"));
    assertThat(market.metric("cvd.session").gaps()).containsExactly(new IdRange(2, 9));
  }

  @Test
  void anotherNumberingBeginsAnew() {
    market.skipIds(100).buy("100", "1");
    market.component.deactivate();
    stream.history().dropBefore(1_000);
    market = started();
    clock.advanceMillis(1_000);
    market.buy("100", "3");
    assertThat(market.value("cvd.start")).isEqualTo(decimal("3"));
    assertThat(market.value("saved.trades")).isEqualTo(decimal("1"));
    assertThat(market.metric("cvd.start").complete()).isTrue();
  }

  /** The same ids, other trades: a generated market that was started anew. */
  @Test
  void idsThatMeanOtherTradesBeginAnew() {
    market.buy("100", "1").buy("100", "1");
    market.component.deactivate();
    stream.history().dropBefore(1_000);
    market = started();
    clock.advanceMillis(1_000);
    market.buy("70", "1").buy("80", "1").buy("90", "1");
    assertThat(market.value("cvd.start")).isEqualTo(decimal("3"));
    assertThat(market.metric("cvd.start").complete()).isTrue();
  }

  @Test
  void gapsAreRemembered() {
    market.buy("100", "1").gap(2).buy("100", "1");
    restart(market, 0);
    market.buy("100", "1");
    assertThat(market.metric("cvd.start").gaps()).containsExactly(new IdRange(2, 3));
    assertThat(market.value("cvd.start")).isEqualTo(decimal("3"));
  }

  /** A stop before any trade must not lose what an earlier one has kept. */
  @Test
  void aStateThatNobodyTookIsKept() {
    market.buy("100", "1");
    market.component.deactivate();
    started().component.deactivate();
    TestMarket idle = started();
    idle.snapshot();
    idle.component.deactivate();
    market = started();
    market.skipIds(1).buy("100", "1");
    assertThat(market.value("cvd.start")).isEqualTo(decimal("2"));
    assertThat(market.metric("cvd.start").complete()).isTrue();
  }

  @Test
  void otherScalesBeginAnew() {
    market.buy("100", "1");
    market.component.deactivate();
    Instrument finer = new Instrument("binance-spot", "BTCUSDT", 4, 6);
    TestMarket after = new TestMarket(finer, clock, new TestStream(finer), Map.of(), file);
    after.skipIds(1).buy("100", "1");
    assertThat(after.value("cvd.start")).isEqualTo(decimal("1"));
  }

  /** Otherwise there would be trades at which the family has no value. */
  @Test
  void tradesWaitUntilFamiliesAreBack() throws Exception {
    restartWithoutFamilies();
    Future<?> fed = feedAside();
    families(market);
    fed.get();
    assertThat(market.metric("saved.trades").usable()).isTrue();
    assertThat(market.value("saved.trades")).isEqualTo(decimal("2"));
  }

  @Test
  void tradesThatWaitForFamiliesEndWithTheMetrics() throws Exception {
    restartWithoutFamilies();
    Future<?> fed = feedAside();
    market.component.deactivate();
    fed.get();
    market = started();
    market.skipIds(2).buy("100", "1");
    assertThat(market.value("saved.trades")).isEqualTo(decimal("3"));
  }

  /** Two trades and a stop; behind it no family has come yet. */
  private void restartWithoutFamilies() {
    market.buy("100", "1").buy("100", "1");
    market.component.deactivate();
    market = withoutFamilies();
  }

  private Future<?> feedAside() {
    TestBatch all = new TestBatch(stream.history().all());
    FutureTask<?> fed = new FutureTask<>(() -> market.component.onTrades(all), null);
    Thread thread = new Thread(fed, "feeds");
    thread.start();
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return fed;
  }

  /** A family that is not waited for any longer still finds its state when it comes. */
  @Test
  void aFamilyThatComesLateGoesOnToo() throws Exception {
    restartWithoutFamilies();
    stream.history().dropBefore(2);
    Future<?> fed = feedAside();
    clock.advanceMillis(5_000);
    fed.get();
    market.skipIds(2).buy("100", "1");
    families(market);
    await().until(() -> market.metric("saved.trades").status() == MetricStatus.OK);
    assertThat(market.value("saved.trades")).isEqualTo(decimal("3"));
    assertThat(market.metric("saved.trades").complete()).isTrue();
  }

  @Test
  void aDamagedFileIsNotBelieved() throws IOException {
    market.buy("100", "1");
    market.component.deactivate();
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i += 7) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 4;
      Files.write(file, damaged);
      assertThat(new SavedRuns(file).take(TestMarket.BTC)).as("byte %s", i).isNull();
    }
    Files.write(file, new byte[3]);
    assertThat(new SavedRuns(file).take(TestMarket.BTC)).isNull();
    Files.write(file, bytes);
    assertThat(new SavedRuns(file).take(TestMarket.BTC)).isNotNull();
  }

  private void restart(TestMarket running, int firstBatch) {
    running.component.deactivate();
    List<Trade> history = stream.history().all();
    long nextId = history.get(history.size() - 1).id() + 1;
    market = started();
    // What the delivery does: all that history holds, in batches of any size.
    if (firstBatch > 0) {
      market.component.onTrades(new TestBatch(history.subList(0, firstBatch)));
    }
    market.component.onTrades(new TestBatch(history.subList(firstBatch, history.size())));
    market.skipIds((int) nextId - 1);
  }

  private TestMarket started() {
    TestMarket started = withoutFamilies();
    families(started);
    return started;
  }

  private TestMarket withoutFamilies() {
    return new TestMarket(TestMarket.BTC, clock, stream, SETTINGS, file);
  }

  private static void families(TestMarket of) {
    of.family("saved", 0, instrument -> new Witness("saved", "", true));
    AllFamilies.make().forEach((name, factory) -> of.family(name, 0, factory));
  }

  private static void trade(TestMarket market, int i) {
    Side side = i % 3 == 0 ? Side.SELL : Side.BUY;
    market.print(market.trade(side, "10" + i % 7, "0." + (1 + i % 9)));
  }
}
