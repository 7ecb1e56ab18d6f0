package io.tapeflow.plan.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import io.tapeflow.api.plan.PlanCondition.Weighted;
import io.tapeflow.api.plan.Truth;
import io.tapeflow.plan.condition.MadeUp;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Operators and comparisons, at exactly the trades at which they hold. */
class OperatorsTest {
  private static final PlanCondition A = new PlanCondition.Named("a");
  private static final PlanCondition B = new PlanCondition.Named("b");
  private static final PlanCondition C = new PlanCondition.Named("c");
  private static final Operand DELTA = new Operand.Metric("delta.60s");

  // In what follows # stands for HOLDS, . for FAILS, ? for BLOCKED; one trade comes each second.

  @Test
  void heldForATimeWithoutABreak() {
    PlanCondition held = new PlanCondition.HeldFor(A, Duration.ofSeconds(2));
    assertThat(said(held, "##")).isEqualTo("..");
    assertThat(said(held, ".###.####")).isEqualTo("...#...##");
    assertThat(said(held, "##?###")).isEqualTo("..?..#");
    assertThat(said(held, "##!##")).as("trades are missing").isEqualTo("....");
  }

  @Test
  void withinTheLastTime() {
    PlanCondition within = new PlanCondition.Within(A, Duration.ofSeconds(2));
    assertThat(said(within, "...#....")).isEqualTo("???###..");
  }

  @Test
  void withinIsOpenForAsLongAsWhatWasNotTold() {
    PlanCondition within = new PlanCondition.Within(A, Duration.ofSeconds(2));
    assertThat(said(within, "....?....")).isEqualTo("???.???..");
    assertThat(said(within, "....!....")).isEqualTo("???.???.");
    assertThat(said(within, "#?......")).isEqualTo("###?....");
  }

  @Test
  void cooldownTellsBeginningsOnly() {
    PlanCondition cooldown = new PlanCondition.Cooldown(A, Duration.ofSeconds(4));
    assertThat(said(cooldown, "##.##.#.#..#")).isEqualTo("...#....#...");
    assertThat(said(cooldown, ".?#.#")).isEqualTo(".?..#");
    assertThat(said(cooldown, ".!#.#")).isEqualTo("...#");
  }

  /** Asked only when its part changes or it wants to be, it says what it says when always asked. */
  @Test
  void whatIsNotMovingNeedNotBeAsked() {
    for (PlanCondition condition :
        List.of(
            new PlanCondition.HeldFor(A, Duration.ofSeconds(2)),
            new PlanCondition.Within(A, Duration.ofSeconds(2)),
            new PlanCondition.Cooldown(A, Duration.ofSeconds(2)))) {
      Operator always = Operators.of(condition);
      Operator seldom = Operators.of(condition);
      List<Truth> truths = List.of(Truth.values());
      Random random = new Random(3);
      Truth part = null;
      Truth said = null;
      long time = 0;
      int asked = 0;
      for (int i = 0; i < 20_000; i++) {
        time += random.nextInt(700_000);
        boolean missing = random.nextInt(200) == 0;
        if (missing) {
          always.interrupted();
          seldom.interrupted();
        }
        Truth before = part;
        part = i > 0 && random.nextInt(8) > 0 ? part : truths.get(random.nextInt(truths.size()));
        if (part != before || missing || seldom.isMoving()) {
          said = seldom.at(time, List.of(part));
          asked++;
        }
        assertThat(said).as("%s %s", condition, i).isEqualTo(always.at(time, List.of(part)));
      }
      assertThat(asked).as("%s", condition).isLessThan(17_000);
    }
  }

  @Test
  void confluenceBetweenTwoLevels() {
    PlanCondition confluence =
        new PlanCondition.Confluence(
            List.of(weighted(A, "0.5"), weighted(B, "0.3"), weighted(C, "0.2")),
            new BigDecimal("0.8"),
            new BigDecimal("0.5"));
    Operator operator = Operators.of(confluence);
    assertThat(at(operator, "#..")).isEqualTo('.');
    assertThat(at(operator, "#.#")).isEqualTo('.');
    assertThat(at(operator, "##.")).isEqualTo('#');
    assertThat(at(operator, "#..")).as("above the lower level").isEqualTo('#');
    assertThat(at(operator, ".#.")).isEqualTo('.');
    assertThat(at(operator, "#..")).as("not yet at the upper level").isEqualTo('.');
    assertThat(at(operator, "#?.")).as("may or may not").isEqualTo('?');
    assertThat(at(operator, "##?")).as("whatever it is").isEqualTo('#');
    assertThat(at(operator, "..?")).as("whatever it is").isEqualTo('.');
  }

