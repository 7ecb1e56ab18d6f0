package io.tapeflow.plan.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanEvaluation;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.trade.Side;
import io.tapeflow.plan.check.PlanCheck;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** 10 000 files, right and wrong: none crashes, hangs or is taken for something else. */
class PlanFilesTest {
  /** Far more than any of them takes, so that only one that hangs is found. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

  @Property(tries = 4_000)
  void rightFilesAreTheirPlans(@ForAll("plans") Plan plan, @ForAll boolean json) {
    List<PlanDraft> drafts = PlanFile.read("a", text(plan, json));
    assertThat(drafts).hasSize(1);
    assertThat(drafts.get(0).faults()).isEmpty();
    assertThat(drafts.get(0).plan()).isEqualTo(plan);
  }

  /** A file that lost, doubled or changed some characters: the same plans, or faults. */
  @Property(tries = 4_000)
  void damagedFilesAreReadOrRefused(
      @ForAll("plans") Plan plan, @ForAll boolean json, @ForAll("damages") List<Damage> damages) {
    String text = text(plan, json);
    for (Damage damage : damages) {
      text = damage.to(text);
    }
    holds(text);
  }

  /** The beginning of a file, as somebody sees it who reads while it is being written. */
  @Property(tries = 1_000)
  void halfOfAJsonFileIsNoPlan(@ForAll("plans") Plan plan, @ForAll("shares") double share) {
    String text = text(plan, true).strip();
    String half = text.substring(0, (int) (share * (text.length() - 1)));
    assertThat(PlanFile.read("a", half)).noneMatch(it -> it.faults().isEmpty());
  }

  @Property(tries = 1_000)
  void noiseIsRefused(@ForAll("noise") String text) {
    holds(text);
  }

  private static void holds(String text) {
    long start = System.nanoTime();
    List<PlanDraft> drafts = PlanFile.read("a", text);
    List<String> lines = new PlanCheck().apply("a", text);
    assertThat(System.nanoTime() - start).isLessThan(MOST_NANOS);
    assertThat(drafts).isNotEmpty();
    for (PlanDraft draft : drafts) {
      for (PlanFault fault : draft.faults()) {
        assertThat(fault.line()).isBetween(1, (int) text.lines().count() + 1);
        assertThat(fault.what()).isNotEmpty();
      }
      if (draft.faults().isEmpty()) {
        assertThat(PlanFile.read("a", text(draft.plan(), true)))
            .extracting(PlanDraft::plan)
            .containsExactly(draft.plan());
      }
    }
    boolean faulty = drafts.stream().anyMatch(it -> !it.faults().isEmpty());
    assertThat(!faulty || !lines.isEmpty()).isTrue();
  }

  private static String text(Plan plan, boolean json) {
    StringJoiner fields = json ? new StringJoiner(",\n  ", "{", "}\n") : new StringJoiner("\n");
    String quote = json ? "\"" : "";
    add(fields, quote, "id", quoted(plan.id()));
    add(fields, quote, "instrument", quoted(plan.instrument()));
    add(fields, quote, "direction", quoted(plan.direction().name()));
    add(fields, quote, "entry", plain(plan.entry()));
    add(fields, quote, "stopLoss", plain(plan.stopLoss()));
    add(fields, quote, "takeProfit", plain(plan.takeProfit()));
    add(fields, quote, "tolerance", plain(plan.tolerance()));
    add(
        fields,
        quote,
        "expires",
        plan.expires() == null ? null : quoted(plan.expires().toString()));
    add(
        fields,
        quote,
        "evaluate",
        plan.evaluation().everyTrade() ? null : quoted(plan.evaluation().seconds() + "s"));
    add(
        fields,
        quote,
        "conditions",
        plan.condition() == null ? null : quoted(Expression.write(plan.condition())));
    return fields.toString();
  }

  private static void add(StringJoiner fields, String quote, String name, String value) {
    if (value != null) {
      fields.add(quote + name + quote + ": " + value);
    }
  }

  private static String plain(BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      boolean plain = sign >= ' ' && sign < 127 && sign != '"' && sign != '\\';
      quoted.append(plain ? String.valueOf(sign) : String.format("\\u%04x", (int) sign));
    }
    return quoted.append('"').toString();
  }

  @Provide
  Arbitrary<Plan> plans() {
    return Combinators.combine(
            Arbitraries.strings().alpha().numeric().withChars("_-.").ofMinLength(1).ofMaxLength(20),
            Arbitraries.of("BTCUSDT", "binance-spot:ETHUSDT"),
            Arbitraries.of(Side.BUY, Side.SELL),
            prices().list().ofSize(4),
            Arbitraries.of(EXPRESSIONS).injectNull(0.1),
            Arbitraries.longs().between(0, 4_000_000_000L).injectNull(0.5),
            Arbitraries.integers().between(0, 86_400))
        .as(
            (id, instrument, side, prices, expression, expires, seconds) ->
                new Plan(
                    id,
                    instrument,
                    side,
                    prices.get(0),
                    prices.get(1),
                    prices.get(2),
                    prices.get(3),
                    condition(expression),
                    expires == null ? null : Instant.ofEpochSecond(expires),
                    new PlanEvaluation(seconds)));
  }

  private static final List<String> EXPRESSIONS =
      List.of(
          "delta_positive",
          "vwap_deviation(threshold: 2.0, direction: below) and volume_spike",
          "not whale_sell(within: 30s) for 5s or delta.60s > 5 base",
          "confluence(0.5: cvd_rising, 0.5: price in [1, 2], enable: 0.8, suspend: 0.5)",
          "dominant.60s == 'BUY' and imbalance.60s from 0.5 until 0.2 cooldown 1m",
          "none(cvd_div_bear, price crosses above vwap.session) within 10s");

  private static PlanCondition condition(String expression) {
    return expression == null ? null : Expression.read(expression, "conditions").condition();
  }

  private static Arbitrary<BigDecimal> prices() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("-10"), new BigDecimal("1000000"))
        .ofScale(4)
        .injectNull(0.4);
  }

  @Provide
  Arbitrary<Double> shares() {
    return Arbitraries.doubles().between(0, 1);
  }

  @Provide
  Arbitrary<List<Damage>> damages() {
    return Combinators.combine(
            Arbitraries.doubles().between(0, 1),
            Arbitraries.integers().between(0, 12),
            Arbitraries.oneOf(
                Arbitraries.of(
                    "",
                    "",
                    ": ",
                    "\n",
                    "- ",
                    "{",
                    "}",
                    "[",
                    "]",
                    "'",
                    "\"",
                    "&a ",
                    "*a",
                    "!!x ",
                    "#",
                    ",",
                    "---\n",
                    "id: z\n",
                    "\t",
                    " and ",
                    "(",
                    ")",
                    "1e999999999"),
                Arbitraries.strings().ofMaxLength(3)))
        .as(Damage::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(200),
        Arbitraries.strings().withChars("{}[]:,-&*!|>'\"%@`# \n\tabi0.").ofMaxLength(200));
  }

  /** Some characters give way to others. */
  record Damage(double where, int length, String by) {
    String to(String text) {
      int from = (int) (where * text.length());
      return text.substring(0, from) + by + text.substring(Math.min(text.length(), from + length));
    }
  }
}
