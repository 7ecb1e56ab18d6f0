package io.tapeflow.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.BatchComponent;
import io.tapeflow.metrics.absorption.AbsorptionFactory;
import io.tapeflow.metrics.bar.BarsFamily;
import io.tapeflow.metrics.cvd.CvdFactory;
import io.tapeflow.metrics.divergence.DivergenceFactory;
import io.tapeflow.metrics.large.LargeFactory;
import io.tapeflow.metrics.speed.SpeedFactory;
import io.tapeflow.metrics.vwap.VwapFactory;
import io.tapeflow.plan.check.PlanCheck;
import io.tapeflow.plan.condition.StandardConditions;
import io.tapeflow.plan.evaluate.Beginning;
import io.tapeflow.plan.evaluate.Evaluation;
import io.tapeflow.plan.evaluate.Verdicts;
import io.tapeflow.plan.evaluate.Watch;
import io.tapeflow.plan.text.PlanFile;
import io.tapeflow.tasks.Clock;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Each condition, as a plan writes it, on the real metrics of a made-up market of four hours: it
 * triggers at the first trade at which what the manual says is so, and at none before.
 */
class ConditionTriggersTest {
  private static final int TRADES = 9_000;

  private static final List<Case> CASES =
      List.of(
          new Case("delta_positive: {threshold: 30}", at -> at.real("delta.60s") > 30),
          new Case("delta_negative: {window: 30s}", at -> at.real("delta.30s") < 0),
          new Case(
              "cvd_rising: {r2: 0.9, window: 300s}",
              at ->
                  at.real("cvd.slope.normalised.300s") > 0 && at.real("cvd.slope.r2.300s") >= 0.9),
          new Case(
              "cvd_falling: true",
              at ->
                  at.real("cvd.slope.normalised.bar60s") < 0
                      && at.real("cvd.slope.r2.bar60s") >= 0.3),
          new Case("cvd_div_bull: true", at -> at.word("divergence.pivot.bar60s").equals("BULL")),
          new Case("cvd_div_bear: true", at -> at.word("divergence.pivot.bar60s").equals("BEAR")),
          new Case(
              "delta_divergence_bull: {form: turnaround}",
              at -> at.word("divergence.turnaround.bar60s").equals("BULL")),
          new Case(
              "delta_divergence_bear: {strength: 0.2}",
              at ->
                  at.word("divergence.bar.bar60s").equals("BEAR")
                      && strength(at.rows("divergence.recent.bar60s"), "BAR", "BEAR") >= 0.2),
          new Case("absorption_zone_detected: true", at -> nearZone(at, "SELL", 0.1)),
          new Case("absorption_zone_detected: {absorbed: BUY}", at -> nearZone(at, "BUY", 0.1)),
          new Case(
              "avoid_absorption_zones: {distance: 0.05}, price_near: {price: 50150, tolerance: 20}",
              at ->
                  !nearZone(at, "BUY", 0.05)
                      && !nearZone(at, "SELL", 0.05)
                      && Math.abs(at.price.doubleValue() - 50_150) <= 20),
          new Case("vwap_deviation: 2.5", at -> Math.abs(at.real("vwap.z.300s")) >= 2.5),
          new Case(
              "vwap_deviation: {threshold: 0.1, direction: below, measure: percent}",
              at -> at.real("vwap.deviation.300s") <= -0.1),
          new Case("volume_spike: {threshold: 15}", at -> at.real("speed.spike.10s") >= 15),
          new Case("volume_above: 30", at -> at.real("volume.60s") > 30),
          new Case(
              "price_near: {price: 50010, tolerance: 0.5}",
              at -> Math.abs(at.price.doubleValue() - 50_010) <= 0.5),
          new Case(
              "whale_buy: {threshold: 300000, within: 20s}, price_near: {price: 50150, tolerance:"
                  + " 20}",
              at ->
                  greatest(at, "large.peaks.buy.300s", 20) >= 300_000
                      && Math.abs(at.price.doubleValue() - 50_150) <= 20),
          new Case(
              "whale_sell: {threshold: 150000}",
              at -> greatest(at, "large.peaks.sell.300s", 60) >= 150_000),
          new Case("cvd_flip_confirmed: {least: 2}", at -> flipped(at, 1, 2)),
          new Case("cvd_flip_confirmed: {direction: DOWN}", at -> flipped(at, -1, 0)),
          new Case("momentum_flip_confirmed: true", at -> momentum(at, 1)),
          new Case("momentum_flip_confirmed: {direction: DOWN}", at -> momentum(at, -1)),
          new Case(
              "tick_rate_declining: {ratio: 0.3}",
              at -> at.real("speed.trades.15s") <= 0.3 * at.real("speed.trades.60s")));

