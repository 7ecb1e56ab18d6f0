package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeGap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is shown at each trade is what a snapshot at that trade says. */
class MomentsTest {
  private static final Instrument INSTRUMENT = TradeMix.LIVELY.instrument();
  private static final List<Trade> TRADES = withHole(TradeMix.LIVELY.trades(500, 7));

  @Test
  void theMetricsAtEachTradeAreThoseOfASnapshotAtIt() {
    BatchComponent single = batch();
    single.trades(new TestBatch(TRADES.subList(0, 1)));
    List<String> names = single.metrics(INSTRUMENT.key()).stream().map(MetricInfo::name).toList();
    assertThat(names).hasSizeGreaterThan(200);

    BatchComponent whole = batch();
    Seen seen = new Seen(names);
    whole.show(seen);
    feed(whole, 200);

    BatchComponent stepped = batch();
    for (int i = 0; i < TRADES.size(); i++) {
      gap(stepped, i);
      stepped.trades(new TestBatch(TRADES.subList(i, i + 1)));
      MetricSnapshot snapshot = stepped.snapshot(INSTRUMENT.key());
      Row row = seen.rows.get(i);
      assertThat(row.id()).isEqualTo(snapshot.lastTradeId());
      for (int k = 0; k < names.size(); k++) {
        MetricValue expected = snapshot.metric(names.get(k));
        assertThat(row.values().get(k)).as("%s at %s", names.get(k), row.id()).isEqualTo(expected);
        assertThat(row.usable().get(k) == null).isEqualTo(!expected.usable());
      }
    }
    assertThat(seen.rows).hasSameSizeAs(TRADES);
  }

  @Test
  void whoWantsFewIsShownTheSame() {
    List<String> few = List.of("cvd.start", "large.net.300s", "no.such.metric", "delta.60s");
    BatchComponent one = batch();
    Seen cut = new Seen(few);
    one.show(cut);
    feed(one, 3);
    BatchComponent other = batch();
    Seen whole = new Seen(few);
    other.show(whole);
    feed(other, 500);

    assertThat(cut.rows).isEqualTo(whole.rows);
    MetricValue unknown = whole.rows.get(9).values().get(2);
    assertThat(unknown.status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(unknown.reason()).isEqualTo("There is no metric no.such.metric");
    MetricValue broken = whole.rows.get(300).values().get(0);
    assertThat(broken.status()).isEqualTo(MetricStatus.OK);
    assertThat(broken.complete()).isFalse();
    assertThat(whole.rows.get(300).usable().get(0)).isNull();
  }

  @Test
  void oneWhoThrowsIsAskedAgainAndHarmsNobody() {
    OrderFlowComponent component = new OrderFlowComponent(Map.of(), new TestClock(TestMarket.NOON));
    component.addStream(new TestStream(INSTRUMENT));
    Seen seen = new Seen(List.of("cvd.start"));
    List<Long> thrown = new ArrayList<>();
    component.addListener(
        new OrderFlowListener() {
          @Override
          public List<String> metrics(Instrument instrument) {
            return List.of("price.last");
          }

          @Override
          public void onMoments(FlowMoments moments) {
            thrown.add(moments.id(0));
            throw new IllegalStateException("for the test");
          }
        });
    component.addListener(seen);
    component.onTrades(new TestBatch(TRADES.subList(0, 10)));
    component.onTrades(new TestBatch(TRADES.subList(10, 20)));

    assertThat(thrown).hasSize(2);
    assertThat(seen.rows).hasSize(20);
    component.removeListener(seen);
    component.onTrades(new TestBatch(TRADES.subList(20, 30)));
    assertThat(seen.rows).hasSize(20);
  }

  private static void feed(BatchComponent batch, int size) {
    int from = 0;
    while (from < TRADES.size()) {
      gap(batch, from);
      int to = Math.min(TRADES.size(), from + size);
      to = from < 250 ? Math.min(to, 250) : to;
      batch.trades(new TestBatch(TRADES.subList(from, to)));
      from = to;
    }
  }

  private static void gap(BatchComponent batch, int next) {
    if (next == 250) {
      long first = TRADES.get(249).id() + 1;
      batch.gap(new TradeGap(INSTRUMENT, first, first + 1, TradeGap.Cause.MISSING));
    }
  }

  /** Two ids are missing ahead of the 250th trade. */
  private static List<Trade> withHole(List<Trade> trades) {
    List<Trade> holed = new ArrayList<>(trades.subList(0, 250));
    for (Trade it : trades.subList(250, trades.size())) {
      holed.add(
          new Trade(
              it.instrument(),
              it.id() + 2,
              it.price(),
              it.quantity(),
              it.timeMicros(),
              it.receivedMicros(),
              it.aggressor(),
              it.fills(),
              it.repaired(),
              it.block()));
    }
    return holed;
  }

  private static BatchComponent batch() {
    BatchComponent batch = new BatchComponent(Map.of());
    AllFamilies.make()
        .forEach((name, family) -> batch.addFamily(family, Map.of(MetricFactory.FAMILY, name)));
    return batch;
  }

  private record Row(long id, long time, List<MetricValue> values, List<Object> usable) {}

  private static final class Seen implements OrderFlowListener {
    private final List<String> names;
    private final List<Row> rows = new ArrayList<>();

    Seen(List<String> names) {
      this.names = names;
    }

    @Override
    public List<String> metrics(Instrument instrument) {
      return names;
    }

    @Override
    public void onMoments(FlowMoments moments) {
      for (int i = 0; i < moments.size(); i++) {
        List<MetricValue> values = new ArrayList<>();
        List<Object> usable = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
          values.add(moments.value(i, k));
          usable.add(moments.usable(i, k));
        }
        rows.add(new Row(moments.id(i), moments.timeMicros(i), values, usable));
      }
    }
  }
}