  @Test
  void groups() {
    assertThat(at(Operators.of(new PlanCondition.All(List.of(A, B))), "##")).isEqualTo('#');
    assertThat(at(Operators.of(new PlanCondition.All(List.of(A, B))), "?.")).isEqualTo('.');
    assertThat(at(Operators.of(new PlanCondition.All(List.of(A, B))), "?#")).isEqualTo('?');
    assertThat(at(Operators.of(new PlanCondition.Any(List.of(A, B))), "?#")).isEqualTo('#');
    assertThat(at(Operators.of(new PlanCondition.Any(List.of(A, B))), "?.")).isEqualTo('?');
    assertThat(at(Operators.of(new PlanCondition.None(List.of(A, B))), "..")).isEqualTo('#');
    assertThat(at(Operators.of(new PlanCondition.None(List.of(A, B))), "?.")).isEqualTo('?');
    assertThat(at(Operators.of(new PlanCondition.None(List.of(A, B))), "?#")).isEqualTo('.');
  }

  @Test
  void bandsIncludeTheirBounds() {
    assertThat(held(new PlanCondition.Band(DELTA, number("1"), number("2"), true), "0.9 1 2 2.1"))
        .isEqualTo(".##.");
    assertThat(held(new PlanCondition.Band(DELTA, number("1"), number("2"), false), "0.9 1 2 2.1"))
        .isEqualTo("#..#");
  }

  @Test
  void hysteresisUpwardsAndDownwards() {
    assertThat(held(new PlanCondition.Hysteresis(DELTA, number("5"), number("2")), "4 5 3 2 4 6"))
        .isEqualTo(".##..#");
    assertThat(
            held(new PlanCondition.Hysteresis(DELTA, number("-5"), number("0")), "-4 -5 -1 0 -4"))
        .isEqualTo(".##..");
  }

  @Test
  void comparisonsAndCrossings() {
    assertThat(held(comparison(Relation.MORE), "1 2 3")).isEqualTo("..#");
    assertThat(held(comparison(Relation.AT_LEAST), "1 2 3")).isEqualTo(".##");
    assertThat(held(comparison(Relation.LESS), "1 2 3")).isEqualTo("#..");
    assertThat(held(comparison(Relation.AT_MOST), "1 2 3")).isEqualTo("##.");
    assertThat(held(comparison(Relation.EQUAL), "1 2.0 3")).isEqualTo(".#.");
    assertThat(held(comparison(Relation.NOT_EQUAL), "1 2.0 3")).isEqualTo("#.#");
    assertThat(held(comparison(Relation.CROSSES_ABOVE), "3 2 3 4 1 3")).isEqualTo("..#..#");
    assertThat(held(comparison(Relation.CROSSES_BELOW), "1 2 1 0 3 1")).isEqualTo("..#..#");
  }

  private static PlanCondition comparison(Relation relation) {
    return new PlanCondition.Comparison(DELTA, relation, new Operand.Constant(number("2")));
  }

  private static String held(PlanCondition leaf, String values) {
    Condition condition = Leaves.of(leaf);
    StringBuilder said = new StringBuilder();
    for (String value : List.of(values.split(" ", -1))) {
      said.append(condition.holds(MadeUp.of(value)) ? '#' : '.');
    }
    return said.toString();
  }

  private static String said(PlanCondition condition, String part) {
    Operator operator = Operators.of(condition);
    StringBuilder said = new StringBuilder();
    int second = 0;
    for (int i = 0; i < part.length(); i++) {
      char truth = part.charAt(i);
      if (truth == '!') {
        operator.interrupted();
      } else {
        said.append(sign(operator.at(second++ * 1_000_000L, List.of(truth(truth)))));
      }
    }
    return said.toString();
  }

  private static char at(Operator operator, String parts) {
    return sign(
        operator.at(
            0, parts.chars().mapToObj(it -> truth((char) it)).collect(Collectors.toList())));
  }

  private static Truth truth(char sign) {
    return switch (sign) {
      case '#' -> Truth.HOLDS;
      case '.' -> Truth.FAILS;
      default -> Truth.BLOCKED;
    };
  }

  private static char sign(Truth truth) {
    return switch (truth) {
      case HOLDS -> '#';
      case FAILS -> '.';
      case BLOCKED -> '?';
    };
  }

  private static Weighted weighted(PlanCondition part, String weight) {
    return new Weighted(part, number(weight));
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }
}