  @Test
  void eachTriggersAtTheRightTrade() {
    assertThat(CASES.stream().map(Case::name).distinct())
        .as("all that can be met")
        .containsExactlyInAnyOrderElementsOf(
            StandardConditions.all().stream()
                .map(ConditionFactory::info)
                .filter(info -> info.unavailable().isEmpty())
                .map(info -> info.name())
                .collect(Collectors.toSet()));

    Map<String, PlanTrigger> triggers = new HashMap<>();
    List<At> moments = run(triggers);

    for (int i = 0; i < CASES.size(); i++) {
      Case what = CASES.get(i);
      int right = -1;
      int denied = 0;
      for (int k = 0; k < moments.size() && right < 0; k++) {
        try {
          if (what.holds.test(moments.get(k))) {
            right = k;
          } else {
            denied++;
          }
        } catch (Untold e) {
          // It must not trigger here.
        }
      }
      assertThat(right).as(what.conditions + " is met").isGreaterThan(0);
      assertThat(denied).as(what.conditions + " is not met at first").isGreaterThan(0);
      assertThat(triggers).as(what.conditions).containsKey("p" + i);
      PlanTrigger trigger = triggers.get("p" + i);
      assertThat(trigger.tradeId()).as(what.conditions).isEqualTo(moments.get(right).id);
      assertThat(trigger.price()).isEqualByComparingTo(moments.get(right).price);
      assertThat(trigger.evidence())
          .as(what.conditions)
          .allMatch(it -> it.status() == MetricStatus.OK && it.complete());
    }
  }

  /** Shows all plans all trades; what metrics said at each is returned. */
  private static List<At> run(Map<String, PlanTrigger> triggers) {
    Registry registry = new Registry(() -> null);
    StandardConditions.all().forEach(registry::add);
    Evaluation evaluation =
        new Evaluation(
            Market.BTC,
            registry,
            Clock.SYSTEM,
            new Verdicts() {
              @Override
              public void triggered(Watch watch, PlanTrigger trigger) {
                assertThat(triggers.put(trigger.planId(), trigger)).isNull();
              }

              @Override
              public void expired(Watch watch) {
                throw new IllegalStateException("Nothing expires here");
              }
            });
    List<Watch> watches = new ArrayList<>();
    for (int i = 0; i < CASES.size(); i++) {
      String text =
          "{id: p%d, instrument: BTCUSDT, direction: BUY, conditions: {%s}}"
              .formatted(i, CASES.get(i).conditions);
      assertThat(new PlanCheck().apply("test", text)).isEmpty();
      PlanDraft draft = PlanFile.read("test", text).get(0);
      watches.add(
          new Watch(
              draft.plan(),
              registry.resolve(draft.plan(), draft.plan().condition()),
              Beginning.AT_ONCE));
    }
    evaluation.set(watches);
    List<String> metrics = evaluation.metrics();
    List<At> moments = new ArrayList<>();
    BatchComponent batch = new BatchComponent(Map.of());
    families()
        .forEach((name, family) -> batch.addFamily(family, Map.of(MetricFactory.FAMILY, name)));
    batch.show(
        new OrderFlowListener() {
          @Override
          public List<String> metrics(Instrument instrument) {
            return metrics;
          }

          @Override
          public void onMoments(FlowMoments shown) {
            for (int i = 0; i < shown.size(); i++) {
              moments.add(At.of(shown, i, moments));
            }
            evaluation.look(shown);
          }
        });
    market().feed(batch, 0, 50);
    return moments;
  }

  private static Map<String, MetricFactory> families() {
    Map<String, MetricFactory> families = new HashMap<>();
    families.put("absorption", new AbsorptionFactory(Map.of()));
    families.put("bars", new BarsFamily(Map.of()));
    families.put("cvd", new CvdFactory(Map.of()));
    families.put("divergence", new DivergenceFactory(Map.of()));
    families.put("large", new LargeFactory(Map.of()));
    families.put("speed", new SpeedFactory(Map.of()));
    families.put("vwap", new VwapFactory(Map.of()));
    return families;
  }

  /** Waves of buying and selling, great orders now and then, and stretches that hold the price. */
  private static Market market() {
    Market market = new Market();
    Random random = new Random(5);
    double price = 50_000;
    for (int i = 0; i < TRADES; i++) {
      int minute = i / 37;
      double mood = Math.sin(minute / 7.0) + 0.6 * Math.sin(minute / 2.3 + 1);
      boolean buy = random.nextDouble() < 0.5 + 0.25 * mood;
      boolean held = minute % 13 == 5;
      double size = Math.exp(random.nextGaussian() - 2) * (held ? 20 : 1);
      boolean great = random.nextInt(900) == 0;
      BigDecimal quantity = BigDecimal.valueOf((long) (1_000 * (great ? size + 4 : size)) + 1, 3);
      price += held ? 0 : (buy ? 1 : -1) * random.nextDouble() * 2 - mood * 0.1;
      BigDecimal at = BigDecimal.valueOf((long) (price * 10), 1);
      if (buy) {
        market.buy(at.toPlainString(), quantity.toPlainString());
      } else {
        market.sell(at.toPlainString(), quantity.toPlainString());
      }
      market.passSeconds(random.nextInt(minute % 9 == 3 ? 8 : 3));
    }
    return market;
  }

