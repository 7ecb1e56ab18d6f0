package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueAccount;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.simulator.Venue;
import io.tapeflow.simulator.VenueSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever frames, messages and answers are like, each trade is on the tape once in the end. */
class WireFaultsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private Venue venue;
  private ConnectorRig rig;

  @BeforeEach
  void connect() {
    venue =
        Venue.start(
            VenueSettings.generated("BTCUSDT", "ETHUSDT")
                .rate(500)
                .weightPerMinute(60_000)
                .build());
    rig =
        ConnectorRig.to(
            ConnectorRig.settings(venue.streamEndpoint(), venue.restEndpoint(), "BTCUSDT"));
    rig.awaitDelivered("BTCUSDT", 20);
  }

  @AfterEach
  void close() {
    rig.close();
    venue.close();
  }

  @ParameterizedTest
  @CsvSource({
    "FRAGMENTED, 3",
    "INVALID_UTF8, 50",
    "COMPRESSED, 100",
    "WRONG_JSON, 10",
    "IDS_BACKWARDS, 5",
    "DISTURB, 7",
    "OVERSIZED, 4096",
    "RESET_MID_FRAME, 0",
    "HALF_FRAME, 0"
  })
  void aFaultOfTheStreamLosesNoTrade(FaultKind kind, int number) {
    venue.switchOn(new VenueFault(kind, number));
    awaitTrades(400);
    assertEachTradeOnce();
    if (rig.status().lastError() != null) {
      assertThat(rig.status().lastError().kind()).isNotEqualTo(ErrorKind.INTERNAL);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REST_HANG, 0",
    "REST_STATUS, 503",
    "REST_STATUS, 500",
    "REST_LATE, 300",
    "REST_RESET, 0",
    "REST_TRUNCATED, 0",
    "REST_EMPTY, 0",
    "REST_SHUFFLED, 0",
    "REST_OUT_OF_RANGE, 0",
    "REST_OTHER_SYMBOL, 0",
    "REST_LEAVES_OUT, 3",
    "REST_LAG, 700"
  })
  void aFaultOfRestWhileTradesAreMissingLosesNone(FaultKind kind, int number) {
    venue.switchOn(new VenueFault(kind, number));
    venue.switchOn(new VenueFault(FaultKind.DROP, 100));
    awaitTrades(400);
    assertEachTradeOnce();
  }

  private void awaitTrades(int more) {
    long before = market().trades();
    await().atMost(LONG).until(() -> market().trades() > before + more);
  }

  private void assertEachTradeOnce() {
    venue.clearFaults();
    // The end of a gap only shows when a trade comes behind it.
    awaitTrades(50);
    venue.switchOn(VenueFault.of(FaultKind.QUIET_SYMBOL));
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              InstrumentStatus status = rig.instrument("BTCUSDT");
              assertThat(status.lastId()).isEqualTo(market().lastId());
              assertThat(status.unrepaired()).isZero();
              assertThat(status.absent()).isZero();
              assertThat(status.delivered()).isEqualTo(status.lastId() - status.firstId() + 1);
            });
    rig.stop();
  }

  private VenueAccount.Market market() {
    return venue.account().markets().get("BTCUSDT");
  }
}
