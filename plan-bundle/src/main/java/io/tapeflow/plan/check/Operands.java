package io.tapeflow.plan.check;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.plan.PlanCondition.Band;
import io.tapeflow.api.plan.PlanCondition.Comparison;
import io.tapeflow.api.plan.PlanCondition.Hysteresis;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.plan.text.Quantities;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Judges what is compared with what. */
final class Operands {
  private static final String WORD = "word";
  private static final String ROWS = "rows";
  private static final String PRICE = "price";

  private final Surroundings surroundings;
  private final String instrument;
  private final List<String> names;
  private final List<PlanFault> faults;

  /**
   * A judge.
   *
   * @param faults what it finds is added to
   */
  Operands(Surroundings surroundings, String instrument, List<PlanFault> faults) {
    this.surroundings = surroundings;
    this.instrument = instrument;
    this.names = surroundings.metrics(instrument).stream().map(MetricInfo::name).toList();
    this.faults = faults;
  }

  /** Whether a metric is there. One of a family that has not come yet may come. */
  void metric(String path, String name) {
    boolean missing = !names.isEmpty() && surroundings.metric(instrument, name).isEmpty();
    if (missing && !Catalogue.mayCome(name, names)) {
      fault(
          path,
          "There is no metric " + name + Names.suggest(name, names),
          "a metric of the instrument, as tapeflow:metrics lists them");
    }
  }

  private String unit(String metric) {
    return surroundings
        .metric(instrument, metric)
        .or(() -> Catalogue.find(metric))
        .map(MetricInfo::unit)
        .orElse("");
  }

  void comparison(String path, Comparison comparison) {
    Operand left = comparison.left();
    Operand right = comparison.right();
    String leftUnit = operand(path + ".left", left);
    String rightUnit = operand(path + ".right", right);
    if (isFixed(left) && isFixed(right)) {
      fault(path, "It says nothing about the market", "a metric or price on one side");
    } else if (left.equals(right)) {
      fault(path, "Both sides are the same", "two things");
    } else if (WORD.equals(leftUnit) || WORD.equals(rightUnit)) {
      words(path, comparison, leftUnit, rightUnit);
    } else if (isUnlike(leftUnit, rightUnit)) {
      fault(
          path,
          told(left, leftUnit) + " and " + told(right, rightUnit) + " have different units",
          "the same unit on both sides");
    } else {
      reach(path, comparison);
    }
  }

  void band(String path, Band band) {
    operand(path, band.operand());
    if (sensible(path, band.low(), band.high())) {
      Interval range = new Interval(band.low(), true, band.high(), true);
      if (range.isEmpty()) {
        fault(path, "The band's lower bound is above the upper one", "[lower, upper]");
      } else if (numberOnly(path, band.operand())) {
        Interval possible = possible(band.operand());
        boolean always = range.covers(possible);
        boolean never = range.and(possible).isEmpty();
        settled(path, band.inside() ? always : never, band.inside() ? never : always, possible);
      }
    }
  }

  void hysteresis(String path, Hysteresis levels) {
    operand(path, levels.operand());
    if (!sensible(path, levels.on(), levels.off()) || !numberOnly(path, levels.operand())) {
      return;
    }
    int order = levels.on().compareTo(levels.off());
    if (order == 0) {
      fault(path, "Both levels are the same", "from one level until another");
      return;
    }
    Relation begins = order > 0 ? Relation.AT_LEAST : Relation.AT_MOST;
    Relation ends = order > 0 ? Relation.AT_MOST : Relation.AT_LEAST;
    Interval possible = possible(levels.operand());
    boolean never = Interval.of(begins, levels.on()).and(possible).isEmpty();
    boolean endless = Interval.of(ends, levels.off()).and(possible).isEmpty();
    settled(path, endless, never, possible);
  }

  /** Judges one side, and says its unit; empty if any fits. */
  private String operand(String path, Operand operand) {
    if (operand instanceof Operand.Metric metric) {
      metric(path, metric.name());
      String unit = unit(metric.name());
      if (ROWS.equals(unit)) {
        fault(path, metric.name() + " is a table", "a metric that is a number or a word");
      }
      return unit;
    } else if (operand instanceof Operand.Constant constant) {
      sensible(path, constant.value());
      return constant.unit();
    }
    return operand instanceof Operand.Word ? WORD : PRICE;
  }

