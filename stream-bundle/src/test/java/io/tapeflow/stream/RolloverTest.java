package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.StateChange;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.simulator.Venue;
import io.tapeflow.simulator.VenueSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One connection replaced by another without anybody noticing, over real sockets. */
class RolloverTest {
  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofMillis(1_500);
  private static final Duration NEVER = Duration.ofHours(23);

  @Test
  void underLoadNothingIsLostRepeatedOrAskedFor() throws IOException {
    try (Venue venue = generated(1_000);
        RestFront rest = new RestFront(venue.restEndpoint());
        ConnectorRig rig = rig(venue, rest.endpoint(), SOON, BTC, ETH)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      await().atMost(LONG).until(() -> rig.status().connections() >= 4);
      for (String symbol : List.of(BTC, ETH)) {
        rig.awaitDelivered(symbol, rig.instrument(symbol).delivered() + 500);
      }

      assertThat(rest.asked).isEmpty();
      assertThat(rig.instrument(BTC).gaps()).isZero();
      assertThat(rig.instrument(BTC).duplicates()).as("the overlap").isPositive();
      assertThat(rig.instrument(BTC).generation()).isEqualTo(rig.status().connections());
      assertThat(states(rig)).containsOnly(StreamState.CONNECTING, StreamState.LIVE);
      assertThat(rig.status().timeline())
          .filteredOn(change -> change.detail().contains("ahead of the venue's limit"))
          .hasSizeGreaterThanOrEqualTo(3);
      assertThat(rig.status().rolloverAt()).isAfter(rig.status().since());
      assertThat(venue.account().mostOpenAtOnce()).isEqualTo(2);
      await().atMost(LONG).until(() -> rig.delivery.listeners().get(0).lag() < 100);
      recorder.assertGapless(BTC);
      recorder.assertGapless(ETH);
      rig.stop();
      StreamStatus.Attempts attempts = rig.status().attempts();
      assertThat(attempts.failed()).isZero();
      assertThat(attempts.started()).isEqualTo(attempts.connected() + attempts.cancelled());
      await().until(() -> venue.account().subscriptions().isEmpty());
    }
  }

  @Test
  void anInstrumentThatIsQuietOnBothIsTakenAlong() {
    try (Venue venue = Venue.start(VenueSettings.byHand(BTC, ETH).build());
        ConnectorRig rig = rig(venue, venue.restEndpoint(), SOON, BTC, ETH)) {
      rig.awaitState(StreamState.LIVE);
      await().atMost(LONG).until(() -> rig.status().connections() >= 2);
      assertThat(states(rig)).containsOnly(StreamState.CONNECTING, StreamState.LIVE);
      venue.print(ETH, "1", "1", Side.BUY);
      rig.awaitDelivered(ETH, 1);
      rig.stop();
    }
  }

