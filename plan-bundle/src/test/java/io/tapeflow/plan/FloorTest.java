package io.tapeflow.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionArguments;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.api.plan.ConditionInfo;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Comparison;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanEvaluation;
import io.tapeflow.api.plan.PlanListener;
import io.tapeflow.api.plan.PlanSource;
import io.tapeflow.api.plan.PlanState;
import io.tapeflow.api.plan.PlanState.Kind;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.plan.condition.StandardConditions;
import io.tapeflow.plan.evaluate.Evaluation;
import io.tapeflow.plan.text.Expression;
import io.tapeflow.plan.text.PlanFile;
import io.tapeflow.tasks.Clock;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans through starts, stops and crashes. */
class FloorTest {
  @TempDir Path folder;

  private final Market market = new Market();
  private final Time clock = new Time();
  private final Metrics metrics = new Metrics();
  private final List<String> told = new ArrayList<>();
  private Life process;

  /** Whether the metrics that show missed trades end before they have shown any. */
  private boolean metricsEnd;

  @AfterEach
  void stop() {
    if (process != null) {
      process.stop();
    }
  }

  @Test
  void aTriggerIsKeptAndToldAndComesBackWithoutTriggeringAgain() {
    start().listen().offer(plan("p", "2"));
    market.buy("100", "1").buy("100", "2").buy("100", "1");
    process.feed();
    assertThat(told).containsSubsequence("trigger p @2", "p TRIGGERED");
    PlanStatus before = process.floor.find("p").orElseThrow();
    process.stop();
    told.clear();

    start().listen().offer(plan("p", "2"));
    market.buy("100", "5");
    process.feed();
    PlanStatus after = process.floor.find("p").orElseThrow();
    assertThat(after.state()).isEqualTo(before.state());
    assertThat(told).doesNotContain("trigger p @2", "trigger p @4").containsExactly("p TRIGGERED");
  }

  @Test
  void aTriggerThatNobodyWasToldOfIsToldWhenSomebodyComes() throws Exception {
    start().offer(plan("p", "2"));
    market.buy("100", "3");
    process.feed();
    process.crash();

    start().offer(plan("p", "2"));
    process.listen();
    assertThat(told).contains("trigger p @1 again");
    told.clear();
    process.stop();
    start().listen().offer(plan("p", "2"));
    assertThat(told).containsExactly("p TRIGGERED");
  }

  /** There may be hundreds of instruments, and a round is made several times a second. */
  @Test
  void aRoundOverPlansThatAreInOrderAsksForTheMetricsOfNoInstrument() {
    start().offer(plan("p", "2"));
    market.buy("100", "1");
    process.feed();
    process.floor.tick();
    int before = metrics.askedForAll;
    process.floor.tick();
    assertThat(metrics.askedForAll).isEqualTo(before);
  }

  /** Listeners and sources come in any order. */
  @Test
  void aTriggerThatNobodyWasToldOfIsToldWhenItsSourceComes() {
    start().offer(plan("p", "2"));
    market.buy("100", "3");
    process.feed();
    process.stop();

    start().listen().offer(plan("p", "2"));
    assertThat(told).containsOnlyOnce("trigger p @1 again");
  }

  @Test
  void afterACrashItTriggersAtTheTradeItWouldHaveTriggeredAt() throws Exception {
    start().listen().offer(plan("p", "4"));
    market.buy("100", "1").buy("100", "1");
    process.feed();
    process.crash();
    // While nothing runs; the last one goes back below.
    market.buy("100", "3").sell("100", "4");
    process.missed();

    start().listen().offer(plan("p", "4"));
    market.sell("100", "1");
    process.feed();
    assertThat(told).contains("trigger p @3");
    PlanStatus status = process.floor.find("p").orElseThrow();
    assertThat(status.lastTradeId()).isEqualTo(3);
  }

  @Test
  void tradesThatWereNotShownAreReadFromHistory() {
    start().listen().offer(plan("p", "4"));
    market.buy("100", "1");
    process.feed();
    market.buy("100", "4").sell("100", "4");
    metrics.batch.show(new Nobody());
    process.missed();
    assertThat(told).doesNotContain("trigger p @2");
    market.sell("100", "1");
    process.feed();
    assertThat(told).contains("trigger p @2");
  }

