package io.tapeflow.plan.check;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Confluence;
import io.tapeflow.api.plan.PlanCondition.None;
import io.tapeflow.api.plan.PlanCondition.Weighted;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.plan.operator.Operators;
import io.tapeflow.plan.text.Quantities;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Judges the conditions of a plan, part by part. */
final class Tree {
  private static final String ROOT = "conditions";
  private static final int DEEPEST = 60;
  private static final int MOST_PARTS = 1_000;
  private static final Duration LONGEST = Duration.ofDays(7);

  /** Only to learn which metrics a condition needs. */
  static final Instrument SAMPLE = new Instrument("venue", "SAMPLE", 8, 8);

  private final Plan plan;
  private final Map<String, ConditionFactory> factories;
  private final Operands operands;
  private final Set<String> unread;
  private final List<PlanFault> faults = new ArrayList<>();
  private int parts;

  /**
   * A judge.
   *
   * @param unread paths of what of the plan could not be read
   */
  Tree(Surroundings surroundings, Plan plan, Set<String> unread) {
    this.plan = plan;
    this.unread = unread;
    factories =
        surroundings.conditions().stream()
            .collect(
                Collectors.toMap(it -> it.info().name(), Function.identity(), (one, other) -> one));
    operands = new Operands(surroundings, plan.instrument(), faults);
  }

  List<PlanFault> faults() {
    judge(ROOT, plan.condition(), 1);
    if (parts > MOST_PARTS) {
      faults.add(
          new PlanFault(ROOT, "It has more than " + MOST_PARTS + " parts", "up to " + MOST_PARTS));
      return faults;
    }
    if (!plan.evaluation().everyTrade()) {
      missed(ROOT, plan.condition());
    }
    Set<String> wrong = new HashSet<>(unread);
    faults.forEach(fault -> wrong.add(fault.path()));
    faults.addAll(new Contradictions(plan, factories, wrong).find(ROOT));
    return faults;
  }

  private void judge(String path, PlanCondition condition, int depth) {
    if (++parts > MOST_PARTS) {
      return;
    } else if (depth > DEEPEST) {
      fault(path, "It is nested too deeply", "up to " + DEEPEST + " levels");
    } else if (condition instanceof PlanCondition.Named named) {
      named(path, named);
    } else if (condition instanceof PlanCondition.Comparison comparison) {
      operands.comparison(path, comparison);
    } else if (condition instanceof PlanCondition.Band band) {
      operands.band(path, band);
    } else if (condition instanceof PlanCondition.Hysteresis levels) {
      operands.hysteresis(path, levels);
    } else if (condition instanceof PlanCondition.All all) {
      group(path, all.parts(), depth);
    } else if (condition instanceof PlanCondition.Any any) {
      group(path, any.parts(), depth);
    } else if (condition instanceof PlanCondition.None none) {
      group(path, none.parts(), depth);
    } else if (condition instanceof Confluence confluence) {
      group(path, confluence.parts().stream().map(Weighted::part).toList(), depth);
      levels(path, confluence);
    } else if (condition instanceof PlanCondition.HeldFor held) {
      if (isOfOneTrade(held.part())) {
        fault(path, "Its part holds at single trades only, never for a time", "another part");
      }
      timed(path, held.part(), held.time(), depth);
    } else if (condition instanceof PlanCondition.Within within) {
      timed(path, within.part(), within.time(), depth);
    } else if (condition instanceof PlanCondition.Cooldown cooldown) {
      timed(path, cooldown.part(), cooldown.time(), depth);
    }
  }

  private void group(String path, List<PlanCondition> group, int depth) {
    if (group.isEmpty()) {
      fault(path, "The group is empty", "at least one part");
    }
    for (int i = 0; i < group.size(); i++) {
      judge(path + '[' + i + ']', group.get(i), depth + 1);
    }
  }