  private static double strength(List<MetricRow> rows, String form, String side) {
    for (MetricRow row : rows) {
      if (form.equals(row.fields().get("form")) && side.equals(row.fields().get("side"))) {
        return ((BigDecimal) row.fields().get("strength")).doubleValue();
      }
    }
    return -1;
  }

  private static boolean nearZone(At at, String absorbed, double percent) {
    double price = at.price.doubleValue();
    for (MetricRow zone : at.rows("absorption.trade.zones")) {
      BiFunction<String, Double, Double> off =
          (edge, side) -> side * (price - ((BigDecimal) zone.fields().get(edge)).doubleValue());
      double distance = Math.max(off.apply("low", -1.0), off.apply("high", 1.0));
      if (absorbed.equals(zone.fields().get("absorbed"))
          && ((BigDecimal) zone.fields().get("value")).doubleValue() >= 100_000
          && distance <= price * percent / 100) {
        return true;
      }
    }
    return false;
  }

  private static double greatest(At at, String peaks, long seconds) {
    return at.rows(peaks).stream()
        .map(MetricRow::fields)
        .filter(
            it ->
                ((BigDecimal) it.get("timeMicros")).longValue()
                    > at.timeMicros - seconds * 1_000_000)
        .mapToDouble(it -> ((BigDecimal) it.get("value")).doubleValue())
        .max()
        .orElse(0);
  }

  /** Looks back over all trades that adjoin. */
  private static boolean flipped(At at, int direction, double least) {
    List<At> trades = at.andBefore("delta.30s");
    int turned = 0;
    boolean on = false;
    for (int i = 0; i < trades.size(); i++) {
      double along = direction * trades.get(i).real("delta.30s");
      if (along <= 0) {
        on = false;
      } else if (!on) {
        long oldest = trades.get(i).timeMicros - 300_000_000L;
        double farthest =
            trades.subList(turned, i).stream()
                .filter(it -> it.timeMicros > oldest)
                .mapToDouble(it -> -direction * it.real("delta.30s"))
                .max()
                .orElse(0);
        on = farthest > 0 && farthest >= least && along >= 0.8 * farthest - 1e-12;
        turned = on ? i : turned;
      }
    }
    return on;
  }

  private static boolean momentum(At at, int direction) {
    double number = at.real("bar.number.bar60s");
    double way = at.real("close.bar60s") - at.real("open.bar60s");
    for (At earlier : at.andBefore("bar.number.bar60s")) {
      if (earlier.real("bar.number.bar60s") == number - 1) {
        double before = earlier.real("close.bar60s") - earlier.real("open.bar60s");
        return direction * way > 0
            && direction * before < 0
            && direction * at.real("delta.bar60s") > 0;
      }
    }
    return false;
  }

  /**
   * A condition.
   *
   * @param conditions as a plan has it
   * @param holds what it means, by the manual
   */
  private record Case(String conditions, Predicate<At> holds) {
    String name() {
      return conditions.substring(0, conditions.indexOf(':'));
    }
  }

  /** A metric must not be acted upon. */
  private static final class Untold extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Untold(String metric) {
      super(metric, null, false, false);
    }
  }

  /** What metrics said at a trade; {@code all} are those of all trades, in their order. */
  private record At(
      int index,
      long id,
      BigDecimal price,
      long timeMicros,
      Map<String, MetricValue> values,
      List<At> all) {
    static At of(FlowMoments moments, int moment, List<At> all) {
      Map<String, MetricValue> values = new HashMap<>();
      for (int i = 0; i < moments.metrics().size(); i++) {
        values.put(moments.metrics().get(i), moments.value(moment, i));
      }
      return new At(
          all.size(),
          moments.id(moment),
          moments.instrument().price(moments.price(moment)),
          moments.timeMicros(moment),
          values,
          all);
    }

    Object value(String metric) {
      MetricValue value = values.get(metric);
      if (value.status() != MetricStatus.OK || !value.complete()) {
        throw new Untold(metric);
      }
      return value.value();
    }

    double real(String metric) {
      return ((BigDecimal) value(metric)).doubleValue();
    }

    String word(String metric) {
      return (String) value(metric);
    }

    @SuppressWarnings("unchecked") // A metric that is a list is one of rows, by the API.
    List<MetricRow> rows(String metric) {
      return (List<MetricRow>) value(metric);
    }

    /** The trades up to this one, from the one on since which a metric could be told. */
    List<At> andBefore(String metric) {
      int from = index;
      while (from > 0 && all.get(from - 1).values.get(metric).status() == MetricStatus.OK) {
        from--;
      }
      return all.subList(from, index + 1);
    }
  }
}
