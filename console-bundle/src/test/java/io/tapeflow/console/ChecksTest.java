package io.tapeflow.console;

import static io.tapeflow.api.verification.CheckStatus.CANNOT_VERIFY;
import static io.tapeflow.api.verification.CheckStatus.FAIL;
import static io.tapeflow.api.verification.CheckStatus.PASS;
import static io.tapeflow.console.Samples.BTC;
import static io.tapeflow.console.Samples.ETH;
import static io.tapeflow.console.Samples.NOW;
import static io.tapeflow.console.Samples.account;
import static io.tapeflow.console.Samples.beat;
import static io.tapeflow.console.Samples.closed;
import static io.tapeflow.console.Samples.closedLedger;
import static io.tapeflow.console.Samples.ledger;
import static io.tapeflow.console.Samples.listener;
import static io.tapeflow.console.Samples.live;
import static io.tapeflow.console.Samples.seconds;
import static io.tapeflow.console.Samples.snapshot;
import static io.tapeflow.console.Samples.task;
import static io.tapeflow.console.Samples.well;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StateChange;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.VenueClock;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.verification.CheckResult;
import io.tapeflow.api.verification.CheckStatus;
import io.tapeflow.api.verification.VerificationReport;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksTest {
  private final VerificationService service =
      new VerificationService(
          new LiveServices(List.of(), List.of(), null),
          new Scopes(Samples.CLOCK, 10),
          Samples.CLOCK);

  private CheckResult check(int id, Samples.Seen seen) {
    return service.report(seen.observation()).checks().get(id - 1);
  }

  private void assertVerdict(int id, Samples.Seen seen, CheckStatus status, String evidence) {
    CheckResult check = check(id, seen);
    assertThat(check.status()).as("%s", check.evidence()).isEqualTo(status);
    assertThat(check.evidence().get(0)).contains(evidence);
  }

  @Test
  void allPassWhenAllIsWell() {
    VerificationReport report = service.report(well().observation());

    assertThat(report.checks()).extracting(CheckResult::id).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(report.checks())
        .extracting(CheckResult::name)
        .containsExactly(
            "No task destroyed",
            "Initialises once",
            "Tasks complete on shutdown",
            "Connection completes",
            "History populates",
            "Metrics available");
    assertThat(report.checks()).extracting(CheckResult::status).containsOnly(PASS);
    assertThat(report.rootCause()).isEqualTo("Nothing fails.");
  }

  @Test
  void nothingPassesWhenThereIsNothing() {
    VerificationReport report =
        service.report(new Samples.Seen().noOrderFlow().listeners().observation());

    assertThat(report.checks()).extracting(CheckResult::status).containsOnly(CANNOT_VERIFY);
    assertThat(report.checks()).allSatisfy(it -> assertThat(it.evidence()).isNotEmpty());
    assertThat(report.rootCause()).startsWith("Nothing has been started: ");
  }

  @Test
  void aServiceThatDoesNotAnswerFailsItsCheck() {
    assertVerdict(4, well().fault(4, "A stream service did not answer."), FAIL, "did not answer");
  }

  @Nested
  class Tasks {
    @Test
    void passWhenAllAreAccountedForAndHeartbeatsAreFresh() {
      assertVerdict(
          1,
          well().ledgers(ledger("stream", beat(0.1), beat(1.99))),
          PASS,
          "stream: 6 tasks started = 1 finished + 3 cancelled + 2 live, 0 abandoned;"
              + " 2 heartbeats, the oldest 1.99 s old.");
    }

    @Test
    void failWhenOneHeartbeatHasReachedTheLimit() {
      assertVerdict(
          1,
          well().ledgers(ledger("metrics", beat(0.1)), ledger("stream", beat(2.0))),
          FAIL,
          "stream: watchdog has given no sign of life for 2.00 s");
    }

    @Test
    void failWhenTheSumsDoNotAgree() {
      assertVerdict(1, well().ledgers(altered(7, 0, 0)), FAIL, "7 tasks were started");
    }

    @Test
    void failWhenATaskIsAbandoned() {
      assertVerdict(1, well().ledgers(altered(7, 1, 0)), FAIL, "1 tasks are abandoned: stuck");
    }

    @Test
    void failWhenATaskEndedByAnException() {
      assertVerdict(1, well().ledgers(altered(6, 0, 1)), FAIL, "1 tasks ended by an exception");
    }

    @Test
    void cannotBeVerifiedWithoutALedger() {
      assertVerdict(1, well().ledgers(), CANNOT_VERIFY, "No component keeps a task ledger");
    }

    @Test
    void cannotBeVerifiedWithoutAHeartbeat() {
      assertVerdict(
          1, well().ledgers(ledger("stream")), CANNOT_VERIFY, "None of the 1 task ledgers");
    }

    private LedgerStatus altered(long started, int abandoned, long failed) {
      return new LedgerStatus(
          "stream",
          started,
          1,
          3,
          failed,
          List.of(task("a"), task("b")),
          abandoned == 0 ? List.of() : List.of(task("stuck")),
          List.of(beat(0.1)),
          null,
          0);
    }
  }

  @Nested
  class Initialisation {
    @Test
    void passesWhenEachInstrumentHasOneStream() {
      assertVerdict(
          2,
          well()
              .streams(
                  new StreamSample().id("a").live(live(BTC)).status(),
                  new StreamSample().id("b").live(live(ETH)).status()),
          PASS,
          "binance-spot (io.tapeflow.stream~a) holds 1 sockets, after 1 attempts");
    }

    @Test
    void passesWhenTheSecondStreamLeavesTheInstrumentAlone() {
      CheckResult check =
          check(
              2,
              well()
                  .streams(
                      new StreamSample().id("a").live(live(BTC)).status(),
                      new StreamSample()
                          .id("b")
                          .stopped(account(BTC, InstrumentState.CLAIMED_ELSEWHERE, 0, 0))
                          .status()));

      assertThat(check.status()).isEqualTo(PASS);
      assertThat(check.evidence())
          .contains(
              "binance-spot (io.tapeflow.stream~b) leaves binance-spot:BTCUSDT to another stream.");
    }

    @Test
    void failsWhenTwoStreamsCarryAnInstrument() {
      assertVerdict(
          2,
          well()
              .streams(
                  new StreamSample().id("a").live(live(BTC)).status(),
                  new StreamSample()
                      .id("b")
                      .connecting(
                          1,
                          ConnectionPhase.TCP,
                          1,
                          account(BTC, InstrumentState.DISCONNECTED, 0, 0))
                      .status()),
          FAIL,
          "binance-spot:BTCUSDT is carried by 2 streams at once:"
              + " io.tapeflow.stream~a, io.tapeflow.stream~b.");
    }

    @Test
    void passesOnTwoSocketsWhileOneIsReplaced() {
      assertVerdict(
          2,
          well()
              .streams(new StreamSample().live(live(BTC)).attempts(2, 1, 0, 0).sockets(2).status()),
          PASS,
          "holds 2 sockets, after 2 attempts");
    }

    @Test
    void failsOnThreeSocketsWhileOneIsReplaced() {
      assertVerdict(
          2,
          well()
              .streams(new StreamSample().live(live(BTC)).attempts(2, 1, 0, 0).sockets(3).status()),
          FAIL,
          "holds 3 sockets");
    }

    @Test
    void failsOnTwoSockets() {
      assertVerdict(
          2,
          well().streams(new StreamSample().live(live(BTC)).sockets(2).status()),
          FAIL,
          "holds 2 sockets");
    }

    @Test
    void cannotBeVerifiedWithoutAnAttempt() {
      assertVerdict(
          2,
          well()
              .streams(
                  new StreamSample()
                      .stopped(account(BTC, InstrumentState.DISCONNECTED, 0, 0))
                      .status()),
          CANNOT_VERIFY,
          "has not tried to connect");
      assertVerdict(2, well().streams(), CANNOT_VERIFY, "There is no stream");
    }
  }

  @Nested
  class Shutdown {
    @Test
    void passesWhenEveryCloseKeptItsBound() {
      assertVerdict(
          3,
          well().closed(closed(closedLedger("a", 0.2, 0, 0), closedLedger("b", 1.5, 0, 0))),
          PASS,
          "2 of 2 closes kept their bound, the longest in 1500 ms");
    }

    @Test
    void failsWhenATaskWasAbandoned() {
      assertVerdict(
          3,
          well().closed(closed(closedLedger("a", 0.2, 0, 0), closedLedger("b", 4.5, 1, 0))),
          FAIL,
          "b: closed in 4500 ms of 5000 ms allowed: 1 finished, 3 cancelled, 1 forced, 1"
              + " abandoned");
    }

    @Test
    void failsWhenTheBoundWasExceeded() {
      assertVerdict(3, well().closed(closed(closedLedger("a", 5.001, 0, 0))), FAIL, "5001 ms");
    }

    @Test
    void failsOnACallbackAfterTheClose() {
      assertVerdict(
          3, well().closed(closed(closedLedger("a", 0.2, 0, 2))), FAIL, "2 callbacks afterwards");
    }

    @Test
    void failsOnWhatIsNoLongerListed() {
      assertVerdict(
          3, well().closed(new ClosedScopes(List.of(), 7, 1, 3)), FAIL, "1 of 7 older closes");
    }

    @Test
    void waitsAWhileForAReportAndThenFails() {
      ClosedScopes unreported = closed(ledger("a"));

      assertVerdict(3, well().closed(unreported), CANNOT_VERIFY, "no report of its close");
      assertVerdict(
          3,
          well().closed(unreported).at(NOW.plusSeconds(60)),
          FAIL,
          "2 tasks were live when it was last seen");
    }

    @Test
    void cannotBeVerifiedUntilSomethingIsStopped() {
      assertVerdict(3, well().closed(ClosedScopes.NONE), CANNOT_VERIFY, "Nothing has been stopped");
    }
  }

  @Nested
  class Connection {
    private final InstrumentStatus quiet = account(BTC, InstrumentState.DISCONNECTED, 0, 0);

    @Test
    void passesWhenEveryStreamIsLive() {
      assertVerdict(4, well(), PASS, "is live since 2026-01-04T11:59:25Z");
    }

    @Test
    void failsWhenOneOfTwoIsNotLive() {
      assertVerdict(
          4,
          well()
              .streams(
                  new StreamSample().id("a").live(live(BTC)).status(),
                  new StreamSample()
                      .id("b")
                      .backingOff(3, 4, account(ETH, InstrumentState.DISCONNECTED, 0, 0))
                      .error(ErrorKind.TIMEOUT, ConnectionPhase.UPGRADE, "no answer in 10 s.")
                      .status()),
          FAIL,
          "binance-spot (io.tapeflow.stream~b) is not live: TIMEOUT in UPGRADE at"
              + " 2026-01-04T11:59:58Z: no answer in 10 s; attempt 3, 3 failed so far;"
              + " the next one is due at 2026-01-04T12:00:04Z.");
    }

    @Test
    void failsDuringAnAttemptIfTheOneBeforeFailed() {
      assertVerdict(
          4,
          well()
              .streams(
                  new StreamSample()
                      .connecting(2, ConnectionPhase.TCP, 1, quiet)
                      .error(ErrorKind.REFUSED, ConnectionPhase.TCP, "connection refused")
                      .status()),
          FAIL,
          "REFUSED in TCP");
    }

    @Test
    void cannotBeVerifiedDuringTheFirstAttempt() {
      assertVerdict(
          4,
          well()
              .streams(new StreamSample().connecting(1, ConnectionPhase.TLS, 10.9, quiet).status()),
          CANNOT_VERIFY,
          "attempt 1 is under way for 11 s of 10 s; it is in the TLS handshake");
    }

    @Test
    void failsWhenAnAttemptHasNoVerdictATenthAfterItsDeadline() {
      assertVerdict(
          4,
          well()
              .streams(new StreamSample().connecting(1, ConnectionPhase.TLS, 11.1, quiet).status()),
          FAIL,
          "attempt 1 has no verdict after 11 s, though its deadline is 10 s");
    }

    @Test
    void failsWhenARetryIsNotMade() {
      CheckResult check =
          check(
              4,
              well()
                  .streams(
                      new StreamSample()
                          .backingOff(1, -2.5, quiet)
                          .error(ErrorKind.DNS, ConnectionPhase.DNS, "unknown host")
                          .status()));

      assertThat(check.status()).isEqualTo(FAIL);
      assertThat(check.evidence()).anySatisfy(it -> assertThat(it).contains("is 2.50 s late"));
    }

    @Test
    void failsWhenStalled() {
      assertVerdict(
          4,
          well()
              .streams(
                  new StreamSample()
                      .live(live(BTC))
                      .state(StreamState.STALLED)
                      .error(ErrorKind.IDLE, null, "no data for 30 s")
                      .status()),
          FAIL,
          "is connected but silent");
    }

    @Test
    void failsOnARefusedConfiguration() {
      assertVerdict(
          4,
          well()
              .streams(
                  new StreamSample()
                      .error(ErrorKind.CONFIGURATION, null, "venue = x is unknown")
                      .status()),
          FAIL,
          "does not connect: venue = x is unknown.");
    }

    @Test
    void passesWhenARefusedChangeLeavesALiveStreamAlone() {
      assertVerdict(
          4,
          well()
              .streams(
                  new StreamSample()
                      .live(live(BTC))
                      .error(ErrorKind.CONFIGURATION, null, "deadline = -1")
                      .status()),
          PASS,
          "is live");
    }

    @Test
    void tellsWhatIsOverAndWhatElseExplainsWhatIsSeen() {
      Instant before = NOW.minusSeconds(10);
      CheckResult check =
          check(
              4,
              well()
                  .streams(
                      new StreamSample()
                          .live(live(BTC))
                          .error(ErrorKind.CLOSED, null, "code 1012")
                          .timeline(
                              new StateChange(before, StreamState.LIVE, "trades flow"),
                              new StateChange(before, StreamState.LIVE, "subscribed anew."),
                              new StateChange(NOW, StreamState.BACKING_OFF, "for 10 ms"),
                              new StateChange(NOW, StreamState.LIVE, "trades flow"))
                          .clock(new VenueClock(seconds(-12), seconds(0.01), before))
                          .budgets(
                              new BudgetStatus(
                                  "REST weight", "a.b", 3, 9, seconds(60), NOW, "told so."),
                              new BudgetStatus("messages", "#1", 0, 5, seconds(1), null, ""))
                          .status()));

      assertThat(check.status()).isEqualTo(PASS);
      assertThat(check.evidence())
          .hasSize(5)
          .last(InstanceOfAssertFactories.STRING)
          .endsWith(
              ": the venue's clock is 12 s behind ours, measured at 2026-01-04T11:59:50Z;"
                  + " latencies are corrected by that.");
      assertThat(check.evidence().subList(1, 4))
          .allMatch(it -> it.startsWith("binance-spot (io.tapeflow.stream~demo)"))
          .extracting(it -> it.substring("binance-spot (io.tapeflow.stream~demo)".length()))
          .containsExactly(
              ": the last fault was CLOSED at 2026-01-04T11:59:58Z: code 1012.",
              ": at 2026-01-04T11:59:50Z, without an interruption: subscribed anew.",
              " waits until 2026-01-04T12:00:00Z, REST weight of a.b: 3 of 9 used in 60 s;"
                  + " told so.");
    }

    @Test
    void isSilentAboutAClockThatIsNearlyRight() {
      VenueClock clock = new VenueClock(seconds(0.9), seconds(0.01), NOW);
      assertThat(
              check(4, well().streams(new StreamSample().live(live(BTC)).clock(clock).status()))
                  .evidence())
          .hasSize(1);
    }

    @Test
    void failsWhenTheAttemptsDoNotAddUp() {
      assertVerdict(
          4,
          well().streams(new StreamSample().live(live(BTC)).attempts(4, 1, 1, 0).status()),
          FAIL,
          "leaves 2 open");
    }

    @Test
    void aStreamWhoseInstrumentsOthersCarryDecidesNothing() {
      Samples.Seen seen =
          well()
              .streams(
                  new StreamSample().id("a").live(live(BTC)).status(),
                  new StreamSample()
                      .id("b")
                      .stopped(account(BTC, InstrumentState.CLAIMED_ELSEWHERE, 0, 0))
                      .error(ErrorKind.CONFIGURATION, null, "nothing to do")
                      .status());

      assertThat(service.report(seen.observation()).checks())
          .extracting(CheckResult::status)
          .containsOnly(PASS);
    }

    @Test
    void cannotBeVerifiedForAStoppedStream() {
      assertVerdict(
          4,
          well().streams(new StreamSample().stopped(quiet).status()),
          CANNOT_VERIFY,
          "not running");
    }

    @Test
    void theTimelineIsTheStreams() {
      assertThat(check(4, well()).timeline())
          .startsWith("2026-01-04T11:59:25Z binance-spot LIVE from the sample");
    }
  }

  @Nested
  class History {
    @Test
    void passesOnContiguousIds() {
      assertVerdict(
          5,
          well(),
          PASS,
          "binance-spot:BTCUSDT: 1000 trades, ids 101 to 1100 without a hole; history holds 1000"
              + " over 35 s; 3 duplicates and 2 invalid ones dropped");
    }

    @Test
    void namesMalformedFrames() {
      CheckResult check =
          check(5, well().streams(new StreamSample().live(live(BTC)).malformed(4).status()));

      assertThat(check.status()).isEqualTo(PASS);
      assertThat(check.evidence().get(1))
          .contains("4 frames could not be read")
          .contains("no price");
    }

    @Test
    void failsForTheOneInstrumentWithoutATrade() {
      assertVerdict(
          5,
          well()
              .streams(
                  new StreamSample()
                      .live(live(BTC), account(ETH, InstrumentState.WAITING_FOR_DATA, 0, 0))
                      .status()),
          FAIL,
          "binance-spot:ETHUSDT: no trade has come");
    }

    @Test
    void failsOnMissingIds() {
      assertVerdict(
          5,
          well()
              .streams(
                  new StreamSample().live(account(BTC, InstrumentState.LIVE, 1_000, 5)).status()),
          FAIL,
          "5 ids of 101 to 1105 are missing, in 1 gaps");
    }

    @Test
    void failsWhenTheAccountDoesNotAddUp() {
      assertVerdict(
          5,
          well().streams(new StreamSample().live(counted(1_001, 0, 1_001)).status()),
          FAIL,
          "ids 101 to 1100 are 1000, but 1001 were delivered");
    }

    @Test
    void passesAgainOnceWhatWasMissingHasComeLate() {
      assertVerdict(
          5,
          well().streams(new StreamSample().live(counted(993, 7, 1_000)).status()),
          PASS,
          "1000 trades, ids 101 to 1100 without a hole");
    }

    @Test
    void passesOnceWhatWasMissingInTheKeptRecordHasCome() {
      assertVerdict(
          5,
          well().streams(new StreamSample().live(counted(1_000, 7, 1_007, 7, 0)).status()),
          PASS,
          "1007 trades, ids 101 to 1100 without a hole");
    }

    @Test
    void tellsOfSubscriptionsThatHadToBeMadeAnew() {
      CheckResult check =
          check(
              5, well().streams(new StreamSample().live(counted(1_000, 0, 1_000, 0, 2)).status()));

      assertThat(check.status()).isEqualTo(PASS);
      assertThat(check.evidence().get(1)).contains("was subscribed anew, 2 times");
    }

    @Test
    void failsWhenHistoryIsEmpty() {
      assertVerdict(
          5,
          well().streams(new StreamSample().live(counted(1_000, 0, 0)).status()),
          FAIL,
          "history is empty");
    }

    @Test
    void failsWithoutTradesOnceAnAttemptHasFailed() {
      assertVerdict(
          5,
          well()
              .streams(
                  new StreamSample()
                      .backingOff(2, 1, account(BTC, InstrumentState.DISCONNECTED, 0, 0))
                      .error(ErrorKind.DNS, ConnectionPhase.DNS, "unknown host")
                      .status()),
          FAIL,
          "2 attempts failed");
    }

    @Test
    void cannotBeVerifiedDuringTheFirstAttempt() {
      assertVerdict(
          5,
          well()
              .streams(
                  new StreamSample()
                      .connecting(
                          1,
                          ConnectionPhase.TCP,
                          2,
                          account(BTC, InstrumentState.DISCONNECTED, 0, 0))
                      .status()),
          CANNOT_VERIFY,
          "no attempt to connect has ended yet");
    }

    private InstrumentStatus counted(long delivered, long amended, long historySize) {
      return counted(delivered, amended, historySize, 0, 0);
    }

    private InstrumentStatus counted(
        long delivered, long amended, long historySize, long inherited, long renewals) {
      InstrumentStatus it = live(BTC);
      return new InstrumentStatus(
          it.instrument(),
          it.state(),
          it.reason(),
          101,
          1_100,
          delivered,
          delivered,
          0,
          0,
          0,
          0,
          0,
          amended,
          0,
          inherited,
          1,
          renewals,
          NOW,
          NOW,
          it.coverage(),
          historySize,
          0,
          it.latency());
    }
  }

  @Nested
  class Metrics {
    @Test
    void passWhenTheSnapshotIsOk() {
      assertVerdict(
          6,
          well(),
          PASS,
          "binance-spot:BTCUSDT: 1 of 2 metrics are OK, 1 warming up; the longest covers 30 s,"
              + " up to trade 1100.");
    }

    @Test
    void passWhileWarmingUpWithOneThatIsOk() {
      assertVerdict(
          6,
          well()
              .snapshots(
                  snapshot(BTC, MetricStatus.WARMING_UP, MetricStatus.WARMING_UP, MetricStatus.OK)),
          PASS,
          "1 of 2 metrics are OK");
    }

    @Test
    void cannotBeVerifiedWhileNoneIsOk() {
      assertVerdict(
          6,
          well().snapshots(snapshot(BTC, MetricStatus.WARMING_UP, MetricStatus.WARMING_UP)),
          CANNOT_VERIFY,
          "none of its 1 metrics is OK yet");
      assertVerdict(
          6,
          well().snapshots(snapshot(BTC, MetricStatus.OK)),
          CANNOT_VERIFY,
          "none of its 0 metrics is OK yet");
    }

    @ParameterizedTest
    @EnumSource(names = {"STALE", "NO_DATA", "UNKNOWN_INSTRUMENT"})
    void failWithTheReason(MetricStatus status) {
      assertVerdict(
          6,
          well().snapshots(snapshot(BTC, status)),
          FAIL,
          "binance-spot:BTCUSDT: metrics are " + status + ": because of " + status);
    }

    @Test
    void failForTheOneInstrumentWithout() {
      assertVerdict(
          6,
          well()
              .streams(new StreamSample().live(live(BTC), live(ETH)).status())
              .snapshots(
                  snapshot(BTC, MetricStatus.OK, MetricStatus.OK),
                  snapshot(ETH, MetricStatus.NO_DATA)),
          FAIL,
          "binance-spot:ETHUSDT: metrics are NO_DATA");
    }

    @Test
    void failWithoutTheBundleWhenThereAreTrades() {
      assertVerdict(6, well().noOrderFlow(), FAIL, "The metrics bundle is not there, though 1000");
    }

    @Test
    void cannotBeVerifiedWithoutTheBundleBeforeTrades() {
      assertVerdict(
          6,
          well().noOrderFlow().streams(firstAttempt()),
          CANNOT_VERIFY,
          "The metrics bundle is not there, and no trade has come yet");
    }

    @Test
    void cannotBeVerifiedDuringTheFirstAttempt() {
      assertVerdict(
          6,
          well().streams(firstAttempt()).snapshots(snapshot(BTC, MetricStatus.NO_DATA)),
          CANNOT_VERIFY,
          "metrics are NO_DATA");
    }

    @Test
    void tellOfListenersThatFail() {
      CheckResult check = check(6, well().listeners(listener(12, 3)));

      assertThat(check.status()).isEqualTo(PASS);
      assertThat(check.evidence())
          .contains("Listener metrics has lost 12 trades and failed 3 times, last: boom.");
    }

    private io.tapeflow.api.stream.StreamStatus firstAttempt() {
      return new StreamSample()
          .connecting(1, ConnectionPhase.TCP, 2, account(BTC, InstrumentState.DISCONNECTED, 0, 0))
          .status();
    }
  }
}