  private void timed(String path, PlanCondition part, Duration time, int depth) {
    if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
      fault(path + ".time", time + " is not a time to wait", "more than 0s, up to 7d");
    }
    judge(path + ".part", part, depth + 1);
  }

  /** Whether it can hold at the trade at which something happens only. */
  private static boolean isOfOneTrade(PlanCondition part) {
    if (part instanceof PlanCondition.All all) {
      return all.parts().stream().anyMatch(Tree::isOfOneTrade);
    } else if (part instanceof PlanCondition.Any any) {
      return !any.parts().isEmpty() && any.parts().stream().allMatch(Tree::isOfOneTrade);
    }
    return part instanceof PlanCondition.Cooldown
        || (part instanceof PlanCondition.Comparison comparison
            && (comparison.relation() == PlanCondition.Relation.CROSSES_ABOVE
                || comparison.relation() == PlanCondition.Relation.CROSSES_BELOW));
  }

  /** Finds what a plan that does not look at every trade would miss. */
  private void missed(String path, PlanCondition condition) {
    boolean lasts = condition instanceof PlanCondition.Within || condition instanceof None;
    if (lasts) {
      return;
    }
    List<PlanCondition> below = Operators.parts(condition);
    if (below.isEmpty() || condition instanceof PlanCondition.Cooldown) {
      if (isOfOneTrade(condition)) {
        fault(
            path,
            "It holds at single trades only, and a plan that looks every "
                + plan.evaluation().seconds()
                + " s misses them",
            "evaluate: every trade, or 'within' and a time behind it");
      }
      return;
    }
    boolean one = condition instanceof PlanCondition.HeldFor;
    for (int i = 0; i < below.size(); i++) {
      missed(one ? path + ".part" : path + '[' + i + ']', below.get(i));
    }
  }

  private void levels(String path, Confluence confluence) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < confluence.parts().size(); i++) {
      BigDecimal weight = confluence.parts().get(i).weight();
      if (weight.signum() <= 0 || !Quantities.isSensible(weight)) {
        fault(path + '[' + i + "].weight", weight + " is no weight", "more than 0");
        return;
      }
      sum = sum.add(weight);
    }
    BigDecimal enable = confluence.enable();
    BigDecimal suspend = confluence.suspend();
    if (enable.signum() <= 0 || enable.compareTo(sum) > 0) {
      fault(
          path + ".enable",
          Values.told(enable) + " is never reached or always",
          "more than 0, up to the sum of the weights, " + sum.toPlainString());
    }
    if (suspend.signum() <= 0 || suspend.compareTo(enable) > 0) {
      fault(
          path + ".suspend",
          Values.told(suspend) + " is no level to end at",
          "more than 0, up to enable, " + Values.told(enable));
    }
  }

  private void named(String path, PlanCondition.Named named) {
    ConditionFactory factory = factories.get(named.name());
    if (factory == null) {
      String shown = named.name().length() > 100 ? "a long name" : named.name();
      fault(
          path,
          "There is no condition " + shown + Names.suggest(named.name(), available()),
          String.join(", ", available()));
      return;
    }
    if (!factory.info().unavailable().isEmpty()) {
      fault(
          path,
          named.name() + " is known, but " + lowered(factory.info().unavailable()),
          "conditions of trades alone");
      return;
    }
    Arguments arguments = Arguments.of(factory, plan, named);
    for (PlanFault fault : arguments.faults()) {
      fault(
          fault.path().isEmpty() ? path : path + '.' + fault.path(), fault.what(), fault.allowed());
    }
    if (arguments.faults().isEmpty()) {
      metrics(path, named, factory, arguments);
    }
  }

  private void metrics(
      String path, PlanCondition.Named named, ConditionFactory factory, Arguments arguments) {
    try {
      Condition condition = factory.create(arguments.values(), SAMPLE);
      condition.metrics().forEach(metric -> operands.metric(path, metric));
    } catch (RuntimeException e) {
      // A condition of another bundle may throw whatever it likes.
      fault(path, named.name() + " cannot be made: " + e, "");
    }
  }

  private List<String> available() {
    return factories.values().stream()
        .filter(it -> it.info().unavailable().isEmpty())
        .map(it -> it.info().name())
        .sorted()
        .toList();
  }

  private static String lowered(String sentence) {
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private void fault(String path, String what, String allowed) {
    faults.add(new PlanFault(path, what, allowed));
  }
}