  @Test
  void whatMetricsCannotBeCaughtUpWithBecauseTheyEndIsCaughtUpWithByTheNext() {
    start().listen().offer(plan("p", "4"));
    market.buy("100", "1");
    process.feed();
    process.stop();
    market.buy("100", "4").sell("100", "4");
    process.missed();

    start().listen().offer(plan("p", "4"));
    metricsEnd = true;
    market.sell("100", "1");
    process.feed();
    assertThat(told).noneMatch(it -> it.startsWith("trigger"));
    metricsEnd = false;
    market.sell("100", "1");
    process.feed();
    assertThat(told).contains("trigger p @2");
  }

  @Test
  void idsThatWereGivenToNoTradeAreNotMissing() {
    start().listen().offer(plan("p", "4"));
    market.buy("100", "1").skipVoid(2).buy("100", "1");
    process.feed();
    process.stop();
    market.buy("100", "3").sell("100", "4");
    process.missed();

    start().listen().offer(plan("p", "4"));
    market.sell("100", "1");
    process.feed();
    assertThat(told).contains("trigger p @5");
  }

  /** From the oldest trade held on, the sum would be another one. */
  @Test
  void aSumSinceTradesThatHistoryHasDroppedIsNotActedUponAtMissedTrades() {
    start().listen().offer(plan("p", "4"), plan("q", "price.last > 100"));
    market.sell("100", "5").buy("100", "1");
    process.feed();
    process.stop();
    market.buy("101", "5").sell("100", "1");
    process.missed();
    market.dropBefore(2);

    start().listen().offer(plan("p", "4"), plan("q", "price.last > 100"));
    market.buy("100", "1");
    process.feed();
    assertThat(told).contains("trigger q @3").doesNotContain("trigger p @3");
    market.buy("100", "5");
    process.feed();
    assertThat(told).contains("trigger p @6");
  }

  @Test
  void whatHeldAheadOfMissedTradesIsNotTakenToHaveHeldAtThem() {
    start().listen().offer(plan("p", "price > 99 for 10s"));
    market.buy("100", "1");
    process.feed();
    market.passSeconds(5).buy("90", "1").passSeconds(1).buy("100", "1");
    metrics.batch.show(new Nobody());
    process.missed();
    market.passSeconds(9).buy("100", "1");
    process.feed();
    assertThat(told).doesNotContain("trigger p @4");
    market.passSeconds(1).buy("100", "1");
    process.feed();
    assertThat(told).contains("trigger p @5");
  }

  @Test
  void acrossTradesThatAreMissingNothingIsHeld() {
    start().listen().offer(plan("p", "price > 99 for 10s"));
    market.buy("100", "1");
    process.feed();
    market.skipIds(1).passSeconds(11).buy("100", "1");
    process.feed();
    assertThat(told).doesNotContain("trigger p @3");
    market.passSeconds(10).buy("100", "1");
    process.feed();
    assertThat(told).contains("trigger p @4");
  }

  @Test
  void whatIsKnownFromBeforeNobodyLookedIsForgotten() {
    start().listen().offer(plan("p", "price crosses above 100"));
    market.buy("99", "1");
    process.feed();
    process.floor.cancel("p");
    market.buy("105", "1").buy("106", "1");
    process.feed();
    process.offer(plan("q", "price crosses above 100"));
    market.passSeconds(1).buy("105", "1");
    process.feed();
    assertThat(told).doesNotContain("trigger q @4");
    market.buy("100", "1").buy("101", "1");
    process.feed();
    assertThat(told).contains("trigger q @6");
  }

  @Test
  void aPlanLooksAtNoTradeFromBeforeItsCreation() {
    start().listen();
    market.buy("100", "9");
    process.feed();
    clock.pass(Duration.ofSeconds(5));
    process.offer(plan("p", "4"));
    // Trades of history, such as after the metrics have come anew.
    process.feedAgain();
    assertThat(told).doesNotContain("trigger p @1");
    market.passSeconds(6).buy("100", "1");
    process.feed();
    assertThat(told).contains("trigger p @2");
  }

