package io.tapeflow.console;

import static io.tapeflow.console.Samples.BTC;
import static io.tapeflow.console.Samples.NOW;
import static io.tapeflow.console.Samples.account;
import static io.tapeflow.console.Samples.live;
import static io.tapeflow.console.Samples.seconds;
import static io.tapeflow.console.Samples.well;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.DelayCounts;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.stream.StreamState;
import java.time.Duration;
import java.util.List;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HealthTest {
  private final RecentObservation recent =
      new RecentObservation(
          new LiveServices(List.of(), List.of(), null),
          new Scopes(Samples.CLOCK, 10),
          Samples.CLOCK);
  private final Health connection = new ConnectionHealth(recent);
  private final Health freshness = new FreshnessHealth(recent);
  private final Health continuity = new ContinuityHealth(recent);
  private final Health metrics = new MetricsHealth(recent);
  private final Health tasks = new TasksHealth(recent);
  private final Health consumers = new ConsumersHealth(recent);
  private final Health plans = new PlansHealth(recent);

  private static ResultLog log(Health health, Samples.Seen seen) {
    return health.log(seen.observation());
  }

  private static void assertHealth(
      Health health, Samples.Seen seen, Result.Status status, String words) {
    ResultLog log = log(health, seen);
    assertThat(log.getAggregateStatus()).as(log.toString()).isEqualTo(status);
    assertThat(log)
        .filteredOn(entry -> entry.getStatus() == status)
        .extracting(ResultLog.Entry::getMessage)
        .anySatisfy(message -> assertThat(message).contains(words));
  }

  @Test
  void allAreOkWhenAllIsWell() {
    for (Health health :
        List.of(connection, freshness, continuity, metrics, tasks, consumers, plans)) {
      ResultLog log = log(health, well());
      assertThat(log.getAggregateStatus()).as("%s %s", health, log).isEqualTo(Result.Status.OK);
    }
  }

  @Test
  void whoWaitsForAConnectionMayWaitForIt() {
    assertHealth(
        connection,
        well()
            .streams(new StreamSample().connecting(1, ConnectionPhase.TLS, 3, live(BTC)).status()),
        Result.Status.TEMPORARILY_UNAVAILABLE,
        "attempt 1 is under way");
    assertHealth(
        connection,
        well()
            .streams(
                new StreamSample()
                    .backingOff(3, 2, live(BTC))
                    .error(ErrorKind.REFUSED, ConnectionPhase.TCP, "refused")
                    .status()),
        Result.Status.TEMPORARILY_UNAVAILABLE,
        "refused");
    assertHealth(
        connection,
        well().streams(new StreamSample().live(live(BTC)).state(StreamState.STALLED).status()),
        Result.Status.TEMPORARILY_UNAVAILABLE,
        "silent");
    assertHealth(connection, well().streams(), Result.Status.TEMPORARILY_UNAVAILABLE, "no stream");
  }

  @Test
  void aPersonHasToMendAConfigurationAndADeadWatchdog() {
    assertHealth(
        connection,
        well()
            .streams(
                new StreamSample()
                    .stopped(live(BTC))
                    .error(ErrorKind.CONFIGURATION, null, "symbols is empty")
                    .status()),
        Result.Status.CRITICAL,
        "symbols is empty");
    assertHealth(
        connection,
        well()
            .streams(new StreamSample().connecting(1, ConnectionPhase.TCP, 30, live(BTC)).status()),
        Result.Status.CRITICAL,
        "no verdict");
    assertHealth(
        connection,
        well().streams(new StreamSample().live(live(BTC)).sockets(3).status()),
        Result.Status.CRITICAL,
        "holds 3 sockets");
  }

  @ParameterizedTest
  @CsvSource({
    "LIVE,5,OK",
    "QUIET,5,OK",
    "SILENT,5,WARN",
    "DISCONNECTED,5,WARN",
    "DISCONNECTED,0,TEMPORARILY_UNAVAILABLE",
    "SUBSCRIBING,0,TEMPORARILY_UNAVAILABLE",
    "WAITING_FOR_DATA,0,TEMPORARILY_UNAVAILABLE",
    "REJECTED,0,CRITICAL"
  })
  void freshnessIsOfEachInstrument(InstrumentState state, long delivered, Result.Status status) {
    assertHealth(
        freshness,
        well().streams(new StreamSample().live(account(BTC, state, delivered, 0)).status()),
        status,
        "binance-spot:BTCUSDT is " + state);
  }

  @Test
  void whatIsMissingIsWorthAWarning() {
    assertHealth(
        continuity,
        well()
            .streams(new StreamSample().live(account(BTC, InstrumentState.LIVE, 100, 3)).status()),
        Result.Status.WARN,
        "missing");
  }

  @ParameterizedTest
  @CsvSource({
    "OK,OK",
    "WARMING_UP,OK",
    "STALE,WARN",
    "NO_DATA,WARN",
  })
  void metricsAreAsGoodAsTheirStatus(MetricStatus of, Result.Status status) {
    assertHealth(
        metrics,
        well().snapshots(Samples.snapshot(BTC, of, MetricStatus.OK)),
        status,
        "binance-spot:BTCUSDT");
  }

  @Test
  void withoutMetricsThereIsNoHealth() {
    assertHealth(metrics, well().noOrderFlow(), Result.Status.WARN, "metrics bundle is not there");
    assertHealth(
        metrics,
        well().fault(6, "An order flow did not answer."),
        Result.Status.HEALTH_CHECK_ERROR,
        "did not answer");
  }

  @Test
  void aDeadExecutorIsCritical() {
    assertHealth(
        tasks,
        well().ledgers(Samples.ledger("stream", Samples.beat(2.5))),
        Result.Status.CRITICAL,
        "no sign of life");
    assertHealth(
        tasks,
        well().closed(Samples.closed(Samples.closedLedger("old", 0.1, 2, 0))),
        Result.Status.WARN,
        "old");
    // Nothing stopped yet, nothing to complain of.
    assertThat(log(tasks, well().closed(ClosedScopes.NONE)).getAggregateStatus())
        .isEqualTo(Result.Status.OK);
  }

  @Test
  void aLossIsWorthAWarningForAWhile() {
    assertHealth(consumers, well().listeners(Samples.listener(7, 0)), Result.Status.WARN, "lost 7");
    assertHealth(
        consumers,
        well().listeners(Samples.listener(7, 0)).at(NOW.plus(Duration.ofMinutes(11))),
        Result.Status.OK,
        "took");
    assertHealth(
        consumers,
        well().listeners(Samples.listener(7, 1)).at(NOW.plus(Duration.ofMinutes(12))),
        Result.Status.WARN,
        "failed 1 times");
  }

  @Test
  void aListenerThatHangsIsNamedAndSoIsItsLag() {
    assertHealth(
        consumers,
        well()
            .listeners(
                new ListenerStatus("host", 1, 400, 0, 0, null, seconds(60), DelayCounts.NONE)),
        Result.Status.WARN,
        "host has been in one call for 60 s; 400 trades wait");
    assertHealth(consumers, well().listeners(), Result.Status.WARN, "No listener");
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void eachCauseHasAWeight(Cause cause) {
    assertThat(Health.severity(cause)).isNotEqualTo(Result.Status.OK);
  }

  @Test
  void aResultIsNeverWithoutWords() {
    Result result = plans.execute();

    assertThat(result.getStatus()).isEqualTo(Result.Status.OK);
    assertThat(result).isNotEmpty();
    assertThat(connection.execute().getStatus()).isEqualTo(Result.Status.TEMPORARILY_UNAVAILABLE);
  }
}
