package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.simulator.AggTrade;
import io.tapeflow.simulator.Venue;
import io.tapeflow.simulator.VenueSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connector against the embedded venue, over real sockets. */
class ConnectorTest {
  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";

  @Test
  void aTradeArrivesAsTheVenuePrintedIt() {
    try (Venue venue = byHand();
        ConnectorRig rig = rig(venue, BTC)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      awaitSubscribed(venue, 1);
      AggTrade printed = venue.print(BTC, "64012.30", "0.0015", Side.SELL);
      await().until(() -> recorder.trades.size() == 1);

      Trade trade = recorder.trades.get(0);
      assertThat(trade.id()).isEqualTo(printed.id());
      assertThat(trade.priceDecimal()).isEqualByComparingTo("64012.30");
      assertThat(trade.quantityDecimal()).isEqualByComparingTo("0.0015");
      assertThat(trade.aggressor()).isEqualTo(Side.SELL);
      assertThat(trade.timeMicros()).isEqualTo(printed.timeMicros() / 1_000 * 1_000);
      assertThat(trade.receivedMicros()).isGreaterThanOrEqualTo(trade.timeMicros());
      assertThat(rig.status().state()).isEqualTo(StreamState.LIVE);
      assertThat(rig.status().phase()).isNull();
      assertThat(rig.instrument(BTC).state()).isEqualTo(InstrumentState.LIVE);
      rig.stop();
    }
  }