  @Test
  void anotherContentIsAnotherPlan() {
    start().listen().offer(plan("p", "0"));
    market.buy("100", "1");
    process.feed();
    assertThat(told).contains("trigger p @1");
    clock.pass(Duration.ofSeconds(1));
    process.offer(plan("p", "3"));
    assertThat(process.floor.find("p").orElseThrow().state().kind()).isEqualTo(Kind.BLOCKED);
    market.passSeconds(2).buy("100", "5");
    process.feed();
    assertThat(told).contains("trigger p @2");
  }

  @Test
  void aCancelledPlanStaysCancelled() {
    start().listen().offer(plan("p", "2"));
    assertThat(process.floor.cancel("p")).isTrue();
    assertThat(process.floor.cancel("p")).isFalse();
    assertThat(process.floor.cancel("other")).isFalse();
    process.stop();
    start().listen().offer(plan("p", "2"));
    market.buy("100", "3");
    process.feed();
    assertThat(process.floor.find("p").orElseThrow().state().kind()).isEqualTo(Kind.CANCELLED);
    assertThat(told).contains("p CANCELLED").doesNotContain("trigger p @1");
  }

  @Test
  void theSourceThatCameFirstHasTheId() {
    start().listen().offer(plan("p", "2"));
    PlanSource second = () -> List.of(new PlanDraft(plan("p", "0")));
    process.floor.offer(second, "second");
    process.floor.tick();
    assertThat(process.floor.list()).hasSize(2);
    PlanState state = process.floor.list().get(1).state();
    assertThat(state)
        .isInstanceOfSatisfying(
            PlanState.Invalid.class,
            invalid ->
                assertThat(invalid.faults().get(0).what())
                    .isEqualTo("There is a plan of this id from test"));
    process.offer();
    process.floor.tick();
    assertThat(process.floor.list()).hasSize(1);
    assertThat(process.floor.list().get(0).state().kind()).isEqualTo(Kind.BLOCKED);
  }

  @Test
  void whatElseIsWrongWithAPlanWhoseIdIsTakenIsSaidToo() {
    start().listen().offer(plan("p", "2"));
    Plan wrong = new Plan("p", "NOPE", Side.BUY, more("0"));
    PlanSource second = () -> List.of(new PlanDraft(wrong));
    process.floor.offer(second, "second");
    assertThat(process.floor.list().get(1).state())
        .isInstanceOfSatisfying(
            PlanState.Invalid.class,
            invalid ->
                assertThat(invalid.faults())
                    .extracting(fault -> fault.path() + ": " + fault.what())
                    .containsExactly(
                        "instrument: Nobody provides trades of NOPE",
                        "id: There is a plan of this id from test"));
    process.offer();
    assertThat(process.floor.list().get(0).state())
        .isInstanceOfSatisfying(
            PlanState.Invalid.class, invalid -> assertThat(invalid.faults()).hasSize(1));
  }