  @Test
  void aShutdownThatIsAnnouncedIsForestalled() throws IOException {
    try (Venue venue = generated(200);
        RestFront rest = new RestFront(venue.restEndpoint());
        ConnectorRig rig = rig(venue, rest.endpoint(), NEVER, BTC, ETH)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      rig.awaitDelivered(BTC, 20);
      rig.awaitDelivered(ETH, 20);
      venue.switchOn(new VenueFault(FaultKind.SERVER_SHUTDOWN, 20_000));
      await().atMost(LONG).until(() -> rig.status().connections() == 2);
      rig.awaitDelivered(BTC, rig.instrument(BTC).delivered() + 100);

      assertThat(rest.asked).isEmpty();
      assertThat(states(rig)).containsOnly(StreamState.CONNECTING, StreamState.LIVE);
      assertThat(rig.status().timeline())
          .anyMatch(
              change -> change.detail().startsWith("goes on with a new connection: the venue"));
      assertThat(rig.status().attempts()).isEqualTo(new StreamStatus.Attempts(2, 2, 0, 0));
      await().until(() -> rig.status().openSockets() == 1);
      recorder.assertGapless(BTC);
      recorder.assertGapless(ETH);
      rig.stop();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_STATUS", "SILENT_AFTER_TCP", "SILENT_IN_UPGRADE", "REFUSE_SUBSCRIBE"})
  void whenTheNewConnectionFailsTheOldOneStaysAndItIsTriedAgain(FaultKind kind) {
    try (Venue venue = generated(200);
        ConnectorRig rig = rig(venue, venue.restEndpoint(), SOON, BTC)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      rig.awaitDelivered(BTC, 5);
      venue.switchOn(VenueFault.of(kind));
      await().atMost(LONG).until(() -> rig.status().attempts().failed() >= 2);
      long then = rig.instrument(BTC).delivered();
      rig.awaitDelivered(BTC, then + 50);
      assertThat(rig.status().connections()).isEqualTo(1);
      assertThat(rig.instrument(BTC).generation()).isEqualTo(1);
      assertThat(rig.status().state()).isEqualTo(StreamState.LIVE);
      assertThat(rig.status().openSockets()).isBetween(1, 2);
      assertThat(rig.status().timeline())
          .anyMatch(change -> change.detail().contains("the one in use stays"));

      venue.clearFaults();
      await().atMost(LONG).until(() -> rig.status().connections() >= 2);
      assertThat(states(rig)).containsOnly(StreamState.CONNECTING, StreamState.LIVE);
      rig.awaitDelivered(BTC, rig.instrument(BTC).delivered() + 50);
      recorder.assertGapless(BTC);
      assertThat(rig.instrument(BTC).gaps()).isZero();
      rig.stop();
    }
  }

  @Test
  void aNewConnectionThatCarriesNothingIsNotGoneOverTo() {
    try (Venue venue = generated(200);
        ConnectorRig rig =
            ConnectorRig.to(
                ConnectorRig.with(
                    ConnectorRig.settings(venue.streamEndpoint(), venue.restEndpoint(), BTC),
                    Map.of(
                        "idleTimeout",
                        Duration.ofMinutes(5),
                        "silence",
                        new DataWatch.Bounds(Duration.ofMinutes(5), Duration.ofMinutes(5)),
                        "rollover",
                        new Rollover.Plan(SOON, Duration.ZERO))))) {
      rig.awaitDelivered(BTC, 5);
      venue.switchOn(VenueFault.of(FaultKind.SILENT_IN_SUBSCRIBE));
      await().atMost(LONG).until(() -> rig.status().attempts().failed() >= 2);
      assertThat(rig.status().lastError().phase()).isEqualTo(ConnectionPhase.SUBSCRIBE);
      assertThat(rig.status().connections()).isEqualTo(1);
      assertThat(rig.status().state()).isEqualTo(StreamState.LIVE);
      assertThat(rig.instrument(BTC).generation()).isEqualTo(1);
      rig.stop();
    }
  }

  @Test
  void whenTheOldConnectionDiesTheOneInTheMakingIsTheAttempt() {
    try (Venue venue = generated(200);
        ConnectorRig rig = rig(venue, venue.restEndpoint(), SOON, BTC)) {
      Recorder recorder = new Recorder();
      rig.delivery.bind(recorder, Map.of(TradeListener.FROM_HISTORY, true));
      rig.awaitDelivered(BTC, 5);
      venue.switchOn(VenueFault.of(FaultKind.SILENT_IN_SUBSCRIBE));
      await().atMost(LONG).until(() -> venue.account().openConnections() == 2);
      StreamStatus.Attempts before = rig.status().attempts();
      venue.switchOn(new VenueFault(FaultKind.CLOSE, 1001));
      await().atMost(LONG).until(() -> rig.status().state() != StreamState.LIVE);
      venue.clearFaults();
      await().atMost(LONG).until(() -> rig.status().connections() >= 2);
      rig.awaitDelivered(BTC, rig.instrument(BTC).delivered() + 50);
      assertThat(rig.status().attempts().started()).isGreaterThanOrEqualTo(before.started());
      assertThat(rig.instrument(BTC).unrepaired()).isZero();
      recorder.assertGapless(BTC);
      rig.stop();
    }
  }

  @Test
  void stoppingDuringARolloverClosesBothSockets() {
    try (Venue venue = generated(200);
        ConnectorRig rig = rig(venue, venue.restEndpoint(), SOON, BTC)) {
      rig.awaitDelivered(BTC, 5);
      venue.switchOn(VenueFault.of(FaultKind.SILENT_IN_SUBSCRIBE));
      await().atMost(LONG).until(() -> rig.status().openSockets() == 2);
      assertThat(rig.status().attempts().open()).isEqualTo(1);
      rig.stop();
      await().atMost(LONG).until(() -> venue.account().openConnections() == 0);
      assertThat(rig.gate.enter(this)).as("the gate is free").isTrue();
    }
  }

  @Test
  void oneRollsOverAtATime() {
    try (Venue venue = generated(200);
        ConnectorRig rig = rig(venue, venue.restEndpoint(), Duration.ofSeconds(1), BTC)) {
      assertThat(rig.gate.enter(this)).isTrue();
      rig.awaitDelivered(BTC, 5);
      await().atMost(LONG).until(() -> overdue(rig));
      rig.awaitDelivered(BTC, rig.instrument(BTC).delivered() + 50);
      assertThat(rig.status().attempts().started()).isEqualTo(1);
      rig.gate.leave(this);
      await().atMost(LONG).until(() -> rig.status().connections() >= 2);
      assertThat(rig.instrument(BTC).state()).isEqualTo(InstrumentState.LIVE);
      rig.stop();
    }
  }

  private static boolean overdue(ConnectorRig rig) {
    Instant due = rig.status().rolloverAt();
    return due != null && due.isBefore(Instant.now());
  }

  private static List<StreamState> states(ConnectorRig rig) {
    return rig.status().timeline().stream().map(StateChange::state).toList();
  }

  private static ConnectorRig rig(Venue venue, URI rest, Duration after, String... symbols) {
    return ConnectorRig.to(
        ConnectorRig.with(
            ConnectorRig.settings(venue.streamEndpoint(), rest, symbols),
            Map.of(
                "connectTimeout",
                Duration.ofSeconds(3),
                "idleTimeout",
                Duration.ofSeconds(3),
                "rollover",
                new Rollover.Plan(after, Duration.ZERO))));
  }

  private static Venue generated(int rate) {
    return Venue.start(VenueSettings.generated(BTC, ETH).seed(7).rate(rate).build());
  }
}
