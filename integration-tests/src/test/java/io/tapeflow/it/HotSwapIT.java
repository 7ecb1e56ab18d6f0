package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.TradeHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * The stream bundle and its configuration change under load, and nobody who listens loses a trade
 * or gets one twice: what was traded meanwhile is fetched.
 */
public class HotSwapIT extends ShippedIT {
  private static final double RATE = 400;
  private static final int ROUNDS = 3;
  private static final AtomicInteger TESTS = new AtomicInteger();

  // Each test has symbols of its own: metrics outlive a stream.
  private final String steady = "S%dUSDT".formatted(TESTS.incrementAndGet());
  private final String moving = "M%dUSDT".formatted(TESTS.get());

  private Venue venue;
  private Map<String, Object> values;
  private Stream stream;
  private Map<String, List<Recorder>> recorders;

  @Before
  public void begin() throws IOException {
    venue = Venue.generated(host(), "swap", RATE, steady, moving);
    values = Stream.values(venue, steady, moving);
    values.put("history.keep", true);
    values.put("history.directory", Files.createTempDirectory("tapeflow-swap").toString());
    stream = Stream.open(host(), "swap", values);
    stream.awaitLive();
    recorders = new TreeMap<>();
    for (String symbol : new String[] {steady, moving}) {
      recorders.put(
          symbol, List.of(Recorder.of(host(), symbol), Recorder.fromHistory(host(), symbol)));
    }
    awaitMore();
  }

  @Test
  public void streamBundleRestartedUpdatedAndRefreshed() throws BundleException {
    Bundle bundle = host().bundle("io.tapeflow.stream");
    // The first time loads classes and fills caches.
    Redeploy.UPDATE.change(bundle);
    awaitMore();
    Threads threads = Threads.now();
    LogFile log = LogFile.fromHere();

    for (int round = 0; round < ROUNDS; round++) {
      for (Redeploy how : Redeploy.values()) {
        LoaderWatch old = LoaderWatch.of(bundle);
        how.change(bundle);
        awaitMore();
        if (how != Redeploy.RESTART) {
          old.awaitCollected();
        }
      }
    }

    assertExact();
    host().close();
    threads.awaitNoMore();
    assertThat(log.lines("ERROR")).isEmpty();
    assertThat(log.linkageErrors()).isEmpty();
  }

  @Test
  public void configurationChangedAgainAndAgain() {
    Threads threads = Threads.now();
    LogFile log = LogFile.fromHere();

    for (int round = 0; round < 2; round++) {
      change("symbols", new String[] {steady});
      stream.until("without " + moving, status -> status.instruments().size() == 1);
      long left = venue.market(moving).lastId();
      Awaitility.await("trades without anybody there")
          .atMost(Host.PATIENCE)
          .until(() -> venue.market(moving).lastId() > left + RATE / 4);
      change("symbols", new String[] {steady, moving});
      awaitMore();

      change("connect.timeout.ms", 4_000L + round);
      change("idle.timeout.ms", 20_000L + round);
      change("hold.trades", 40_000 + round);
      change("history.seconds", 1_200L + round);
      change("limit.rest.share.percent", 60 + round);
      awaitMore();
    }
    // Another address of the same venue, which takes another connection.
    change("ws.endpoint", "ws://localhost:" + venue.streamEndpoint().getPort());
    awaitMore();
    change("rest.endpoint", "http://localhost:" + venue.restEndpoint().getPort());
    awaitMore();
    stream.close();
    stream = Stream.open(host(), "swap", values);
    awaitMore();

    assertExact();
    host().close();
    threads.awaitNoMore();
    assertThat(log.lines("ERROR")).isEmpty();
  }

  @Test
  public void moreConnectionsForTheSameSymbolsAndFewerAgain() {
    change("limit.streams.per.connection", 1);
    awaitMore();
    change("limit.streams.per.connection", 10);
    awaitMore();
    assertExact();
  }

