package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.simulator.Venue;
import io.tapeflow.simulator.VenueSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missed while nobody listens, or while REST is down, comes after all; over sockets. */
class KeptHistoryTest {
  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void anotherConnectorGoesOnWhereOneEnded() {
    try (Venue venue = venue();
        ConnectorRig first = ConnectorRig.to(keeping(venue, BTC))) {
      Recorder stays = new Recorder();
      first.delivery.bind(stays, Map.of());
      first.awaitDelivered(BTC, 50);
      long firstId = first.instrument(BTC).firstId();
      first.stop();
      awaitPrinted(venue, first.instrument(BTC).lastId() + 1_500);

      ConnectorRig second = first.beside(keeping(venue, BTC));
      second.awaitDelivered(BTC, 1_600);
      Recorder comes = new Recorder();
      second.delivery.bind(comes, Map.of(TradeListener.FROM_HISTORY, true));
      await().atMost(PATIENCE).until(() -> second.instrument(BTC).reason().isEmpty());
      assertThat(second.instrument(BTC).repaired()).isGreaterThanOrEqualTo(1_400);
      assertThat(second.instrument(BTC).unrepaired()).isZero();
      second.stop();
      await().atMost(PATIENCE).until(() -> !comes.seen().isEmpty());
      stays.assertGapless(BTC);
      assertThat(stays.ids(BTC).get(0)).isEqualTo(firstId);
      comes.assertGapless(BTC);
      assertThat(comes.ids(BTC).get(0)).isEqualTo(firstId);
    }
  }

  @Test
  void anInstrumentThatMovesToAnotherConnectorLosesNothing() {
    try (Venue venue = venue();
        ConnectorRig from = ConnectorRig.to(keeping(venue, BTC, ETH))) {
      Recorder stays = new Recorder();
      from.delivery.bind(stays, Map.of());
      from.awaitDelivered(BTC, 50);
      ConnectorRig to = from.beside(keeping(venue, BTC));
      await()
          .atMost(PATIENCE)
          .until(() -> to.instrument(BTC).state() == InstrumentState.CLAIMED_ELSEWHERE);
      from.symbols(ETH);
      to.awaitDelivered(BTC, 300);
      await().atMost(PATIENCE).until(() -> to.instrument(BTC).reason().isEmpty());
      assertThat(to.instrument(BTC).unrepaired()).isZero();
      from.stop();
      to.stop();
      stays.assertGapless(BTC);
      stays.assertGapless(ETH);
    }
  }

  @Test
  void whatCouldNotBeFetchedInTimeIsFetchedLate() throws IOException {
    try (Venue venue = venue();
        RestFront rest = new RestFront(venue.restEndpoint());
        ConnectorRig rig =
            ConnectorRig.to(
                ConnectorRig.with(
                    ConnectorRig.settings(venue.streamEndpoint(), rest.endpoint(), BTC),
                    Map.of("hold", Duration.ofMillis(300))))) {
      ListenerModel listener = new ListenerModel();
      rig.delivery.bind(listener, Map.of(TradeListener.NAME, "model"));
      rig.awaitDelivered(BTC, 20);
      rest.broken = true;
      venue.switchOn(new VenueFault(FaultKind.DROP, 10));
      await().atMost(PATIENCE).until(() -> rig.instrument(BTC).unrepaired() >= 3);
      venue.clearFaults();
      assertThat(rig.instrument(BTC).reason()).isNotEmpty();
      rest.broken = false;
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  rig.instrument(BTC).unrepaired() == 0 && rig.instrument(BTC).reason().isEmpty());

      assertThat(rig.instrument(BTC).amended()).isGreaterThanOrEqualTo(3);
      long lastId = rig.instrument(BTC).lastId();
      await().atMost(PATIENCE).until(() -> listener.lastId() >= lastId);
      await().atMost(PATIENCE).until(listener::misses, missing -> !missing);
      rig.stop();
      assertThat(rig.delivery.listeners().get(0).failures()).isZero();
      assertThat(listener.amendments()).isPositive();
      listener.assertEqualTo(rig.connector.history(BTC).orElseThrow().latest(1_000_000));
    }
  }

  private StreamSettings keeping(Venue venue, String... symbols) {
    return ConnectorRig.with(
        ConnectorRig.settings(venue.streamEndpoint(), venue.restEndpoint(), symbols),
        Map.of("historyDirectory", directory));
  }

  private static Venue venue() {
    return Venue.start(VenueSettings.generated(BTC, ETH).seed(7).rate(200).build());
  }

  private static void awaitPrinted(Venue venue, long id) {
    await().atMost(PATIENCE).until(() -> venue.account().markets().get(BTC).lastId() >= id);
  }
}