  private boolean numberOnly(String path, Operand operand) {
    if (operand instanceof Operand.Metric metric) {
      if (WORD.equals(unit(metric.name()))) {
        fault(path, metric.name() + " is a word", "a number");
        return false;
      }
      return !ROWS.equals(unit(metric.name()));
    } else if (operand instanceof Operand.Price) {
      return true;
    }
    fault(path, "It says nothing about the market", "a metric or price");
    return false;
  }

  private void words(String path, Comparison comparison, String leftUnit, String rightUnit) {
    if (comparison.relation() != Relation.EQUAL && comparison.relation() != Relation.NOT_EQUAL) {
      fault(path, "Words have no order", "== or !=");
    }
    Operand left = comparison.left();
    Operand right = comparison.right();
    boolean open = leftUnit.isEmpty() || rightUnit.isEmpty();
    boolean number = left instanceof Operand.Constant || right instanceof Operand.Constant;
    if (number || (!open && !leftUnit.equals(rightUnit))) {
      fault(path, "A word is compared with a number", "a word with a word");
    }
    word(path + ".right", left, right);
    word(path + ".left", right, left);
  }

  private void word(String path, Operand metric, Operand word) {
    if (metric instanceof Operand.Metric named && word instanceof Operand.Word said) {
      Set<String> words = MetricFacts.of(named.name()).words();
      if (!words.isEmpty() && !words.contains(said.value())) {
        fault(
            path,
            named.name() + " is never '" + said.value() + '\'' + Names.suggest(said.value(), words),
            String.join(", ", words.stream().sorted().toList()));
      }
    }
  }

  private void reach(String path, Comparison comparison) {
    Relation relation = comparison.relation();
    if (comparison.right() instanceof Operand.Constant constant) {
      reach(path + ".right", comparison.left(), relation, constant.value());
    } else if (comparison.left() instanceof Operand.Constant constant) {
      reach(path + ".left", comparison.right(), mirrored(relation), constant.value());
    }
  }

  private void reach(String path, Operand operand, Relation relation, BigDecimal threshold) {
    Interval possible = possible(operand);
    boolean always =
        relation == Relation.NOT_EQUAL
            ? Interval.of(Relation.EQUAL, threshold).and(possible).isEmpty()
            : relation != Relation.CROSSES_ABOVE
                && relation != Relation.CROSSES_BELOW
                && Interval.of(relation, threshold).covers(possible);
    boolean never = Interval.of(relation, threshold).and(possible).isEmpty();
    settled(path, always, never, possible);
  }

  private void settled(String path, boolean always, boolean never, Interval possible) {
    if (always || never) {
      fault(
          path,
          always ? "It holds whatever the market does" : "It can never hold",
          "a threshold within what there can be, which is " + possible);
    }
  }

  private static Interval possible(Operand operand) {
    if (operand instanceof Operand.Metric metric) {
      return MetricFacts.of(metric.name()).range();
    }
    return new Interval(BigDecimal.ZERO, false, null, false);
  }

  static Relation mirrored(Relation relation) {
    return switch (relation) {
      case LESS -> Relation.MORE;
      case AT_MOST -> Relation.AT_LEAST;
      case MORE -> Relation.LESS;
      case AT_LEAST -> Relation.AT_MOST;
      case EQUAL, NOT_EQUAL -> relation;
      case CROSSES_ABOVE -> Relation.CROSSES_BELOW;
      case CROSSES_BELOW -> Relation.CROSSES_ABOVE;
    };
  }

  private boolean sensible(String path, BigDecimal... numbers) {
    boolean all = Stream.of(numbers).allMatch(Quantities::isSensible);
    if (!all) {
      fault(path, "The number has too many digits", "up to 60 of them");
    }
    return all;
  }

  private static boolean isFixed(Operand operand) {
    return operand instanceof Operand.Constant || operand instanceof Operand.Word;
  }

  private static boolean isUnlike(String one, String other) {
    return !one.isEmpty() && !other.isEmpty() && !Units.same(one, other);
  }

  private static String told(Operand operand, String unit) {
    if (operand instanceof Operand.Metric metric) {
      return metric.name() + " (" + unit + ')';
    } else if (operand instanceof Operand.Constant constant) {
      return Values.told(constant.value()) + ' ' + unit;
    }
    return PRICE;
  }

  private void fault(String path, String what, String allowed) {
    faults.add(new PlanFault(path, what, allowed));
  }
}
