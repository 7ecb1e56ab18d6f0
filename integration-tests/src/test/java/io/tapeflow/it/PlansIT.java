package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition.Comparison;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanListener;
import io.tapeflow.api.plan.PlanSource;
import io.tapeflow.api.plan.PlanState.Kind;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.plan.Plans;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/** Plans of a host trigger once, at the right trade, while bundles go and come back. */
public class PlansIT extends ShippedIT {
  private static final String SYMBOL = "BTCUSDT";
  private static final double RATE = 1_000;
  private static final int PLANS = 30;
  private static final int APART = 500;
  private static final int ROUNDS = 6;

  @Test
  public void eachTriggersOnceAtItsTradeWhileBundlesAreReplaced()
      throws BundleException, IOException {
    Venue venue = Venue.generated(host(), "plans", RATE, SYMBOL);
    Stream stream = Stream.to(venue, host(), "plans", SYMBOL);
    stream.awaitLive();
    Metrics.await(host(), SYMBOL, snapshot -> snapshot.lastTradeId() > 0);
    long firstId = stream.instrument(SYMBOL).firstId();
    // Some seconds ahead: plans look only at what comes once they are there.
    long begin = stream.lastId(SYMBOL) - firstId + 5_000;
    Triggers triggers = new Triggers();
    ServiceRegistration<PlanListener> listener =
        host().context().registerService(PlanListener.class, triggers, null);
    ServiceRegistration<PlanSource> source =
        host().context().registerService(PlanSource.class, () -> plans(begin), null);

    Bundle plans = host().bundle("io.tapeflow.plan");
    Bundle metrics = host().bundle("io.tapeflow.metrics");
    Gapless gapless = new Gapless();
    ServiceRegistration<OrderFlowListener> watch =
        host().context().registerService(OrderFlowListener.class, gapless, null);
    for (int round = 0; round < ROUNDS; round++) {
      int seen = triggers.tradeIds.size();
      if (round % 3 == 0) {
        update(plans, "io.tapeflow.plan.jar");
      } else if (round % 3 == 1) {
        plans.stop();
        long gone = stream.lastId(SYMBOL);
        Awaitility.await("trades without plans")
            .atMost(Host.PATIENCE)
            .until(() -> stream.lastId(SYMBOL) > gone + 2 * APART);
        plans.start();
      } else {
        update(metrics, "io.tapeflow.metrics.jar");
      }
      Awaitility.await("a trigger behind round " + round)
          .atMost(Host.PATIENCE)
          .until(() -> triggers.tradeIds.size() > seen || triggers.tradeIds.size() == PLANS);
    }
    Awaitility.await("all triggers")
        .atMost(Host.PATIENCE.multipliedBy(3))
        .until(() -> triggers.tradeIds.size() == PLANS);

    for (int i = 0; i < PLANS; i++) {
      // The plan waits for that many trades since the first one.
      assertThat(triggers.tradeIds.get(id(i)))
          .as(id(i))
          .isEqualTo(firstId + begin + (long) i * APART - 1);
    }
    assertThat(triggers.repeats).isEmpty();
    watch.unregister();
    assertThat(gapless.trades.get()).isPositive();
    assertThat(gapless.without).isEmpty();
    host()
        .tell(
            Plans.class,
            null,
            it ->
                assertThat(it.list())
                    .hasSize(PLANS)
                    .allMatch(status -> status.state().kind() == Kind.TRIGGERED));
    new Verdicts(host()).await(1, PASS);
    source.unregister();
    listener.unregister();
  }

  private static List<PlanDraft> plans(long begin) {
    List<PlanDraft> plans = new ArrayList<>();
    for (int i = 0; i < PLANS; i++) {
      Comparison reached =
          new Comparison(
              new Operand.Metric("trades.start"),
              Relation.AT_LEAST,
              new Operand.Constant(BigDecimal.valueOf(begin + (long) i * APART)));
      plans.add(new PlanDraft(new Plan(id(i), SYMBOL, Side.BUY, reached)));
    }
    return plans;
  }

  private static String id(int number) {
    return "plan-" + number;
  }

  private static void update(Bundle bundle, String jar) throws BundleException, IOException {
    try (InputStream bytes = Files.newInputStream(ShippedHome.jar(jar))) {
      bundle.update(bytes);
    }
  }

  /** At every trade, also while metrics are replaced, what families compute is there. */
  private static final class Gapless implements OrderFlowListener {
    private final List<String> wanted = List.of("vwap.session");
    private final List<Long> without = new CopyOnWriteArrayList<>();
    private volatile long lastId;
    private final AtomicLong trades = new AtomicLong();

    @Override
    public List<String> metrics(Instrument instrument) {
      return wanted;
    }

    @Override
    public void onMoments(FlowMoments moments) {
      for (int i = 0; i < moments.size(); i++) {
        boolean next = lastId == 0 || moments.id(i) == lastId + 1;
        if (!next || moments.value(i, 0).value() == null) {
          without.add(moments.id(i));
        }
        lastId = moments.id(i);
        trades.incrementAndGet();
      }
    }
  }

  /** Where each plan has triggered. */
  private static final class Triggers implements PlanListener {
    private final Map<String, Long> tradeIds = new ConcurrentSkipListMap<>();
    private final List<String> repeats = new ArrayList<>();

    @Override
    public void onTrigger(Plan plan, PlanTrigger trigger, boolean again) {
      Long before = tradeIds.put(plan.id(), trigger.tradeId());
      // One that was told ahead of a stop may be told again after it, as the very same one.
      if (before != null && (!again || before != trigger.tradeId())) {
        repeats.add(plan.id() + " at " + before + " and " + trigger.tradeId());
      }
    }
  }
}
