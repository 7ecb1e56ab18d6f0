package io.tapeflow.console;

import static io.tapeflow.console.Samples.BTC;
import static io.tapeflow.console.Samples.ETH;
import static io.tapeflow.console.Samples.account;
import static io.tapeflow.console.Samples.beat;
import static io.tapeflow.console.Samples.closed;
import static io.tapeflow.console.Samples.closedLedger;
import static io.tapeflow.console.Samples.ledger;
import static io.tapeflow.console.Samples.live;
import static io.tapeflow.console.Samples.snapshot;
import static io.tapeflow.console.Samples.well;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootCauseTest {
  private final InstrumentStatus none = account(BTC, InstrumentState.DISCONNECTED, 0, 0);

  private static String rootCause(Samples.Seen seen) {
    VerificationService service =
        new VerificationService(
            new LiveServices(List.of(), List.of(), null),
            new Scopes(Samples.CLOCK, 10),
            Samples.CLOCK);
    return service.report(seen.observation()).rootCause();
  }

  @Test
  void aDeadExecutorExplainsAllElse() {
    StreamStatus dead = new StreamSample().connecting(1, ConnectionPhase.TCP, 240, none).status();

    assertThat(rootCause(well().streams(dead).snapshots(snapshot(BTC, MetricStatus.NO_DATA))))
        .startsWith("An executor is dead: ")
        .contains("has no verdict after 240 s");
    assertThat(rootCause(well().streams(dead).ledgers(ledger("stream", beat(240)))))
        .startsWith("An executor is dead: stream: watchdog has given no sign of life for 240 s");
  }

  @Test
  void aRefusedConfigurationComesBeforeAConnection() {
    assertThat(
            rootCause(
                well()
                    .streams(
                        failing("a", ErrorKind.DNS, ConnectionPhase.DNS),
                        new StreamSample()
                            .id("b")
                            .error(ErrorKind.CONFIGURATION, null, "venue = x is unknown")
                            .status())))
        .startsWith("A configuration was refused: ")
        .contains("venue = x is unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "DNS, DNS, DNS",
    "REFUSED, TCP, TCP",
    "TLS, TLS, TLS",
    "HTTP, UPGRADE, UPGRADE",
    "REJECTED, SUBSCRIBE, SUBSCRIBE",
    "TIMEOUT, DNS, DNS",
    "TIMEOUT, TCP, TCP",
    "TIMEOUT, TLS, TLS",
    "TIMEOUT, UPGRADE, UPGRADE",
    "TIMEOUT, SUBSCRIBE, SUBSCRIBE",
    "TIMEOUT, FIRST_DATA, NO_DATA",
    "CLOSED, SUBSCRIBE, SUBSCRIBE",
    "CLOSED, , CONNECTION_LOST",
    "IDLE, , NO_DATA",
    "INTERNAL, , INTERNAL",
    "CONFIGURATION, , CONFIGURATION"
  })
  void everyEndOfAConnectionPointsToACause(ErrorKind kind, ConnectionPhase phase, Cause cause) {
    assertThat(Cause.of(new ConnectionError(kind, phase, "", 0, Samples.NOW))).isEqualTo(cause);
    assertThat(rootCause(well().streams(failing("a", kind, phase)))).startsWith(cause.headline());
  }

  @Test
  void theEarliestPhaseOfSeveralStreamsComesFirst() {
    assertThat(
            rootCause(
                well()
                    .streams(
                        failing("a", ErrorKind.HTTP, ConnectionPhase.UPGRADE),
                        failing("b", ErrorKind.REFUSED, ConnectionPhase.TCP))))
        .startsWith("There is no TCP connection to the venue: ")
        .contains("io.tapeflow.stream~b");
  }

  @Test
  void noDataComesBeforeNoMetrics() {
    assertThat(
            rootCause(
                well()
                    .streams(
                        new StreamSample()
                            .live(live(BTC), account(ETH, InstrumentState.WAITING_FOR_DATA, 0, 0))
                            .status())
                    .snapshots(
                        snapshot(BTC, MetricStatus.STALE), snapshot(ETH, MetricStatus.NO_DATA))))
        .startsWith("Connected, but no data comes: binance-spot:ETHUSDT");
  }

  @Test
  void dataWithoutMetrics() {
    assertThat(rootCause(well().noOrderFlow()))
        .startsWith("There is data, but there are no metrics: The metrics bundle is not there");
  }

  @Test
  void aGapOfThePastDoesNotHideWhatIsWrongNow() {
    Samples.Seen seen =
        well()
            .streams(
                new StreamSample().live(account(BTC, InstrumentState.LIVE, 1_000, 5)).status());

    assertThat(rootCause(seen)).startsWith("Trades are missing: binance-spot:BTCUSDT: 5 ids");
    assertThat(rootCause(seen.noOrderFlow())).startsWith("There is data, but");
  }

  @Test
  void tradesThatNobodyConsumes() {
    assertThat(rootCause(well().listeners().snapshots(snapshot(BTC, MetricStatus.NO_DATA))))
        .startsWith("Nothing consumes the trades: ")
        .endsWith("No listener is registered to consume them.");
  }

  @Test
  void anUncleanStopComesLast() {
    Samples.Seen seen = well().closed(closed(closedLedger("a", 6, 0, 0)));

    assertThat(rootCause(seen)).startsWith("Something did not end when it was stopped: a: ");
    assertThat(rootCause(seen.noOrderFlow())).startsWith("There is data, but");
  }

  @Test
  void nothingFailsButSomethingIsOpen() {
    assertThat(rootCause(well().closed(ClosedScopes.NONE)))
        .isEqualTo("Nothing fails; not to be verified yet: 3 Tasks complete on shutdown.");
  }

  @Test
  void nothingStartedIsSaidOnlyIfNothingFails() {
    assertThat(rootCause(well().streams())).startsWith("Nothing has been started: ");
    assertThat(rootCause(well().streams().ledgers(ledger("stream", beat(3)))))
        .startsWith("An executor is dead: ");
  }

  private StreamStatus failing(String id, ErrorKind kind, ConnectionPhase phase) {
    return new StreamSample()
        .id(id)
        .backingOff(1, 1, none)
        .error(kind, phase, "it failed")
        .status();
  }
}
