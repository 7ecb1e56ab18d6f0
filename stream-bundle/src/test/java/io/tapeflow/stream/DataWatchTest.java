package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.simulator.Venue;
import io.tapeflow.simulator.VenueSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Quiet markets and dead streams are told apart, one instrument at a time, over real sockets. */
class DataWatchTest {
  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void oneDeadSymbolAmongTwentyIsSubscribedAnewAndTheOthersAreNotTouched() {
    String[] symbols =
        IntStream.range(0, 20).mapToObj(i -> "SYM" + i + "USDT").toArray(String[]::new);
    String dead = symbols[7];
    try (Venue venue = Venue.start(VenueSettings.generated(symbols).seed(3).rate(50).build());
        ConnectorRig rig = rig(venue.streamEndpoint(), venue.restEndpoint(), symbols)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      for (String symbol : symbols) {
        rig.awaitDelivered(symbol, 1);
      }
      venue.switchOn(VenueFault.of(FaultKind.SILENT_SYMBOL, dead));
      await().atMost(LONG).until(() -> rig.instrument(dead).state() == InstrumentState.SILENT);
      assertThat(rig.instrument(dead).reason()).contains(dead).contains("subscribed anew");
      long then = rig.instrument(dead).delivered();
      await()
          .atMost(LONG)
          .until(
              () ->
                  rig.instrument(dead).state() == InstrumentState.LIVE
                      && rig.instrument(dead).delivered() > then + 20);

      assertThat(rig.instrument(dead).repaired()).isPositive();
      assertThat(rig.instrument(dead).unrepaired()).isZero();
      assertThat(rig.status().connections()).isEqualTo(1);
      assertThat(venue.account().mostOpenAtOnce()).isEqualTo(1);
      for (String symbol : symbols) {
        InstrumentStatus status = rig.instrument(symbol);
        assertThat(status.generation()).as(symbol).isEqualTo(1);
        if (!symbol.equals(dead)) {
          assertThat(status.gaps()).as(symbol).isZero();
          assertThat(status.duplicates()).as(symbol).isZero();
        }
      }
      await().atMost(LONG).until(() -> rig.delivery.listeners().get(0).lag() < 100);
      for (String symbol : symbols) {
        recorder.assertGapless(symbol);
      }
      rig.stop();
    }
  }

  @Test
  void aQuietInstrumentIsNotRestarted() throws IOException {
    try (Venue venue = generated();
        RestFront rest = new RestFront(venue.restEndpoint());
        ConnectorRig rig = rig(venue.streamEndpoint(), rest.endpoint(), BTC, ETH)) {
      rig.awaitDelivered(ETH, 5);
      venue.switchOn(VenueFault.of(FaultKind.QUIET_SYMBOL, ETH));
      await().atMost(LONG).until(() -> rig.instrument(ETH).state() == InstrumentState.QUIET);
      long messages = venue.account().messages();
      long then = rig.instrument(BTC).delivered();
      // Several times the least silence.
      rig.awaitDelivered(BTC, then + 1_000);

      assertThat(rig.instrument(ETH).state()).isEqualTo(InstrumentState.QUIET);
      assertThat(venue.account().messages()).as("nothing subscribed anew").isEqualTo(messages);
      assertThat(rest.askedFor(ETH)).isPositive();
      assertThat(rig.status().connections()).isEqualTo(1);

      venue.clearFaults();
      await().atMost(LONG).until(() -> rig.instrument(ETH).state() == InstrumentState.LIVE);
      assertThat(rig.instrument(ETH).gaps()).isZero();
      rig.stop();
    }
  }

  @Test
  void aConnectionOnAQuietMarketIsLive() {
    try (Venue venue = Venue.start(VenueSettings.byHand(BTC, ETH).build());
        ConnectorRig rig = rig(venue.streamEndpoint(), venue.restEndpoint(), BTC, ETH)) {
      venue.print(BTC, "1", "1", Side.BUY);
      rig.awaitState(StreamState.LIVE);
      assertThat(rig.instrument(BTC).state()).isEqualTo(InstrumentState.QUIET);
      assertThat(rig.instrument(ETH).state()).isEqualTo(InstrumentState.QUIET);
      // Longer than the idle limit; nothing tells the passing of time but the probes themselves.
      Duration age = Duration.ofSeconds(5);
      await()
          .atMost(LONG)
          .until(() -> rig.status().since().plus(age).isBefore(java.time.Instant.now()));
      assertThat(rig.status().state()).isEqualTo(StreamState.LIVE);
      assertThat(rig.status().attempts().failed()).isZero();

      venue.print(ETH, "1", "1", Side.BUY);
      rig.awaitDelivered(ETH, 1);
      assertThat(rig.instrument(ETH).state()).isEqualTo(InstrumentState.LIVE);
      assertThat(rig.status().connections()).isEqualTo(1);
      rig.stop();
    }
  }