  @Test
  public void aConsumersBundleThatComesIsUpdatedAndGoes() throws BundleException {
    Threads threads = Threads.now();
    LogFile log = LogFile.fromHere();

    for (int round = 0; round < ROUNDS; round++) {
      Consumer consumer = Consumer.start(host(), steady);
      awaitHeard(consumer);
      LoaderWatch first = LoaderWatch.of(consumer.bundle());
      consumer.update();
      awaitHeard(consumer);
      first.awaitCollected();
      Redeploy.RESTART.change(consumer.bundle());
      awaitHeard(consumer);
      LoaderWatch last = LoaderWatch.of(consumer.bundle());
      consumer.uninstall();
      last.awaitCollected();
      assertThat(consumer.delivery()).isEmpty();
      assertThat(consumer.faults()).isEmpty();
      consumer.close();
    }

    assertExact();
    host().close();
    threads.awaitNoMore();
    assertThat(log.lines("ERROR")).isEmpty();
    assertThat(log.linkageErrors()).isEmpty();
  }

  /** Everything from the oldest trade on. */
  private void awaitHeard(Consumer consumer) {
    long printed = venue.market(steady).lastId();
    Awaitility.await("trades of the consumer")
        .atMost(Host.PATIENCE)
        .until(() -> consumer.lastId() > printed + RATE / 10);
    assertThat(consumer.firstId()).isEqualTo(stream.instrument(steady).firstId());
  }

  private void change(String property, Object value) {
    values = new HashMap<>(values);
    values.put(property, value);
    stream.update(values);
  }

  /** Trades of all instruments flow, and reach whoever listens. */
  private void awaitMore() {
    recorders.forEach(
        (symbol, listening) -> {
          long printed = venue.market(symbol).lastId();
          Awaitility.await("more trades of " + symbol)
              .atMost(Host.PATIENCE)
              .until(() -> listening.stream().allMatch(it -> it.lastId() > printed + RATE / 10));
        });
  }

  /** Ends the trades, and compares what came of them with what the venue printed. */
  private void assertExact() {
    venue.switchOn(FaultKind.QUIET_SYMBOL);
    recorders.forEach(
        (symbol, listening) -> {
          Awaitility.await("the last trade of " + symbol)
              .atMost(Host.PATIENCE)
              .until(
                  () ->
                      listening.stream().allMatch(it -> it.lastId() == lastId(symbol))
                          && Metrics.of(host(), symbol).lastTradeId() == lastId(symbol));
          for (Recorder recorder : listening) {
            assertThat(recorder.faults()).isEmpty();
            assertThat(recorder.gaps()).isEmpty();
            assertThat(recorder.tally())
                .isEqualTo(venue.printed(symbol, recorder.firstId(), recorder.lastId()));
          }
          assertMetrics(symbol, listening.get(1));
        });
    host()
        .askAll(TradeStream.class, null, TradeStream::status)
        .forEach(status -> assertThat(status.instruments()).allMatch(it -> it.unrepaired() == 0));
    new Verdicts(host()).await(5, PASS);
  }

  private long lastId(String symbol) {
    return venue.market(symbol).lastId();
  }

  /** The metrics are those of a batch over the trades from the first to the last. */
  private void assertMetrics(String symbol, Recorder fromTheFirst) {
    MetricSnapshot snapshot = Metrics.of(host(), symbol);
    Metrics.assertSums(snapshot, fromTheFirst.tally());
    assertThat(snapshot.metric("cvd.start").complete()).isTrue();
    TradeHistory history =
        host().askAll(TradeStream.class, null, service -> service.history(symbol)).stream()
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow();
    assertThat(history.size()).isEqualTo(fromTheFirst.tally().trades());
    assertThat(Metrics.timeless(snapshot))
        .containsKeys("cvd.start", "vwap.start", "cvd.session", "price.last")
        .isEqualTo(Metrics.timeless(Metrics.inABatch(host(), history)));
  }
}
