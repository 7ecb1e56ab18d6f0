package io.tapeflow.plan.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.IdRange;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Comparison;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import io.tapeflow.api.plan.PlanEvaluation;
import io.tapeflow.api.plan.PlanState;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.plan.Truth;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.plan.Market;
import io.tapeflow.plan.operator.Leaves;
import io.tapeflow.tasks.Clock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private final Market market = new Market();
  private final List<PlanTrigger> triggers = new ArrayList<>();
  private final List<String> expired = new ArrayList<>();
  private final Evaluation evaluation =
      new Evaluation(
          Market.BTC,
          (condition, instrument) -> Leaves.of(condition),
          Clock.SYSTEM,
          new Verdicts() {
            @Override
            public void triggered(Watch watch, PlanTrigger trigger) {
              triggers.add(trigger);
            }

            @Override
            public void expired(Watch watch) {
              expired.add(watch.plan().id());
            }
          });

  private final OrderFlowBatch batch = Market.metrics();
  private int fed;

  @Test
  void aPlanOfOrderFlowAloneTriggersAtTheVeryTradeAndOnce() {
    look(plan("p", more("cvd.start", "5")));
    market.buy("100", "3").sell("100", "1").buy("100", "3").buy("100", "0.001").buy("101", "9");
    feed();

    assertThat(triggers).hasSize(1);
    PlanTrigger trigger = triggers.get(0);
    assertThat(trigger.tradeId()).isEqualTo(4);
    assertThat(trigger.price()).isEqualByComparingTo("100");
    assertThat(trigger.time()).isEqualTo(Market.NOON);
    assertThat(trigger.evidence()).extracting(MetricValue::name).containsExactly("cvd.start");
    assertThat(trigger.evidence().get(0).value()).isEqualTo(new BigDecimal("5.001"));
    assertThat(trigger.evidence().get(0).lastId()).isEqualTo(4);
    assertThat(trigger.conditions().get(0).truth()).isEqualTo(Truth.HOLDS);
    assertThat(trigger.conditions().get(0).text()).isEqualTo("cvd.start > 5");
  }

  @Test
  void itDoesNotTriggerAtTheThreshold() {
    look(plan("p", more("cvd.start", "5")));
    market.buy("100", "5");
    feed();
    assertThat(triggers).isEmpty();
  }

  @Test
  void theSameTradesTriggerAtTheSameTradeHoweverTheyAreCut() {
    for (int i = 0; i < 400; i++) {
      market.passSeconds(i % 3);
      String quantity = "0." + (1 + i * 7 % 9);
      if (i * 13 % 5 < 3) {
        market.buy("100." + i % 10, quantity);
      } else {
        market.sell("100." + i % 7, quantity);
      }
    }
    Watch[] plans = new Watch[30];
    for (int i = 0; i < plans.length; i++) {
      plans[i] =
          plan(
              "p" + i,
              new PlanCondition.All(
                  List.of(more("delta.60s", "0." + i % 10), more("cvd.start", "" + i))));
    }
    List<String> expected = null;
    for (int atOnce : new int[] {1, 7, 400}) {
      triggers.clear();
      Evaluation fresh = fresh();
      fresh.set(Arrays.asList(plans));
      OrderFlowBatch metrics = Market.metrics();
      metrics.show(shown(fresh));
      market.feed(metrics, 0, atOnce);
      List<String> found =
          triggers.stream().map(it -> it.planId() + "@" + it.tradeId()).sorted().toList();
      assertThat(found).hasSizeGreaterThan(10);
      expected = expected == null ? found : expected;
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void aWindowThatIsNotCoveredBlocksAndSaysSo() {
    Watch watch = plan("p", more("delta.30s", "0"));
    look(watch);
    market.buy("100", "1").passSeconds(12).buy("100", "1");
    feed();

    assertThat(triggers).isEmpty();
    assertThat(evaluation.standing(watch).state())
        .isEqualTo(new PlanState.Blocked("delta.30s is WARMING_UP: Covers 12.0 of 30 s"));
    market.passSeconds(18).buy("100", "1").passSeconds(1).sell("100", "1");
    feed();
    assertThat(triggers).extracting(PlanTrigger::tradeId).containsExactly(3L);
  }

  @Test
  void missingIdsBlockUntilTheyHaveLeftTheWindow() {
    look(plan("p", more("trades.30s", "0")));
    Watch late = plan("late", more("trades.30s", "2"));
    market.buy("100", "1").passSeconds(40).buy("100", "1");
    feed();
    assertThat(triggers).extracting(PlanTrigger::tradeId).containsExactly(2L);

    look(late);
    market.skipIds(1).passSeconds(1).buy("100", "1").buy("100", "1").buy("100", "1");
    feed();
    assertThat(triggers).hasSize(1);
    assertThat(evaluation.standing(late).state())
        .isEqualTo(new PlanState.Blocked("trades.30s is incomplete: ids are missing in it"));
    market.passSeconds(31).buy("100", "1").buy("100", "1");
    feed();
    assertThat(triggers).hasSize(1);
    market.buy("100", "1");
    feed();
    assertThat(triggers).extracting(PlanTrigger::tradeId).containsExactly(2L, 9L);
  }

  @Test
  void whateverIsNotOkAndCompleteBlocksThoughItsValueWouldDo() {
    for (MetricStatus status : MetricStatus.values()) {
      for (boolean complete : new boolean[] {true, false}) {
        triggers.clear();
        Watch watch = plan("p", more("delta.60s", "0"));
        Evaluation fresh = fresh();
        fresh.set(List.of(watch));
        fresh.look(new OneMoment(fresh.metrics(), status, complete));
        if (status == MetricStatus.OK && complete) {
          assertThat(triggers).hasSize(1);
        } else {
          assertThat(triggers).isEmpty();
          assertThat(fresh.standing(watch).state())
              .isInstanceOfSatisfying(
                  PlanState.Blocked.class,
                  blocked ->
                      assertThat(blocked.reason())
                          .contains(status == MetricStatus.OK ? "is incomplete" : "is " + status));
        }
      }
    }
  }

  /** One trade, at which each metric is 5 and has a status. */
  private record OneMoment(List<String> metrics, MetricStatus status, boolean complete)
      implements FlowMoments {
    @Override
    public Instrument instrument() {
      return Market.BTC;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public long id(int moment) {
      return 1;
    }

    @Override
    public long timeMicros(int moment) {
      return Market.NOON_MICROS;
    }

    @Override
    public long receivedMicros(int moment) {
      return Market.NOON_MICROS;
    }

    @Override
    public long price(int moment) {
      return 10_000;
    }

    @Override
    public Side aggressor(int moment) {
      return Side.BUY;
    }

    @Override
    public boolean repaired(int moment) {
      return false;
    }

    @Override
    public Object usable(int moment, int metric) {
      return status == MetricStatus.OK && complete ? value(moment, metric).value() : null;
    }

    @Override
    public MetricValue value(int moment, int metric) {
      return new MetricValue(
          metrics.get(metric),
          new BigDecimal("5"),
          status,
          status == MetricStatus.OK ? "" : "for the test",
          Market.NOON,
          Duration.ZERO,
          complete,
          1,
          1,
          complete ? List.of() : List.of(new IdRange(0, 0)),
          0,
          Provenance.AGGRESSOR_EXACT);
    }
  }

  @Test
  void anUnknownMetricBlocks() {
    Watch watch = plan("p", more("no.such", "0"));
    look(watch);
    market.buy("100", "1");
    feed();
    assertThat(evaluation.standing(watch).state())
        .isEqualTo(new PlanState.Blocked("no.such is NO_DATA: There is no metric no.such"));
  }

  @Test
  void ofAnyOneThatHoldsIsEnoughAndNoneIsNotToldByWhatIsNotKnown() {
    look(
        plan("any", new PlanCondition.Any(List.of(more("no.such", "0"), more("cvd.start", "0")))),
        plan("none", new PlanCondition.None(List.of(more("no.such", "0")))),
        plan("not", new PlanCondition.None(List.of(more("cvd.start", "0")))));
    market.sell("100", "1").buy("100", "3");
    feed();
    assertThat(triggers).extracting(PlanTrigger::planId).containsExactly("not", "any");
    assertThat(triggers).extracting(PlanTrigger::tradeId).containsExactly(1L, 2L);
  }

  @Test
  void aCrossingHoldsAtItsTradeOnly() {
    PlanCondition up = compare("cvd.start", Relation.CROSSES_ABOVE, "2");
    look(
        plan("up", up),
        plan("both", new PlanCondition.All(List.of(up, more("price.last", "100.5")))));
    // Above from the first trade on is no crossing.
    market.buy("100", "3").buy("101", "1").sell("101", "3").buy("100", "2").buy("101", "1");
    feed();
    assertThat(triggers).extracting(PlanTrigger::planId).containsExactly("up");
    assertThat(triggers).extracting(PlanTrigger::tradeId).containsExactly(4L);
    market.sell("101", "5").buy("101", "5");
    feed();
    assertThat(triggers).extracting(PlanTrigger::tradeId).containsExactly(4L, 7L);
  }

  @Test
  void anEntryIsAsGoodOrBetter() {
    look(entry("buy", Side.BUY, "100"), entry("sell", Side.SELL, "101"));
    market.buy("100.50", "1").buy("100", "1").buy("101.01", "1");
    feed();
    assertThat(triggers).extracting(PlanTrigger::planId).containsExactly("buy", "sell");
    assertThat(triggers).extracting(PlanTrigger::tradeId).containsExactly(2L, 3L);
  }

  @Test
  void everySoManySecondsIsTheFirstTradeOfEachStretch() {
    Plan every5 =
        new Plan(
            "p",
            "BTCUSDT",
            Side.BUY,
            null,
            null,
            null,
            null,
            more("cvd.start", "5"),
            null,
            new PlanEvaluation(5));
    look(new Watch(every5, every5.condition(), Beginning.AT_ONCE));
    // Noon is the beginning of a stretch.
    market.buy("100", "1").passSeconds(1).buy("100", "6").passSeconds(3).buy("100", "1");
    feed();
    assertThat(triggers).isEmpty();
    market.passSeconds(1).sell("100", "5").passSeconds(1).buy("100", "9").passSeconds(4);
    feed();
    assertThat(triggers).isEmpty();
    market.buy("100", "1");
    feed();
    assertThat(triggers).extracting(PlanTrigger::tradeId).containsExactly(6L);
  }

  @Test
  void aTradeAtTheTimeOfExpiryComesTooLate() {
    Plan plan = expiring("p", Market.NOON.plusSeconds(2));
    Plan other = expiring("q", Market.NOON.plusSeconds(3));
    look(
        new Watch(plan, plan.condition(), Beginning.AT_ONCE),
        new Watch(other, other.condition(), Beginning.AT_ONCE));
    market.sell("100", "1").passSeconds(2).buy("100", "9");
    feed();
    assertThat(expired).containsExactly("p");
    assertThat(triggers).extracting(PlanTrigger::planId).containsExactly("q");
  }

  @Test
  void onlyTradesBehindTheBeginningCount() {
    Plan plan = new Plan("p", "BTCUSDT", Side.BUY, more("cvd.start", "0"));
    look(
        new Watch(plan, plan.condition(), new Beginning(2, 0)),
        new Watch(plan, plan.condition(), new Beginning(-1, Market.NOON_MICROS + 3_000_000)));
    market.buy("100", "1").buy("100", "1").passSeconds(2).buy("100", "1").passSeconds(1);
    market.buy("100", "1");
    feed();
    assertThat(triggers).extracting(PlanTrigger::tradeId).containsExactly(3L, 4L);
  }

  @Test
  void aPlanThatHasNotBeenLookedAtIsNotSaidToWait() {
    Watch watch = plan("p", more("cvd.start", "1"));
    look(watch);
    assertThat(evaluation.standing(watch).state())
        .isEqualTo(new PlanState.Blocked("No trade has come since the plan was made"));
  }

  @Test
  void itSaysWhatHoldsAndHowFarTheRestIs() {
    Watch watch =
        plan(
            "p", new PlanCondition.All(List.of(more("cvd.start", "1"), more("price.last", "103"))));
    look(watch);
    market.buy("100", "3");
    feed();
    assertThat(evaluation.standing(watch).state())
        .isEqualTo(new PlanState.Armed(List.of("cvd.start > 1")));
    assertThat(evaluation.conditions(watch).get(1).distances().get(0).missing())
        .isEqualByComparingTo("3");
    assertThat(evaluation.lastId(watch)).isEqualTo(1);
    market.sell("100", "3");
    feed();
    assertThat(evaluation.standing(watch).state()).isEqualTo(new PlanState.Pending());
  }

  @Test
  void aConditionThatThrowsBlocksItsPlansAndNoOthers() {
    PlanCondition words = compareWord("price.last", "BUY");
    Watch wrong = plan("wrong", words);
    look(wrong, plan("right", more("cvd.start", "0")));
    market.buy("100", "3");
    feed();
    assertThat(triggers).extracting(PlanTrigger::planId).containsExactly("right");
    assertThat(evaluation.standing(wrong).state())
        .isInstanceOfSatisfying(
            PlanState.Blocked.class,
            blocked -> assertThat(blocked.reason()).contains("price.last is 100"));
  }

  private Evaluation fresh() {
    return new Evaluation(
        Market.BTC,
        (condition, instrument) -> Leaves.of(condition),
        Clock.SYSTEM,
        new Verdicts() {
          @Override
          public void triggered(Watch watch, PlanTrigger trigger) {
            triggers.add(trigger);
          }

          @Override
          public void expired(Watch watch) {
            expired.add(watch.plan().id());
          }
        });
  }

  private void look(Watch... plans) {
    batch.show(shown(evaluation));
    List<Watch> all = new ArrayList<>(evaluation.watches());
    all.addAll(List.of(plans));
    evaluation.set(all);
  }

  private void feed() {
    if (fed > 0) {
      long before = market.trades().get(fed - 1).id();
      long next = market.trades().get(fed).id();
      if (next > before + 1) {
        batch.gap(new TradeGap(Market.BTC, before + 1, next - 1, TradeGap.Cause.MISSING));
      }
    }
    market.feed(batch, fed, 100);
    fed = market.trades().size();
  }

  private static OrderFlowListener shown(Evaluation to) {
    return new OrderFlowListener() {
      @Override
      public List<String> metrics(Instrument instrument) {
        return to.metrics();
      }

      @Override
      public void onMoments(FlowMoments moments) {
        to.look(moments);
      }
    };
  }

  private static Watch plan(String id, PlanCondition condition) {
    return new Watch(new Plan(id, "BTCUSDT", Side.BUY, condition), condition, Beginning.AT_ONCE);
  }

  private static Watch entry(String id, Side side, String price) {
    BigDecimal entry = new BigDecimal(price);
    Plan plan =
        new Plan(
            id, "BTCUSDT", side, entry, null, null, null, null, null, PlanEvaluation.EVERY_TRADE);
    return new Watch(plan, null, Beginning.AT_ONCE);
  }

  private static Plan expiring(String id, Instant at) {
    return new Plan(
        id,
        "BTCUSDT",
        Side.BUY,
        null,
        null,
        null,
        null,
        more("cvd.start", "0"),
        at,
        PlanEvaluation.EVERY_TRADE);
  }

  private static PlanCondition more(String metric, String than) {
    return compare(metric, Relation.MORE, than);
  }

  private static PlanCondition compare(String metric, Relation relation, String with) {
    return new Comparison(
        new Operand.Metric(metric), relation, new Operand.Constant(new BigDecimal(with)));
  }

  private static PlanCondition compareWord(String metric, String with) {
    return new Comparison(new Operand.Metric(metric), Relation.EQUAL, new Operand.Word(with));
  }
}
