package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.task.Heartbeat;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.simulator.Venue;
import io.tapeflow.simulator.VenueSettings;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Name servers that do not answer: a look-up that has begun can only be waited for. */
class ConnectorDnsTest {
  private static final String BTC = "BTCUSDT";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Resolver resolver = new Resolver();

  @AfterEach
  void answer() {
    resolver.answer();
    await().atMost(PATIENCE).until(() -> lookUps().isEmpty());
  }

  @Test
  void noAnswerIsATimeoutInDnsAndTheStreamComesWithTheAnswer() {
    resolver.stallFor("stream.test");
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue)) {
      await().atMost(PATIENCE).until(() -> rig.status().lastError() != null);
      ConnectionError error = rig.status().lastError();
      assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(error.phase()).isEqualTo(ConnectionPhase.DNS);
      assertThat(error.message()).contains("no address for stream.test within 800 ms");

      await().atMost(PATIENCE).until(() -> rig.status().attempts().failed() >= 4);
      assertThat(rig.status().openSockets()).isZero();
      assertThat(lookUps()).as("one for all attempts").containsExactly("tapeflow-dns-stream.test");
      assertThat(rig.scope.status().heartbeats()).noneMatch(Heartbeat::late);

      resolver.answer();
      rig.awaitDelivered(BTC, 20);
      assertThat(rig.status().connections()).isEqualTo(1);
      assertThat(venue.account().mostOpenAtOnce()).as("none for those given up").isEqualTo(1);
      rig.stop();
    }
  }

  @Test
  void aReconnectThatWaitsForAnAddressCostsNoTrade() {
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      rig.awaitDelivered(BTC, 20);

      resolver.stallFor("stream.test");
      venue.switchOn(new VenueFault(FaultKind.CLOSE, 1_006));
      await()
          .atMost(PATIENCE)
          .until(() -> rig.status().attempts().failed() >= 2 && inDns(rig.status().lastError()));
      resolver.answer();
      rig.awaitState(StreamState.LIVE);
      rig.awaitDelivered(BTC, rig.instrument(BTC).delivered() + 20);

      recorder.assertGapless(BTC);
      rig.stop();
    }
  }

  @Test
  void anAddressThatRestWaitsForHoldsUpNoStream() {
    resolver.stallFor("rest.test");
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      rig.awaitDelivered(BTC, 20);
      venue.switchOn(new VenueFault(FaultKind.DROP, 50));
      await().atMost(PATIENCE).until(() -> rig.instrument(BTC).reason().contains("trades wait"));
      assertThat(lookUps()).containsExactly("tapeflow-dns-rest.test");
      assertThat(rig.status().state()).isEqualTo(StreamState.LIVE);

      resolver.answer();
      await().atMost(PATIENCE).until(() -> rig.instrument(BTC).repaired() > 0);
      rig.awaitDelivered(BTC, rig.instrument(BTC).delivered() + 20);
      recorder.assertGapless(BTC);
      rig.stop();
    }
  }

  @Test
  void aStopDoesNotWaitForAnAddressAndTheNextStreamAddsNoLookUp() {
    resolver.stallFor("stream.test");
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue)) {
      await().atMost(PATIENCE).until(() -> !lookUps().isEmpty());
      rig.stop();
      for (int i = 0; i < 5; i++) {
        ConnectorRig other = rig.beside(settings(venue));
        other.awaitState(StreamState.CONNECTING);
        other.stop();
      }
      assertThat(lookUps()).containsExactly("tapeflow-dns-stream.test");

      resolver.answer();
      await().atMost(PATIENCE).until(() -> rig.names.status().live().isEmpty());
      LedgerStatus account = rig.names.status();
      assertThat(account.balanced()).isTrue();
      assertThat(account.failed()).isZero();
    }
  }

  private ConnectorRig rig(Venue venue) {
    return ConnectorRig.to(settings(venue), resolver);
  }

  private static StreamSettings settings(Venue venue) {
    return ConnectorRig.settings(
        URI.create("ws://stream.test:" + venue.streamEndpoint().getPort()),
        URI.create("http://rest.test:" + venue.restEndpoint().getPort()),
        BTC);
  }

  private static Venue generated() {
    return Venue.start(VenueSettings.generated(BTC).seed(7).rate(200).build());
  }

  private static boolean inDns(ConnectionError error) {
    return error != null
        && error.kind() == ErrorKind.TIMEOUT
        && error.phase() == ConnectionPhase.DNS;
  }

  private static List<String> lookUps() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("tapeflow-dns-"))
        .toList();
  }

  /** Knows this machine by every name, and can be had to answer nothing about some. */
  private static final class Resolver implements NameLookup.Names {
    private final Set<String> stalled = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch answer = new CountDownLatch(1);

    void stallFor(String host) {
      answer = new CountDownLatch(1);
      stalled.add(host);
    }

    void answer() {
      stalled.clear();
      answer.countDown();
    }

    @Override
    public InetAddress[] addressesOf(String host) {
      CountDownLatch until = answer;
      while (stalled.contains(host) && until.getCount() > 0) {
        try {
          until.await();
        } catch (InterruptedException e) {
          // The system's look-up takes no notice of it either.
        }
      }
      return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }
  }
}
