package io.tapeflow.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanEvaluation;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.metrics.BatchComponent;
import io.tapeflow.plan.text.Expression;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One bought unit each second, at the prices that a test says. */
class BacktestTest {
  private static final Instrument BTC = new Instrument("venue", "BTCUSDT", 0, 0);

  @Test
  void triggersAtTheRightTradeAndFollowsToTheTarget() {
    assertThat(lines(plan(Side.BUY, 100, 98, 104), "cvd.start > 2", 99, 99, 101, 100, 99, 103, 105))
        .containsExactly(
            "Plan p: triggered at trade 4, 100, 1970-01-01T00:00:04Z; outcome target after 3 s,"
                + " +2.00 R",
            "  on cvd.start = 4",
            "Plans: 1 triggered, 1 closed, +2.00 R together");
  }

  @Test
  void aStopIsClosedAtTheTradesOwnPrice() {
    assertThat(lines(plan(Side.BUY, 100, 98, 104), "cvd.start > 2", 100, 100, 100, 97, 105))
        .first()
        .asString()
        .endsWith(
            "triggered at trade 3, 100, 1970-01-01T00:00:03Z; outcome stop after 1 s, -1.50 R");
  }

  @Test
  void sellingIsTheMirrorAndAnOutcomeMayStayOpen() {
    assertThat(lines(plan(Side.SELL, 100, 102, 96), "cvd.start > 2", 100, 100, 100, 99, 101))
        .first()
        .asString()
        .endsWith("outcome open after 2 s, -0.50 R");
  }

  @Test
  void thereIsNoOutcomeBeyondTheStop() {
    assertThat(lines(plan(Side.BUY, 100, 98, 104), "cvd.start > 2", 90, 90, 90, 105))
        .first()
        .asString()
        .endsWith("outcome none, the price was beyond the stop");
  }

  @Test
  void aPlanThatDoesNotTriggerSaysHowItStands() {
    assertThat(lines(plan(Side.BUY, 100, 98, 104), "cvd.start > 9", 100, 101))
        .containsExactly(
            "Plan p: not triggered; at the end price <= 100 FAILS, cvd.start > 9 FAILS");
  }

  private static List<String> lines(Plan prices, String expression, long... trades) {
    PlanCondition condition = Expression.read(expression, "conditions").condition();
    Plan plan =
        new Plan(
            "p",
            "BTCUSDT",
            prices.direction(),
            prices.entry(),
            prices.stopLoss(),
            prices.takeProfit(),
            null,
            condition,
            null,
            PlanEvaluation.EVERY_TRADE);
    Backtest backtest = new Backtest(List.of(plan));
    BatchComponent batch = new BatchComponent(Map.of());
    batch.show(backtest);
    for (int i = 0; i < trades.length; i++) {
      batch.trades(new One(i + 1, trades[i]));
    }
    return backtest.lines();
  }

  private static Plan plan(Side side, int entry, int stop, int target) {
    return new Plan(
        "p",
        "BTCUSDT",
        side,
        BigDecimal.valueOf(entry),
        BigDecimal.valueOf(stop),
        BigDecimal.valueOf(target),
        null,
        null,
        null,
        PlanEvaluation.EVERY_TRADE);
  }

  private record One(long number, long at) implements TradeBatch {
    @Override
    public Instrument instrument() {
      return BTC;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public long id(int index) {
      return number;
    }

    @Override
    public long price(int index) {
      return at;
    }

    @Override
    public long quantity(int index) {
      return 1;
    }

    @Override
    public long timeMicros(int index) {
      return number * 1_000_000;
    }

    @Override
    public long receivedMicros(int index) {
      return timeMicros(index);
    }

    @Override
    public Side aggressor(int index) {
      return Side.BUY;
    }

    @Override
    public int fills(int index) {
      return 1;
    }

    @Override
    public boolean repaired(int index) {
      return false;
    }

    @Override
    public boolean block(int index) {
      return false;
    }
  }
}
