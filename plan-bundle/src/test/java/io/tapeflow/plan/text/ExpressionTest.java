package io.tapeflow.plan.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import io.tapeflow.api.plan.PlanCondition.Weighted;
import io.tapeflow.api.plan.PlanFault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ExpressionTest {
  @Test
  void readsAsPrecedenceSays() {
    assertThat(read("a or b and not c for 5s"))
        .isEqualTo(
            new PlanCondition.Any(
                List.of(
                    named("a"),
                    new PlanCondition.All(
                        List.of(
                            named("b"),
                            new PlanCondition.None(
                                List.of(
                                    new PlanCondition.HeldFor(
                                        named("c"), Duration.ofSeconds(5)))))))));
  }

  @Test
  void readsEachForm() {
    assertThat(read("delta.60s > 5 base"))
        .isEqualTo(
            new PlanCondition.Comparison(
                new Operand.Metric("delta.60s"),
                Relation.MORE,
                new Operand.Constant(new BigDecimal("5"), "base")));
    assertThat(read("price crosses above vwap.session"))
        .isEqualTo(
            new PlanCondition.Comparison(
                new Operand.Price(), Relation.CROSSES_ABOVE, new Operand.Metric("vwap.session")));
    assertThat(read("dominant.60s == 'BUY'"))
        .isEqualTo(
            new PlanCondition.Comparison(
                new Operand.Metric("dominant.60s"), Relation.EQUAL, new Operand.Word("BUY")));
    assertThat(read("delta.60s outside [-1, 2.50]"))
        .isEqualTo(
            new PlanCondition.Band(
                new Operand.Metric("delta.60s"),
                new BigDecimal("-1"),
                new BigDecimal("2.5"),
                false));
    assertThat(read("delta.60s from 5 until 2"))
        .isEqualTo(
            new PlanCondition.Hysteresis(
                new Operand.Metric("delta.60s"), new BigDecimal("5"), new BigDecimal("2")));
    assertThat(read("vwap_deviation(threshold: 2.0, direction: below, window: 5m, session: false)"))
        .isEqualTo(
            new PlanCondition.Named(
                "vwap_deviation",
                Map.of(
                    "threshold",
                    new BigDecimal("2"),
                    "direction",
                    "below",
                    "window",
                    Duration.ofMinutes(5),
                    "session",
                    false)));
    assertThat(read("volume_above(10)"))
        .isEqualTo(new PlanCondition.Named("volume_above", Map.of("", BigDecimal.TEN)));
    assertThat(read("confluence(0.3: a, 0.2: b or c, enable: 0.4)"))
        .isEqualTo(
            new PlanCondition.Confluence(
                List.of(
                    new Weighted(named("a"), new BigDecimal("0.3")),
                    new Weighted(
                        new PlanCondition.Any(List.of(named("b"), named("c"))),
                        new BigDecimal("0.2"))),
                new BigDecimal("0.4"),
                new BigDecimal("0.4")));
    assertThat(read("whale_buy within 30s cooldown 1m"))
        .isEqualTo(
            new PlanCondition.Cooldown(
                new PlanCondition.Within(named("whale_buy"), Duration.ofSeconds(30)),
                Duration.ofMinutes(1)));
  }

  @Test
  void knowsWhereEachPartStands() {
    Expression.Read read = Expression.read("a and\n b(x: 5) or delta.60s > 1 for 3s", "conditions");
    assertThat(read.places())
        .containsEntry("conditions", 0)
        .containsEntry("conditions[0]", 0)
        .containsEntry("conditions[0][1]", 7)
        .containsEntry("conditions[0][1].x", 9)
        .containsEntry("conditions[1].part.left", 18)
        .containsEntry("conditions[1].part.right", 30)
        .containsEntry("conditions[1].time", 32);
  }

  @Test
  void saysWhereItIsWrongAndWhatIsAllowed() {
    assertFault("", 0, "the end");
    assertFault("a adn b", 2, "did you mean and?");
    assertFault("a and", 5, "the end");
    assertFault("delta.60s = 5", 10, "'='");
    assertFault("delta.60s > ", 12, "the end");
    assertFault("delta.60s crosses over 5", 18, "'over'");
    assertFault("(a or b", 7, "the end");
    assertFault("a for 30", 6, "'30' is not a length of time");
    assertFault("a(threshold: 1, threshold: 2)", 16, "twice");
    assertFault("a(1, 2)", 5, "no name");
    assertFault("confluence(0.3: a)", 17, "no level");
    assertFault("delta.60s > 5x", 12, "'5'");
    assertFault("dominant.60s == 'BUY", 16, "not closed");
    assertFault("price > 1e99999", 8, "'1e99999'");
    assertFault("a\nand\n  and", 8, "'and'");
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(Expression.read("(".repeat(100_000), "c").faults()).hasSize(1);
    assertThat(Expression.read("not ".repeat(100_000), "c").faults()).hasSize(1);
    assertThat(Expression.read("a" + " for 1s".repeat(100_000), "c").faults()).hasSize(1);
    assertThat(Expression.read("a" + ".a".repeat(100_000), "c").faults()).hasSize(1);
    assertThat(Expression.read("'" + "''".repeat(100_000) + "' == a", "c").faults()).isEmpty();
  }

  @Property(tries = 2000)
  void whatIsWrittenIsReadAsTheSame(@ForAll("conditions") PlanCondition condition) {
    String text = Expression.write(condition);
    Expression.Read read = Expression.read(text, "conditions");
    assertThat(read.faults()).as(text).isEmpty();
    assertThat(read.condition()).as(text).isEqualTo(condition);
  }

  @Property(tries = 3000)
  void anyTextIsReadOrRefused(@ForAll("texts") String text) {
    Expression.Read read = Expression.read(text, "conditions");
    assertThat(read.condition() == null).isEqualTo(!read.faults().isEmpty());
    if (read.condition() != null) {
      assertThat(Expression.read(Expression.write(read.condition()), "conditions").condition())
          .isEqualTo(read.condition());
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a",
            "delta.60s",
            "price",
            "5",
            "-0.5",
            "30s",
            "%",
            "base",
            "and",
            "or",
            "not",
            "all",
            "none",
            "(",
            ")",
            ",",
            ":",
            "[",
            "]",
            "<",
            ">=",
            "==",
            "=",
            "crosses",
            "above",
            "in",
            "from",
            "until",
            "for",
            "within",
            "confluence",
            "enable",
            "'BUY'",
            "'",
            "`b`",
            "\n",
            "#",
            "1/s")
        .list()
        .ofMaxSize(14)
        .map(it -> String.join(" ", it));
  }

  @Provide
  Arbitrary<PlanCondition> conditions() {
    return tree(3);
  }

  private static Arbitrary<PlanCondition> tree(int depth) {
    if (depth == 0) {
      return leaf();
    }
    Arbitrary<PlanCondition> part = Arbitraries.lazy(() -> tree(depth - 1));
    Arbitrary<List<PlanCondition>> parts = part.list().ofMinSize(1).ofMaxSize(3);
    return Arbitraries.oneOf(
        leaf(),
        parts.map(PlanCondition.All::new),
        parts.map(PlanCondition.Any::new),
        parts.map(PlanCondition.None::new),
        Combinators.combine(part, times()).as(PlanCondition.HeldFor::new),
        Combinators.combine(part, times()).as(PlanCondition.Within::new),
        Combinators.combine(part, times()).as(PlanCondition.Cooldown::new),
        Combinators.combine(
                Combinators.combine(part, numbers())
                    .as(Weighted::new)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(3),
                numbers(),
                numbers())
            .as(PlanCondition.Confluence::new));
  }

  private static Arbitrary<PlanCondition> leaf() {
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            numbers().map(it -> it),
            times().map(it -> it),
            Arbitraries.of(true, false),
            Arbitraries.strings().ofMaxLength(8));
    Arbitrary<String> parameters = Arbitraries.oneOf(names(), Arbitraries.just(""));
    return Arbitraries.oneOf(
        Combinators.combine(names(), Arbitraries.maps(parameters, values).ofMaxSize(3))
            .as(PlanCondition.Named::new),
        Combinators.combine(operands(), Arbitraries.of(Relation.values()), operands())
            .as(PlanCondition.Comparison::new),
        Combinators.combine(operands(), numbers(), numbers(), Arbitraries.of(true, false))
            .as(PlanCondition.Band::new),
        Combinators.combine(operands(), numbers(), numbers()).as(PlanCondition.Hysteresis::new));
  }

  private static Arbitrary<Operand> operands() {
    return Arbitraries.oneOf(
        names().map(Operand.Metric::new),
        Arbitraries.of("delta.60s", "cvd.20260105T143000Z").map(Operand.Metric::new),
        Arbitraries.just(new Operand.Price()),
        Combinators.combine(numbers(), Arbitraries.of("", "base", "%", "1/s", "base/bar"))
            .as(Operand.Constant::new),
        Arbitraries.strings().ofMaxLength(6).map(Operand.Word::new));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.of("delta_positive", "and", "price", "All", "x y", "`", "true", "enable"),
        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(5));
  }

  private static Arbitrary<BigDecimal> numbers() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("-1000000"), new BigDecimal("1000000"))
        .ofScale(8);
  }

  private static Arbitrary<Duration> times() {
    return Arbitraries.longs().between(1, 10_000_000_000_000L).map(Duration::ofNanos);
  }

  private static void assertFault(String text, int index, String what) {
    Expression.Read read = Expression.read(text, "conditions");
    assertThat(read.condition()).isNull();
    assertThat(read.faults()).hasSize(1);
    PlanFault fault = read.faults().get(0);
    assertThat(fault.what()).contains(what);
    assertThat(fault.allowed()).isNotEmpty();
    assertThat(read.places()).containsEntry("conditions", index);
  }

  private static PlanCondition read(String text) {
    Expression.Read read = Expression.read(text, "conditions");
    assertThat(read.faults()).isEmpty();
    return read.condition();
  }

  private static PlanCondition named(String name) {
    return new PlanCondition.Named(name);
  }
}
