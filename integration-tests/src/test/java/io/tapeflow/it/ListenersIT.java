package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.task.TaskInfo;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.api.trade.TradeListener;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/**
 * A consumer's bundle that hangs or leaks is alone with it, and leaves nothing when it has gone.
 */
public class ListenersIT extends ShippedIT {
  private static final String SYMBOL = "BTCUSDT";
  private static final String THREAD = "tapeflow-delivery-" + Consumer.NAME;
  private static final double RATE = 300;

  /** The shortest history there is: who hangs for longer than it lasts, loses trades. */
  private static final int HISTORY = 2_048;

  private Stream stream;
  private Recorder other;

  @Before
  public void begin() {
    Venue venue = Venue.generated(host(), "listeners", RATE, SYMBOL);
    Map<String, Object> values = Stream.values(venue, SYMBOL);
    values.put("history.trades", HISTORY);
    stream = Stream.open(host(), "listeners", values);
    other = Recorder.of(host(), SYMBOL);
    stream.awaitLive();
  }

  @Test
  public void whoHangsAndComesToIsToldWhatItLost() throws BundleException {
    Consumer consumer = Consumer.start(host(), SYMBOL);
    awaitHanging(consumer);
    assertOthersGoOn();

    consumer.goOn();
    Awaitility.await("it has caught up")
        .atMost(Host.PATIENCE)
        .until(() -> consumer.lost() > 0 && consumer.lastId() > stream.lastId(SYMBOL) - RATE);
    ListenerStatus status = consumer.delivery().orElseThrow();
    assertThat(status.lost()).isEqualTo(consumer.lost());
    assertThat(consumer.faults()).isEmpty();
    assertOthersGoOn();
  }

  @Test
  public void whoHangsForEverIsLeftBehindWhenItsBundleIsUninstalled() throws BundleException {
    LogFile log = LogFile.fromHere();
    Consumer consumer = Consumer.start(host(), SYMBOL);
    LoaderWatch loader = LoaderWatch.of(consumer.bundle());
    awaitHanging(consumer);

    consumer.uninstall();
    assertThat(consumer.delivery()).as("delivery to it").isEmpty();
    assertThat(log.lines("WARN"))
        .anyMatch(line -> line.contains("Listener consumer was still at work when it left, with "));
    assertThat(liveTasks()).as("the account of what hangs").contains(THREAD);
    assertOthersGoOn();
    Recorder late = Recorder.fromHistory(host(), SYMBOL);
    Awaitility.await("one that comes later")
        .atMost(Host.PATIENCE)
        .until(() -> late.lastId() > other.lastId() - RATE);

    long heard = consumer.lastId();
    consumer.goOn();
    Awaitility.await("its thread has ended")
        .atMost(Host.PATIENCE)
        .until(() -> Threads.of(THREAD).isEmpty() && !liveTasks().contains(THREAD));
    assertThat(consumer.lastId()).as("after it has left").isEqualTo(heard);
    loader.awaitCollected();
    assertThat(log.lines("ERROR")).isEmpty();
  }

  @Test
  public void whoeverKeepsTheServiceOfABundleThatHasStoppedHearsNothingMore()
      throws BundleException {
    Consumer consumer = Consumer.start(host(), SYMBOL);
    Awaitility.await("trades").atMost(Host.PATIENCE).until(() -> consumer.lastId() > 0);
    ServiceReference<?> reference = listenerOf(consumer);
    TradeListener kept = (TradeListener) host().context().getService(reference);

    consumer.bundle().stop();
    assertThat(consumer.delivery()).isEmpty();
    assertThat(Threads.of(THREAD)).isEmpty();
    long heard = consumer.lastId();
    assertOthersGoOn();
    assertThat(consumer.lastId()).isEqualTo(heard);
    assertThat(kept).isNotNull();

    consumer.bundle().start();
    Awaitility.await("again from the oldest trade")
        .atMost(Host.PATIENCE)
        .until(() -> consumer.lastId() > heard);
    assertThat(consumer.faults()).isEmpty();
  }

  private void awaitHanging(Consumer consumer) {
    Awaitility.await("trades").atMost(Host.PATIENCE).until(() -> consumer.lastId() > 0);
    consumer.hang();
    // What history no longer holds counts as well as what it does.
    Awaitility.await("more than history holds")
        .atMost(Host.PATIENCE)
        .until(() -> consumer.delivery().orElseThrow().lag() > 2 * HISTORY);
    assertThat(consumer.delivery().orElseThrow().inCallFor()).isPositive();
  }

  private void assertOthersGoOn() {
    long seen = stream.lastId(SYMBOL);
    Awaitility.await("the other listener")
        .atMost(Host.PATIENCE)
        .until(() -> other.lastId() > seen + RATE / 10);
    Metrics.await(host(), SYMBOL, snapshot -> snapshot.lastTradeId() > seen + RATE / 10);
    assertThat(other.faults()).isEmpty();
    assertThat(other.gaps()).isEmpty();
  }

  private List<String> liveTasks() {
    return host().askAll(TaskLedger.class, null, TaskLedger::status).stream()
        .filter(ledger -> ledger.owner().equals("delivery"))
        .map(LedgerStatus::live)
        .flatMap(List::stream)
        .map(TaskInfo::name)
        .toList();
  }

  private static ServiceReference<?> listenerOf(Consumer consumer) {
    ServiceReference<?>[] registered = consumer.bundle().getRegisteredServices();
    assertThat(registered).hasSize(1);
    return registered[0];
  }
}