  @Test
  void whatWasMissedBeforeAMarketFellQuietIsFetched() {
    try (Venue venue = Venue.start(VenueSettings.byHand(BTC).build());
        ConnectorRig rig = rig(venue.streamEndpoint(), venue.restEndpoint(), BTC)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      await().atMost(LONG).until(() -> venue.account().subscriptions().getOrDefault(BTC, 0) == 1);
      venue.print(BTC, "1", "1", Side.BUY);
      rig.awaitDelivered(BTC, 1);
      venue.switchOn(VenueFault.of(FaultKind.REFUSE_TCP));
      await().atMost(LONG).until(() -> rig.status().state() != StreamState.LIVE);
      for (int i = 0; i < 5; i++) {
        venue.print(BTC, "2", "1", Side.SELL);
      }
      venue.clearFaults();
      // No further trade comes that would show the hole.
      rig.awaitDelivered(BTC, 6);
      rig.awaitState(StreamState.LIVE);
      assertThat(rig.instrument(BTC).repaired()).isEqualTo(5);
      assertThat(rig.instrument(BTC).unrepaired()).isZero();
      await().atMost(LONG).until(() -> recorder.ids(BTC).size() == 6);
      recorder.assertGapless(BTC);
      rig.stop();
    }
  }

  @Test
  void aStreamThatLacksWhatRestHasIsATimeoutThatSaysSo() {
    try (Venue venue = generated()) {
      venue.switchOn(VenueFault.of(FaultKind.NO_DATA));
      try (ConnectorRig rig = rig(venue.streamEndpoint(), venue.restEndpoint(), BTC)) {
        ConnectionError error = firstError(rig);
        assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(error.phase()).isEqualTo(ConnectionPhase.FIRST_DATA);
        assertThat(error.message()).contains("no trade").contains(BTC + " has traded up to id ");
        rig.stop();
      }
    }
  }

  @Test
  void aProbeThatHangsDoesNotHoldUpTheVerdict() throws IOException {
    try (Venue venue = Venue.start(VenueSettings.byHand(BTC).build());
        RestFront rest = new RestFront(venue.restEndpoint());
        ConnectorRig rig = rig(venue.streamEndpoint(), rest.endpoint(), BTC)) {
      rest.hung = true;
      ConnectionError error = firstError(rig);
      assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(error.phase()).isEqualTo(ConnectionPhase.FIRST_DATA);
      assertThat(rest.asked).isNotEmpty();
      assertThat(Duration.between(rig.status().timeline().get(0).at(), error.at()))
          .as("ahead of the probe's own limit")
          .isLessThan(Duration.ofSeconds(5));
      rig.stop();
    }
  }

  @Test
  void aLiveConnectionThatDriesUpIsReplacedIfRestCannotExcuseIt() throws IOException {
    try (Venue venue = generated();
        RestFront rest = new RestFront(venue.restEndpoint());
        ConnectorRig rig = rig(venue.streamEndpoint(), rest.endpoint(), BTC)) {
      for (boolean answers : new boolean[] {true, false}) {
        rig.awaitState(StreamState.LIVE);
        rig.awaitDelivered(BTC, rig.instrument(BTC).delivered() + 5);
        rest.broken = !answers;
        venue.switchOn(VenueFault.of(FaultKind.PINGS_ONLY));
        String words = answers ? "has traded up to id" : "REST does not answer";
        await()
            .atMost(LONG)
            .until(
                () -> {
                  ConnectionError error = rig.status().lastError();
                  return error != null
                      && error.kind() == ErrorKind.IDLE
                      && error.message().contains(words);
                });
        venue.clearFaults();
        rest.broken = false;
        rig.awaitState(StreamState.LIVE);
      }
      rig.stop();
    }
  }

  @Test
  void aSymbolThatStaysDeadHasTheConnectionReplaced() {
    try (Venue venue = generated();
        ConnectorRig rig = rig(venue.streamEndpoint(), venue.restEndpoint(), BTC)) {
      rig.awaitDelivered(BTC, 5);
      venue.switchOn(VenueFault.of(FaultKind.SILENT_SYMBOL, BTC));
      await().atMost(LONG).until(() -> rig.status().connections() == 2);
      assertThat(rig.status().timeline())
          .extracting(change -> change.state())
          .contains(StreamState.STALLED);
      long then = rig.instrument(BTC).delivered();
      rig.awaitDelivered(BTC, then + 50);
      assertThat(rig.instrument(BTC).unrepaired()).isZero();
      rig.stop();
    }
  }

  private static ConnectionError firstError(ConnectorRig rig) {
    await().atMost(LONG).until(() -> rig.status().lastError() != null);
    return rig.status().lastError();
  }

  /** Looks into silences of more than 1 s; a connection may be idle for 2 s. */
  private static ConnectorRig rig(URI stream, URI rest, String... symbols) {
    return ConnectorRig.to(
        ConnectorRig.with(
            ConnectorRig.settings(stream, rest, symbols),
            Map.of(
                "connectTimeout",
                Duration.ofSeconds(2),
                "idleTimeout",
                Duration.ofSeconds(2),
                "silence",
                new DataWatch.Bounds(Duration.ofSeconds(1), Duration.ofSeconds(4)))));
  }

  private static Venue generated() {
    return Venue.start(VenueSettings.generated(BTC, ETH).seed(7).rate(200).build());
  }
}
