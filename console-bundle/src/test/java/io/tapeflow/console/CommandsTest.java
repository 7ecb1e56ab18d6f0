package io.tapeflow.console;

import static io.tapeflow.console.Samples.BTC;
import static io.tapeflow.console.Samples.ETH;
import static io.tapeflow.console.Samples.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.plan.ConditionStatus;
import io.tapeflow.api.plan.Distance;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.PlanState;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.Truth;
import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.VenueClock;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.verification.SideVerdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands as Gogo runs them. */
class CommandsTest {
  private static final List<String> FUNCTIONS =
      List.of("status", "verify", "trades", "metrics", "plans", "plan", "reconnect");

  private final FakeStream first =
      new FakeStream(
              new StreamSample()
                  .id("a")
                  .live(live(BTC))
                  .malformed(1)
                  .options(Map.of("quantity", "nq"))
                  .status())
          .with(new FakeHistory(BTC, 30));
  private final FakeStream second =
      new FakeStream(
          new StreamSample()
              .id("b")
              .stopped(Samples.account(ETH, InstrumentState.DISCONNECTED, 0, 0))
              .status());
  private final Scopes scopes = new Scopes(Samples.CLOCK, 10);
  private final ThreadIOImpl threadIo = new ThreadIOImpl();
  private CommandProcessorImpl processor;
  private CommandSession session;

  @BeforeEach
  void start() {
    threadIo.start();
    processor = new CommandProcessorImpl(threadIo);
    PrintStream out = new PrintStream(new ByteArrayOutputStream());
    session = processor.createSession(new ByteArrayInputStream(new byte[0]), out, out);
    scopes.addLedger(() -> Samples.ledger("stream a", Samples.beat(0.25)));
    install(
        new LiveServices(
            List.of(first, second),
            List.of(() -> List.of(Samples.listener(7, 0))),
            new FakeOrderFlow(BTC, metrics()),
            () -> List.of(interchanged())));
  }

  @AfterEach
  void stop() {
    session.close();
    processor.stop();
    threadIo.stop();
  }

  private static io.tapeflow.api.metrics.MetricSnapshot metrics() {
    return Samples.snapshot(BTC, MetricStatus.OK, MetricStatus.OK, MetricStatus.WARMING_UP);
  }

  private static SideVerdict interchanged() {
    return new SideVerdict(
        BTC.key(), SideVerdict.Agreement.DISAGREES, 41, 1_959, null, "buys and sells are switched");
  }

  private void install(LiveServices services) {
    VerificationService verification = new VerificationService(services, scopes, Samples.CLOCK);
    Commands commands = new Commands(services, scopes, verification, Samples.CLOCK);
    FUNCTIONS.forEach(function -> processor.addCommand("tapeflow", commands, function));
  }

  private Object run(String line) throws Exception {
    return session.execute(line);
  }

  /** What a terminal shows. */
  private String shown(String line) throws Exception {
    return String.valueOf(session.format(run(line), Converter.INSPECT));
  }

