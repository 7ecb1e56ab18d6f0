package io.tapeflow.plan.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Comparison;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.plan.Market;
import io.tapeflow.plan.condition.MadeUp;
import io.tapeflow.plan.operator.Leaves;
import io.tapeflow.tasks.Clock;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** That most conditions are not asked at most trades changes nothing of what they say. */
class ThresholdsTest {
  private static final List<String> METRICS = List.of("cvd.start", "delta.30s", "price.last");
  private static final int PLANS = 500;

  @Test
  void triggersAreThoseOfLookingAtEverythingAtEveryTrade() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      Market market = new Market();
      for (int i = 0; i < 300; i++) {
        market.passSeconds(random.nextInt(3));
        String price = BigDecimal.valueOf(10_000 + random.nextInt(12), 2).toPlainString();
        String quantity = "0.00" + (1 + random.nextInt(9));
        if (random.nextBoolean()) {
          market.buy(price, quantity);
        } else {
          market.sell(price, quantity);
        }
      }
      List<Watch> watches = new ArrayList<>();
      for (int i = 0; i < PLANS; i++) {
        Plan plan = new Plan("p" + i, "BTCUSDT", Side.BUY, condition(random));
        watches.add(new Watch(plan, plan.condition(), Beginning.AT_ONCE));
      }
      Map<String, Long> found = new HashMap<>();
      Evaluation evaluation = evaluation(found);
      evaluation.set(watches);
      List<Row> rows = new ArrayList<>();
      OrderFlowBatch batch = Market.metrics();
      batch.show(new Both(evaluation, rows));
      market.feed(batch, 0, 40);

      Map<String, Long> expected = new HashMap<>();
      for (int i = 0; i < PLANS; i++) {
        long at = first(watches.get(i).plan().condition(), rows);
        if (at >= 0) {
          expected.put("p" + i, at);
        }
      }
      assertThat(found).isEqualTo(expected).hasSizeGreaterThan(PLANS / 3);
    }
  }

  private static PlanCondition condition(Random random) {
    String metric = METRICS.get(random.nextInt(METRICS.size()));
    boolean price = metric.equals("price.last");
    Operand operand =
        price && random.nextBoolean() ? new Operand.Price() : new Operand.Metric(metric);
    BigDecimal one = threshold(price, random);
    BigDecimal other = threshold(price, random);
    Relation[] relations = Relation.values();
    return switch (random.nextInt(4)) {
      case 0 -> new PlanCondition.Band(operand, one.min(other), one.max(other), true);
      case 1 -> new PlanCondition.Band(operand, one.min(other), one.max(other), false);
      case 2 -> new PlanCondition.Hysteresis(operand, one, other.add(new BigDecimal("0.0001")));
      default ->
          new Comparison(
              operand, relations[random.nextInt(relations.length)], new Operand.Constant(one));
    };
  }

  private static BigDecimal threshold(boolean price, Random random) {
    return price
        ? BigDecimal.valueOf(10_000 + random.nextInt(12), 2)
        : BigDecimal.valueOf(random.nextInt(200) - 100, 3);
  }

  /** The first trade at which a condition holds that is asked at each; -1 if there is none. */
  private static long first(PlanCondition what, List<Row> rows) {
    Condition condition = Leaves.of(what);
    for (Row row : rows) {
      List<Object> values = new ArrayList<>();
      condition.metrics().forEach(metric -> values.add(row.values().get(metric)));
      if (values.contains(null)) {
        condition.interrupted();
      } else if (condition.holds(new MadeUp(0, row.price(), values))) {
        return row.id();
      }
    }
    return -1;
  }

  private static Evaluation evaluation(Map<String, Long> found) {
    return new Evaluation(
        Market.BTC,
        (PlanCondition condition, Instrument instrument) -> Leaves.of(condition),
        Clock.SYSTEM,
        new Verdicts() {
          @Override
          public void triggered(Watch watch, PlanTrigger trigger) {
            assertThat(found.put(trigger.planId(), trigger.tradeId())).isNull();
          }

          @Override
          public void expired(Watch watch) {
            throw new IllegalStateException("Nothing expires here");
          }
        });
  }

  private record Row(long id, BigDecimal price, Map<String, BigDecimal> values) {}

  /** Shows an evaluation the trades, and notes the values. */
  private record Both(Evaluation evaluation, List<Row> rows) implements OrderFlowListener {
    @Override
    public List<String> metrics(Instrument instrument) {
      return evaluation.metrics();
    }

    @Override
    public void onMoments(FlowMoments moments) {
      for (int i = 0; i < moments.size(); i++) {
        Map<String, BigDecimal> values = new HashMap<>();
        for (int k = 0; k < moments.metrics().size(); k++) {
          values.put(moments.metrics().get(k), (BigDecimal) moments.usable(i, k));
        }
        rows.add(new Row(moments.id(i), Market.BTC.price(moments.price(i)), values));
      }
      evaluation.look(moments);
    }
  }
}