  @Test
  void theDecimalsComeFromTheVenue() {
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue, BTC)) {
      rig.awaitDelivered(BTC, 1);
      assertThat(rig.instrument(BTC).instrument().priceScale()).isEqualTo(8);
      assertThat(rig.instrument(BTC).instrument().quantityScale()).isBetween(3, 8);
    }
  }

  @Test
  void aSymbolTheVenueDoesNotListIsToldAndTheOthersFlow() {
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue, BTC, "NOSUCH")) {
      rig.awaitDelivered(BTC, 5);
      assertThat(rig.instrument("NOSUCH").state()).isEqualTo(InstrumentState.REJECTED);
      assertThat(rig.instrument("NOSUCH").reason()).contains("does not list NOSUCH");
    }
  }

  @Test
  void onlySymbolsThatAreNotListedStopItWithTheReason() {
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue, "NOSUCH")) {
      await().until(() -> rig.status().lastError() != null);
      assertThat(rig.status().lastError().kind()).isEqualTo(ErrorKind.CONFIGURATION);
      assertThat(rig.status().lastError().message()).contains("NOSUCH");
      rig.awaitState(StreamState.STOPPED);
    }
  }

  @Test
  void withoutRestTheWidestUsualScaleIsUsed() {
    try (Venue venue = generated();
        ConnectorRig rig = ConnectorRig.to(venue.streamEndpoint(), BTC)) {
      rig.awaitDelivered(BTC, 1);
      assertThat(rig.instrument(BTC).instrument().quantityScale()).isEqualTo(8);
    }
  }

  @Test
  void addingAndRemovingASymbolLeavesTheOthersAlone() {
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue, BTC)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      rig.awaitDelivered(BTC, 20);
      long firstId = rig.instrument(BTC).firstId();

      rig.symbols(BTC, ETH);
      rig.awaitDelivered(ETH, 20);
      rig.symbols(BTC);
      await().until(() -> !venue.account().subscriptions().containsKey(ETH));
      long then = rig.instrument(BTC).delivered();
      rig.awaitDelivered(BTC, then + 20);

      InstrumentStatus btc = rig.instrument(BTC);
      assertThat(btc.firstId()).isEqualTo(firstId);
      assertThat(btc.generation()).isEqualTo(1);
      assertThat(rig.status().connections()).isEqualTo(1);
      assertThat(rig.status().instruments()).hasSize(1);
      assertThat(venue.account().mostOpenAtOnce()).isEqualTo(1);
      assertThat(rig.connector.history(ETH)).isEmpty();
      assertThat(rig.connector.history(BTC)).isPresent();
      recorder.assertGapless(BTC);
      rig.stop();
    }
  }

  @Test
  void anInstrumentConfiguredTwiceIsCarriedOnceAndTakenOver() {
    try (Venue venue = generated();
        ConnectorRig first = rig(venue, BTC)) {
      first.awaitDelivered(BTC, 1);
      ConnectorRig second =
          first.beside(
              ConnectorRig.settings(venue.streamEndpoint(), venue.restEndpoint(), BTC, ETH));
      second.awaitDelivered(ETH, 1);
      assertThat(second.instrument(BTC).state()).isEqualTo(InstrumentState.CLAIMED_ELSEWHERE);
      assertThat(second.instrument(BTC).reason()).contains(first.pid);
      for (String name : new String[] {BTC, second.instrument(BTC).instrument().key()}) {
        assertThat(second.connector.status(name).instruments())
            .containsExactly(second.instrument(BTC));
      }
      assertThat(second.connector.status(ETH).instruments())
          .extracting(it -> it.instrument().symbol())
          .containsExactly(ETH);
      assertThat(second.connector.status("NONE").instruments()).isEmpty();
      assertThat(second.connector.history("binance-spot:" + ETH)).isPresent();
      assertThat(venue.account().subscriptions()).containsEntry(BTC, 1);

      first.stop();
      second.awaitDelivered(BTC, 1);
      assertThat(venue.account().subscriptions()).containsEntry(BTC, 1);
      second.stop();
    }
  }

  @Test
  void pingsAreAnsweredAndAreNoData() {
    // Without REST: nothing says that the market is quiet.
    try (Venue venue = byHand();
        ConnectorRig rig = ConnectorRig.to(venue.streamEndpoint(), BTC)) {
      awaitSubscribed(venue, 1);
      venue.print(BTC, "1", "1", Side.BUY);
      rig.awaitState(StreamState.LIVE);
      venue.switchOn(new VenueFault(FaultKind.PINGS_ONLY, 100));
      await().until(() -> venue.account().pongs() >= 3);
      await().until(() -> stalled(rig));
      assertThat(rig.status().lastError().message()).contains("no trade for 800 ms");
    }
  }

  @Test
  void aVenueThatClosesIsLeftAndFoundAgainWithoutARepeat() {
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue, BTC)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      for (int code : new int[] {1000, 1006, 1012}) {
        rig.awaitState(StreamState.LIVE);
        long connections = rig.status().connections();
        venue.switchOn(new VenueFault(FaultKind.CLOSE, code));
        await().until(() -> rig.status().connections() > connections);
        assertThat(rig.status().lastError().kind()).isEqualTo(ErrorKind.CLOSED);
      }
      long then = rig.instrument(BTC).delivered();
      rig.awaitDelivered(BTC, then + 50);
      recorder.assertGapless(BTC);
      assertThat(venue.account().mostOpenAtOnce()).isEqualTo(1);
      rig.stop();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DUPLICATE", "REORDER", "MALFORMED"})
  void disorderIsPutRight(FaultKind kind) {
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue, BTC, ETH)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      rig.awaitState(StreamState.LIVE);
      venue.switchOn(new VenueFault(kind, 3));
      long then = rig.instrument(BTC).delivered();
      rig.awaitDelivered(BTC, then + 100);
      venue.clearFaults();

      recorder.assertGapless(BTC);
      recorder.assertGapless(ETH);
      assertThat(rig.instrument(BTC).gaps()).isZero();
      if (kind == FaultKind.DUPLICATE) {
        assertThat(rig.instrument(BTC).duplicates()).isPositive();
      }
      if (kind == FaultKind.MALFORMED) {
        assertThat(rig.status().malformed()).isPositive();
        assertThat(rig.status().lastMalformed()).isNotEmpty();
      }
    }
  }

  @Test
  void droppedTradesAreFetchedBeforeThoseBehindThemAreReleased() {
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue, BTC, ETH)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      rig.awaitState(StreamState.LIVE);
      venue.switchOn(new VenueFault(FaultKind.DROP, 4));
      await().atMost(Duration.ofSeconds(20)).until(() -> rig.instrument(BTC).repaired() >= 30);
      venue.clearFaults();
      await().until(() -> rig.instrument(BTC).reason().isEmpty());

      InstrumentStatus status = rig.instrument(BTC);
      assertThat(status.unrepaired()).isZero();
      assertThat(status.gaps()).isPositive();
      assertThat(status.lastId() - status.firstId() + 1).isEqualTo(status.delivered());
      await().until(() -> rig.delivery.listeners().get(0).lag() == 0);
      recorder.assertGapless(BTC);
      recorder.assertGapless(ETH);
      assertThat(recorder.seen()).anyMatch(Trade::repaired);
    }
  }

  @Test
  void whatAReconnectMissedIsFetched() {
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue, BTC)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      rig.awaitDelivered(BTC, 10);
      venue.switchOn(VenueFault.of(FaultKind.REFUSE_TCP));
      long printed = venue.account().markets().get(BTC).lastId();
      // Longer than one page of REST.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> venue.account().markets().get(BTC).lastId() > printed + 1_200);
      venue.clearFaults();
      rig.awaitDelivered(BTC, 1_300);
      await().until(() -> rig.instrument(BTC).reason().isEmpty());

      assertThat(rig.instrument(BTC).repaired()).isGreaterThan(1_000);
      assertThat(rig.instrument(BTC).unrepaired()).isZero();
      await().until(() -> rig.delivery.listeners().get(0).lag() == 0);
      recorder.assertGapless(BTC);
      rig.stop();
    }
  }

  @Test
  void withoutRestDroppedTradesAreAGapThatIsTold() {
    try (Venue venue = generated();
        ConnectorRig rig = ConnectorRig.to(venue.streamEndpoint(), BTC)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      rig.awaitDelivered(BTC, 5);
      venue.switchOn(new VenueFault(FaultKind.DROP, 5));
      await().atMost(Duration.ofSeconds(20)).until(() -> rig.instrument(BTC).gaps() >= 3);
      venue.clearFaults();
      InstrumentStatus status = rig.instrument(BTC);
      assertThat(status.lastId() - status.firstId() + 1)
          .isEqualTo(status.delivered() + status.unrepaired());
      recorder.assertEachOnceWithGapsTold(BTC);
      assertThat(recorder.gaps).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SILENT_AFTER_TCP",
        "SILENT_IN_UPGRADE",
        "HTTP_STATUS",
        "SILENT_IN_SUBSCRIBE",
        "REFUSE_SUBSCRIBE",
        "NO_DATA",
        "PINGS_ONLY",
        "REFUSE_TCP"
      })
  void everyFaultOfConnectingIsNamedAndOutlived(FaultKind kind) {
    try (Venue venue = generated()) {
      venue.switchOn(new VenueFault(kind, kind == FaultKind.HTTP_STATUS ? 451 : 0));
      try (ConnectorRig rig = rig(venue, BTC)) {
        await().atMost(Duration.ofSeconds(20)).until(() -> rig.status().lastError() != null);
        assertThat(rig.status().lastError().kind()).isEqualTo(kindOf(kind));
        if (phaseOf(kind) != null) {
          assertThat(rig.status().lastError().phase()).isEqualTo(phaseOf(kind));
        }
        await().until(() -> rig.status().attempts().failed() >= 2);
        assertThat(rig.status().attempts().connected()).isZero();

        venue.clearFaults();
        rig.awaitState(StreamState.LIVE);
        rig.awaitDelivered(BTC, 5);
        rig.stop();
        await().until(() -> venue.account().openConnections() == 0);
      }
    }
  }

  @Test
  void stoppingIsCleanInEveryStateAHundredTimes() {
    try (Venue venue = generated()) {
      FaultKind[] faults = {
        null,
        FaultKind.SILENT_AFTER_TCP,
        FaultKind.SILENT_IN_UPGRADE,
        FaultKind.SILENT_IN_SUBSCRIBE,
        FaultKind.NO_DATA,
        FaultKind.REFUSE_TCP
      };
      for (int i = 0; i < 100; i++) {
        FaultKind fault = faults[i % faults.length];
        if (fault != null) {
          venue.switchOn(VenueFault.of(fault));
        }
        StreamSettings quick =
            ConnectorRig.withConnectTimeout(
                ConnectorRig.settings(venue.streamEndpoint(), venue.restEndpoint(), BTC),
                Duration.ofMillis(fault == null ? 5_000 : 150));
        try (ConnectorRig rig = ConnectorRig.to(quick)) {
          if (fault == null) {
            rig.awaitState(StreamState.LIVE);
          } else if (i / faults.length % 2 == 0) {
            rig.awaitState(StreamState.BACKING_OFF);
          } else {
            await().until(() -> rig.status().attempts().started() > 0);
          }
          rig.stop();
        }
        venue.clearFaults();
      }
      await().until(() -> venue.account().openConnections() == 0);
    }
  }

  @Test
  void stoppingAgainstAPeerThatNoLongerAnswersIsCleanToo() {
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue, BTC)) {
      rig.awaitState(StreamState.LIVE);
      venue.switchOn(VenueFault.of(FaultKind.HALF_OPEN));
      rig.stop();
    }
  }

  @Test
  void reconnectByHandMakesANewConnectionAtOnce() {
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue, BTC)) {
      rig.awaitState(StreamState.LIVE);
      rig.connector.reconnect();
      await().until(() -> rig.status().connections() == 2);
      assertThat(rig.status().openSockets()).isEqualTo(1);
      assertThat(venue.account().mostOpenAtOnce()).isLessThanOrEqualTo(2);
      rig.stop();
    }
  }

  private static boolean stalled(ConnectorRig rig) {
    return rig.status().timeline().stream()
        .anyMatch(change -> change.state() == StreamState.STALLED);
  }

  private static ErrorKind kindOf(FaultKind fault) {
    return switch (fault) {
      case HTTP_STATUS -> ErrorKind.HTTP;
      case REFUSE_SUBSCRIBE -> ErrorKind.REJECTED;
      case REFUSE_TCP -> ErrorKind.REFUSED;
      default -> ErrorKind.TIMEOUT;
    };
  }

  private static ConnectionPhase phaseOf(FaultKind fault) {
    return switch (fault) {
      case SILENT_AFTER_TCP, SILENT_IN_UPGRADE, HTTP_STATUS -> ConnectionPhase.UPGRADE;
      case SILENT_IN_SUBSCRIBE -> ConnectionPhase.SUBSCRIBE;
      case NO_DATA, PINGS_ONLY -> ConnectionPhase.FIRST_DATA;
      default -> null;
    };
  }

  private static void awaitSubscribed(Venue venue, int count) {
    await().until(() -> venue.account().subscriptions().getOrDefault(BTC, 0) == count);
  }

  private static ConnectorRig rig(Venue venue, String... symbols) {
    URI rest = venue.restEndpoint();
    return ConnectorRig.to(ConnectorRig.settings(venue.streamEndpoint(), rest, symbols));
  }

  private static Venue byHand() {
    return Venue.start(VenueSettings.byHand(BTC, ETH).build());
  }

  private static Venue generated() {
    return Venue.start(VenueSettings.generated(BTC, ETH).seed(7).rate(200).build());
  }
}