  @Test
  void statusShowsStreamsListenersAndTasks() throws Exception {
    assertThat(shown("tapeflow:status")).contains("options     {quantity=nq}");
    assertThat(run("tapeflow:status")).isInstanceOf(Status.class);
    assertThat(shown("tapeflow:status"))
        .contains("binance-spot: LIVE, trades flow\n  since       2026-01-04T11:59:25Z (35 s)\n")
        .contains("io.tapeflow.stream~a to ws://127.0.0.1:9443, 1 open sockets")
        .contains("1 frames, the last: no price")
        .contains("binance-spot: STOPPED, not running")
        .containsPattern("Instrument +State +First id +Last id +Delivered")
        .containsPattern(
            "BTCUSDT +LIVE +101 +1100 +1000 +3 +2 +0 +0 +0 +0 +0.05 s +4.0 ms, 80 ms, 1250 ms +0.20"
                + " s +1000 +35 s")
        .containsPattern("metrics +1000 +0 +7 +0 +- +none")
        .containsPattern("stream a +6 +1 +3 +0 +2 +0 +1 +0.25 s");
    assertThat(run("(tapeflow:status) streams"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(StreamStatus.class))
        .hasSize(2);
  }

  @Test
  void statusShowsWhetherSidesAgreeWithPricesAndWhichFamilyLosesMetrics() throws Exception {
    assertThat(shown("tapeflow:status"))
        .containsPattern("binance-spot:BTCUSDT +DISAGREES +41 +1959 +buys and sells are switched")
        .contains("Metrics: The family b loses x to the family a\n");
  }

  @Test
  void statusShowsTheVenuesClockAndWhatWaitsForItsLimits() {
    StreamStatus waiting =
        new StreamSample()
            .live(live(BTC))
            .clock(
                new VenueClock(
                    Duration.ofMillis(-1_500), Duration.ofMillis(7), Samples.NOW.minusSeconds(9)))
            .budgets(
                new BudgetStatus(
                    "connection attempts", "host", 3, 240, Duration.ofMinutes(5), null, ""),
                new BudgetStatus(
                    "REST weight",
                    "host",
                    1_799,
                    1_800,
                    Duration.ofMinutes(1),
                    Samples.NOW.plusSeconds(7),
                    "missing trades must wait: our share is used up"))
            .status();

    assertThat(
            new Status(Samples.NOW, List.of(waiting), List.of(), List.of(), List.of(), List.of())
                .toString())
        .contains(
            "  clock       the venue's is 1500 ms behind ours, right to 3.5 ms, measured 9.00 s"
                + " ago\n")
        .contains(
            "  waiting     until 2026-01-04T12:00:07Z, REST weight of host: 1799 of 1800 used in"
                + " 60 s; missing trades must wait: our share is used up\n")
        .doesNotContain("connection attempts");
  }

  @Test
  void verifyWritesTheReportInThreeForms() throws Exception {
    assertThat(shown("tapeflow:verify")).startsWith("Verification at 2026-01-04T12:00:00Z\n");
    assertThat(shown("tapeflow:verify -m")).startsWith("# Verification at");
    assertThat(shown("tapeflow:verify --json")).startsWith("{").contains("\"rootCause\"");
    assertThatThrownBy(() -> run("tapeflow:verify -x"))
        .hasMessage("Unknown option -x; there are -m (Markdown) and -j (JSON)");
  }

  @Test
  void tradesShowsTheNewestLast() throws Exception {
    Trades trades = (Trades) run("tapeflow:trades BTCUSDT 2");
    assertThat(trades.trades()).extracting(Trade::id).containsExactly(29L, 30L);
    assertThat(shown("tapeflow:trades binance-spot:BTCUSDT 2"))
        .isEqualTo(
            """
            binance-spot:BTCUSDT
            Id  Time                         Side     Price  Quantity  Fills  Remarks
            29  2026-01-04T12:00:00.123456Z  SELL  64012.30   1.50000      2
            30  2026-01-04T12:00:00.123457Z  BUY   64012.31   1.50000      2  repaired
            """);
    assertThat(((Trades) run("tapeflow:trades BTCUSDT")).trades()).hasSize(20);
    assertThat(shown("tapeflow:trades ETHUSDT"))
        .isEqualTo("No trade of binance-spot:ETHUSDT has come yet.");
  }

  @Test
  void anUnknownInstrumentIsAnsweredByThoseThatExist() {
    assertThatThrownBy(() -> run("tapeflow:trades btcusdt"))
        .hasMessage(
            "Unknown instrument btcusdt; there are: binance-spot:BTCUSDT, binance-spot:ETHUSDT");
    assertThatThrownBy(() -> run("tapeflow:metrics '*'"))
        .hasMessage("Unknown instrument *; there are: binance-spot:BTCUSDT");
  }

  @Test
  void anInstrumentOfTwoVenuesMustBeNamedWithOne() {
    List<Instrument> known = List.of(BTC, new Instrument("other", "BTCUSDT", 2, 5));

    assertThatThrownBy(() -> InstrumentNames.find("BTCUSDT", known))
        .hasMessage("Several venues have BTCUSDT; say which: binance-spot:BTCUSDT, other:BTCUSDT");
    assertThat(InstrumentNames.find("other:BTCUSDT", known).venue()).isEqualTo("other");
  }

  @Test
  void aCountThatIsNoneIsRefused() {
    for (String wrong : List.of("0", "10001", "many")) {
      assertThatThrownBy(() -> run("tapeflow:trades BTCUSDT " + wrong))
          .hasMessage("The count is a whole number from 1 to 10000, not " + wrong);
    }
  }

  @Test
  void metricsShowsThoseWithAPrefix() throws Exception {
    assertThat(shown("tapeflow:metrics BTCUSDT delta.3"))
        .isEqualTo(
            """
            binance-spot:BTCUSDT: OK, as of 2026-01-04T12:00:00Z, up to trade 1100
            Metric        Value  Status  Coverage  Complete  Reason
            delta.30s  -1.50000  OK          30 s  yes
            """);
    assertThat(((Metrics) run("tapeflow:metrics BTCUSDT")).metrics()).hasSize(2);
    assertThat(shown("tapeflow:metrics BTCUSDT none")).contains("No such metric.");
  }

  @Test
  void metricsSaysThatTheBundleIsMissing() {
    Commands commands =
        new Commands(new LiveServices(List.of(), List.of(), null), scopes, null, Samples.CLOCK);

    assertThatThrownBy(() -> commands.metrics("BTCUSDT"))
        .hasMessageContaining("The metrics bundle is not there");
  }

  @Test
  void plansSaysThatThereIsNoBundle() {
    assertThatThrownBy(() -> run("tapeflow:plans"))
        .hasMessageContaining("The plan bundle is not there");
  }

  @Test
  void plansShowsWhatBecameOfEach() {
    PlanList plans = new Commands(withPlans(), scopes, null, Samples.CLOCK).plans();

    assertThat(plans.plans()).hasSize(2);
    assertThat(plans.toString())
        .containsPattern("dip +BTCUSDT +BUY +BLOCKED +35 s +conf/plans/a.yaml +delta.60s is STALE")
        .containsPattern("bad +- +- +INVALID +35 s +conf/plans/a.yaml +line 3, column 4: entry: x");
  }

  @Test
  void planShowsWhatBlocksItAndWhatItLacks() {
    Commands commands = new Commands(withPlans(), scopes, null, Samples.CLOCK);

    assertThat(commands.plan("dip").toString())
        .startsWith("dip from conf/plans/a.yaml: BLOCKED for 35 s, delta.60s is STALE\n")
        .contains("To BUY BTCUSDT\n", "Last looked at: trade 7 at 2026-01-04T12:00:00Z\n")
        .containsPattern("delta.60s > 5 +FAILS +delta.60s is 3, threshold 5 base, 2 to go")
        .containsPattern("whale_buy +BLOCKED +large.trades.300s is STALE");
    assertThat(commands.plan("bad").toString())
        .contains("\n  line 3, column 4: entry: x is no number; allowed: a number\n");
    assertThatThrownBy(() -> commands.plan("other"))
        .hasMessage("There is no plan other; there are: dip, bad");
  }

  private static LiveServices withPlans() {
    Plan plan = new Plan("dip", "BTCUSDT", Side.BUY, new PlanCondition.Named("whale_buy"));
    ConditionStatus fails =
        new ConditionStatus(
            "delta.60s > 5",
            Truth.FAILS,
            "",
            List.of(new Distance("delta.60s", new BigDecimal("3"), new BigDecimal("5"), "base")));
    ConditionStatus blocked =
        new ConditionStatus("whale_buy", Truth.BLOCKED, "large.trades.300s is STALE", List.of());
    PlanStatus dip =
        new PlanStatus(
            "dip",
            plan,
            "conf/plans/a.yaml",
            new PlanState.Blocked("delta.60s is STALE"),
            Samples.NOW.minusSeconds(35),
            7,
            Samples.NOW,
            List.of(fails, blocked));
    PlanFault fault = new PlanFault("entry", 3, 4, "x is no number", "a number");
    PlanStatus bad =
        new PlanStatus(
            "bad",
            null,
            "conf/plans/a.yaml",
            new PlanState.Invalid(List.of(fault)),
            Samples.NOW.minusSeconds(35),
            -1,
            null,
            List.of());
    return new LiveServices(List.of(), List.of(), null).with(new FakePlans(List.of(dip, bad)));
  }

  @Test
  void reconnectReachesWhatRuns() throws Exception {
    assertThat(shown("tapeflow:reconnect"))
        .isEqualTo(
            """
            binance-spot (io.tapeflow.stream~a) connects anew.
            binance-spot (io.tapeflow.stream~b) is not running.
            """);
    assertThat(first.reconnects).isEqualTo(1);
    assertThat(second.reconnects).isZero();

    run("tapeflow:reconnect io.tapeflow.stream~a");
    assertThat(first.reconnects).isEqualTo(2);
    run("tapeflow:reconnect binance-spot");
    assertThat(first.reconnects).isEqualTo(3);
    assertThatThrownBy(() -> run("tapeflow:reconnect nowhere"))
        .hasMessage(
            "There is no stream nowhere; there are: binance-spot (io.tapeflow.stream~a),"
                + " binance-spot (io.tapeflow.stream~b)");
  }
}