  @Test
  void whatStandsForAPartThatCouldNotBeReadIsNotShown() {
    start();
    PlanDraft wrong = PlanFile.read("a.yaml", "{id: p, instrument: BTCUSDT, entry: 5}").get(0);
    PlanSource source = () -> List.of(wrong);
    process.floor.offer(source, "a.yaml");
    assertThat(process.floor.list())
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.plan()).isNull();
              assertThat(status.state().kind()).isEqualTo(Kind.INVALID);
            });
  }

  @Test
  void aPlanThatIsMadeWhenItsTimeHasPassedExpiresAtOnce() {
    Plan plan =
        new Plan(
            "p",
            "BTCUSDT",
            Side.BUY,
            null,
            null,
            null,
            null,
            more("2"),
            Market.NOON,
            PlanEvaluation.EVERY_TRADE);
    start().listen().offer(plan);
    assertThat(told).endsWith("p EXPIRED");
  }

  @Test
  void ofTwoConditionsOfOneNameTheOneThatCameFirstCounts() {
    Registry registry = new Registry(() -> null);
    ConditionFactory standard = StandardConditions.all().get(0);
    ConditionFactory other = named(standard.info().name());
    registry.add(standard);
    registry.add(other);
    assertThat(registry.conditions()).containsExactly(standard);
    registry.remove(standard);
    assertThat(registry.conditions()).containsExactly(other);
  }

  private static ConditionFactory named(String name) {
    return new ConditionFactory() {
      @Override
      public ConditionInfo info() {
        return new ConditionInfo(name, "", List.of(), List.of(), "", "");
      }

      @Override
      public Condition create(ConditionArguments arguments, Instrument instrument) {
        throw new UnsupportedOperationException();
      }
    };
  }

  @Test
  void anInstrumentThatComesLaterMakesThePlanRight() {
    metrics.known = List.of(new Instrument("binance-spot", "ETHUSDT", 2, 3));
    start().listen().offer(plan("p", "2"));
    assertThat(told).containsExactly("p INVALID");
    metrics.known = List.of(Market.BTC);
    process.floor.tick();
    assertThat(told).containsExactly("p INVALID", "p BLOCKED");
  }

  @Test
  void whatCouldNotBeJudgedAtTheStartIsRefusedLater() {
    metrics.known = List.of();
    Plan wrong = new Plan("w", "btcusdt", Side.BUY, more("2"));
    start().listen().offer(wrong, plan("p", "2"));
    assertThat(told).containsExactly("w BLOCKED", "p BLOCKED");
    metrics.known = List.of(Market.BTC);
    process.floor.tick();
    assertThat(told).containsExactly("w BLOCKED", "p BLOCKED", "w INVALID");
    market.buy("100", "1");
    process.feed();
    metrics.known = List.of(new Instrument("binance-spot", "ETHUSDT", 2, 3));
    process.floor.tick();
    assertThat(process.floor.find("p").orElseThrow().state().kind()).isEqualTo(Kind.PENDING);
  }

  @Test
  void everyStatusOfTheFeedThatIsNotOkBlocksAndIsToldOnce() {
    start().listen().offer(plan("p", "100"));
    market.buy("100", "1");
    process.feed();
    assertThat(told).containsExactly("p BLOCKED", "p PENDING");
    for (MetricStatus status : MetricStatus.values()) {
      told.clear();
      metrics.status = status;
      process.floor.tick();
      process.floor.tick();
      if (status == MetricStatus.OK) {
        assertThat(told).isEmpty();
      } else {
        assertThat(told).containsExactly("p BLOCKED");
        assertThat(process.floor.find("p").orElseThrow().state())
            .isEqualTo(new PlanState.Blocked("price.last is " + status + ": for the test"));
      }
    }
  }

  @Test
  void aFileThatCannotBeOpenedBlocksAllPlans() throws Exception {
    Files.writeString(folder.resolve("plans.mv"), "nonsense ".repeat(1_000));
    start().listen().offer(plan("p", "0"));
    market.buy("100", "1");
    process.feed();
    assertThat(told).containsExactly("p BLOCKED");
    assertThat(process.floor.find("p").orElseThrow().state())
        .isInstanceOfSatisfying(
            PlanState.Blocked.class,
            blocked ->
                assertThat(blocked.reason()).startsWith("What becomes of plans cannot be kept"));
  }

  @Test
  void inASilentMarketThePlanExpiresByTheClock() {
    Plan plan =
        new Plan(
            "p",
            "BTCUSDT",
            Side.BUY,
            null,
            null,
            null,
            null,
            more("2"),
            Market.NOON.plusSeconds(10),
            PlanEvaluation.EVERY_TRADE);
    start().listen().offer(plan);
    clock.pass(Duration.ofSeconds(39));
    process.floor.tick();
    assertThat(process.floor.find("p").orElseThrow().state().kind()).isEqualTo(Kind.BLOCKED);
    clock.pass(Duration.ofSeconds(2));
    process.floor.tick();
    assertThat(told).endsWith("p EXPIRED");
  }

  private Life start() {
    process = new Life();
    return process;
  }

  /**
   * A plan.
   *
   * @param what an expression, or the number that CVD has to exceed
   */
  private static Plan plan(String id, String what) {
    PlanCondition condition =
        what.contains(" ") ? Expression.read(what, "conditions").condition() : more(what);
    return new Plan(id, "BTCUSDT", Side.BUY, condition);
  }

  private static PlanCondition more(String threshold) {
    return new Comparison(
        new Operand.Metric("cvd.start"),
        Relation.MORE,
        new Operand.Constant(new BigDecimal(threshold)));
  }

  /** One run of the bundle, beside a feed that goes on. */
  private final class Life implements PlanListener, PlanSource, OrderFlowListener {
    private final Registry registry = new Registry(() -> metrics);
    private final Keeper keeper = new Keeper(folder.resolve("plans.mv"), Runnable::run, clock);
    private final Floor floor =
        new Floor(registry, () -> metrics, keeper, clock, Runnable::run, Runnable::run, new Held());

    private List<PlanDraft> drafts = List.of();
    private boolean stopped;

    Life listen() {
      floor.add((PlanListener) this);
      return this;
    }

    Life offer(Plan... plans) {
      drafts = List.of(plans).stream().map(PlanDraft::new).toList();
      floor.offer(this, "test");
      return this;
    }

    /** Brings the trades that have not been brought yet. */
    void feed() {
      metrics.batch.show(this);
      missed();
      floor.tick();
    }

    /** Trades come while this does not look. */
    void missed() {
      if (stopped) {
        metrics.batch.show(new Nobody());
      }
      market.feed(metrics.batch, metrics.fed, 100);
      metrics.fed = market.trades().size();
    }

    /** Brings all trades once more. */
    void feedAgain() {
      OrderFlowBatch again = Market.metrics();
      again.show(this);
      market.feed(again, 0, 100);
      floor.tick();
    }

    void stop() {
      if (!stopped) {
        stopped = true;
        floor.stop();
        floor.close();
      }
    }

    /** Leaves the file as a process does that dies now. */
    void crash() throws Exception {
      Path file = folder.resolve("plans.mv");
      Path copy = folder.resolve("copy.mv");
      Files.copy(file, copy);
      stop();
      Files.delete(file);
      Files.move(copy, file);
    }

    @Override
    public void onChange(PlanStatus status) {
      told.add(status.id() + " " + status.state().kind());
    }

    @Override
    public void onTrigger(Plan plan, PlanTrigger trigger, boolean again) {
      told.add("trigger " + plan.id() + " @" + trigger.tradeId() + (again ? " again" : ""));
    }

    @Override
    public List<PlanDraft> plans() {
      return drafts;
    }

    @Override
    public List<String> metrics(Instrument instrument) {
      return floor.metrics(instrument);
    }

    @Override
    public void onMoments(FlowMoments moments) {
      floor.look(moments);
    }
  }

  /** All trades are held. */
  private final class Held implements InstrumentPlans.History {
    @Override
    public boolean holds(Instrument instrument, long firstId, long lastId) {
      return CatchUp.holds(market.history(), firstId, lastId);
    }

    @Override
    public long show(FlowMoments moments, Evaluation evaluation) {
      return metricsEnd
          ? market.history().from(0, 1).id(0)
          : new CatchUp(Market.metrics(), market.history()).run(evaluation, moments);
    }
  }

  private static final class Nobody implements OrderFlowListener {
    @Override
    public List<String> metrics(Instrument instrument) {
      return List.of();
    }

    @Override
    public void onMoments(FlowMoments moments) {
      throw new IllegalStateException("Nobody looks");
    }
  }

  /** Metrics that stay while the plans come and go. */
  private static final class Metrics implements OrderFlow {
    private final OrderFlowBatch batch = Market.metrics();
    private List<Instrument> known = List.of(Market.BTC);
    private MetricStatus status = MetricStatus.OK;
    private int fed;
    private int askedForAll;

    @Override
    public List<Instrument> instruments() {
      return known;
    }

    @Override
    public MetricSnapshot snapshot(String instrument) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MetricValue metric(String instrument, String name) {
      return new MetricValue(
          name,
          BigDecimal.ONE,
          status,
          status == MetricStatus.OK ? "" : "for the test",
          Market.NOON,
          Duration.ZERO,
          true,
          1,
          1,
          List.of(),
          0,
          Provenance.AGGRESSOR_EXACT);
    }

    @Override
    public List<MetricInfo> metrics(String instrument) {
      askedForAll++;
      return List.of();
    }
  }

  private static final class Time implements Clock {
    private long micros = Market.NOON_MICROS;

    void pass(Duration time) {
      micros += time.toNanos() / 1_000;
    }

    @Override
    public long nanos() {
      return micros * 1_000;
    }

    @Override
    public long wallMicros() {
      return micros;
    }

    @Override
    public Instant now() {
      return Clock.instant(micros);
    }
  }
}
