package io.tapeflow.plan.check;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Comparison;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.plan.operator.Operators;
import io.tapeflow.plan.operator.Synonym;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds conditions that cannot hold at the same trade though all of them have to. It knows numbers
 * and their ranges, words, a condition and its negation, and the names that are opposites; it does
 * not know all that can contradict itself.
 */
final class Contradictions {
  private final Plan plan;
  private final Map<String, ConditionFactory> factories;
  private final Set<String> wrong;
  private final List<PlanFault> faults = new ArrayList<>();

  /**
   * A search.
   *
   * @param wrong paths of what is wrong with the plan otherwise, of which nothing is known
   */
  Contradictions(Plan plan, Map<String, ConditionFactory> factories, Set<String> wrong) {
    this.plan = plan;
    this.factories = factories;
    this.wrong = wrong;
  }

  List<PlanFault> find(String root) {
    Together together = new Together();
    Interval wanted = Prices.wanted(plan);
    if (plan.entry() != null && !wrong.contains("direction") && !wrong.contains("tolerance")) {
      together.number(new Fact("entry", wanted), new Operand.Price());
    }
    together.take(root, plan.condition());
    below(root, plan.condition());
    return faults;
  }

  /** Looks into parts that need not hold together with their neighbours. */
  private void below(String path, PlanCondition condition) {
    List<PlanCondition> parts = parts(condition);
    boolean one =
        condition instanceof PlanCondition.HeldFor
            || condition instanceof PlanCondition.Within
            || condition instanceof PlanCondition.Cooldown;
    for (int i = 0; i < parts.size(); i++) {
      String part = one ? path + ".part" : path + '[' + i + ']';
      if (!(condition instanceof PlanCondition.All)) {
        new Together().take(part, parts.get(i));
      }
      below(part, parts.get(i));
    }
  }

  private boolean isWrong(String path, PlanCondition condition) {
    return parts(condition).isEmpty()
        && wrong.stream().anyMatch(it -> it.equals(path) || it.startsWith(path + '.'));
  }

  private static List<PlanCondition> parts(PlanCondition condition) {
    return Operators.parts(condition);
  }

  /** What is known so far of what has to hold at one trade. */
  private final class Together {
    private final Map<Operand, Fact> numbers = new HashMap<>();
    private final Map<Operand, Named> words = new HashMap<>();
    private final Map<PlanCondition, String> holding = new LinkedHashMap<>();
    private final Map<PlanCondition, String> failing = new LinkedHashMap<>();

    void take(String path, PlanCondition condition) {
      if (isWrong(path, condition)) {
        return;
      }
      if (condition instanceof PlanCondition.All all) {
        for (int i = 0; i < all.parts().size(); i++) {
          take(path + '[' + i + ']', all.parts().get(i));
        }
        return;
      } else if (condition instanceof PlanCondition.HeldFor held) {
        take(path + ".part", held.part());
      } else if (condition instanceof PlanCondition.Cooldown cooldown) {
        take(path + ".part", cooldown.part());
      } else if (condition instanceof PlanCondition.None none) {
        for (int i = 0; i < none.parts().size(); i++) {
          not(path + '[' + i + ']', none.parts().get(i));
        }
      } else if (condition instanceof Comparison comparison) {
        comparison(path, comparison, false);
      } else if (condition instanceof PlanCondition.Band band && band.inside()) {
        number(new Fact(path, new Interval(band.low(), true, band.high(), true)), band.operand());
      } else if (condition instanceof PlanCondition.Hysteresis levels) {
        boolean rising = levels.on().compareTo(levels.off()) > 0;
        number(
            new Fact(path, Interval.of(rising ? Relation.MORE : Relation.LESS, levels.off())),
            levels.operand());
      } else if (condition instanceof PlanCondition.Named named) {
        named(path, named);
      }
      String denied = failing.get(condition);
      if (denied != null) {
        fault(path, denied);
      }
      holding.putIfAbsent(condition, path);
    }

    private void not(String path, PlanCondition condition) {
      if (isWrong(path, condition)) {
        return;
      }
      String held = holding.get(condition);
      if (held != null) {
        fault(path, held);
      }
      failing.putIfAbsent(condition, path);
      if (condition instanceof Comparison comparison) {
        comparison(path, comparison, true);
      } else if (condition instanceof PlanCondition.Any any) {
        for (int i = 0; i < any.parts().size(); i++) {
          not(path + '[' + i + ']', any.parts().get(i));
        }
      } else if (condition instanceof PlanCondition.Named named) {
        List<PlanCondition> inFull = inFull(named);
        if (inFull.size() == 1) {
          not(path, inFull.get(0));
        }
      }
    }

    private void comparison(String path, Comparison comparison, boolean negated) {
      Operand operand = comparison.left();
      Relation relation = comparison.relation();
      Operand to = comparison.right();
      if (operand instanceof Operand.Constant || operand instanceof Operand.Word) {
        operand = comparison.right();
        relation = Operands.mirrored(relation);
        to = comparison.left();
      }
      if (to instanceof Operand.Constant constant) {
        number(
            new Fact(
                path,
                negated
                    ? Interval.not(relation, constant.value())
                    : Interval.of(relation, constant.value())),
            operand);
      } else if (to instanceof Operand.Word word && (relation == Relation.EQUAL) != negated) {
        Named before = words.putIfAbsent(operand, new Named(path, word.value()));
        if (before != null && !before.what.equals(word.value())) {
          fault(path, before.path);
        }
      }
    }

    void number(Fact fact, Operand operand) {
      Fact before = numbers.get(operand);
      if (before == null) {
        numbers.put(operand, fact);
        return;
      }
      Interval both = before.numbers.and(fact.numbers);
      if (both.isEmpty()) {
        fault(fact.path, before.path);
      } else {
        numbers.put(operand, new Fact(fact.path, both));
      }
    }

    private void named(String path, PlanCondition.Named named) {
      inFull(named).forEach(part -> take(path, part));
      for (Map.Entry<PlanCondition, String> other : holding.entrySet()) {
        if (other.getKey() instanceof PlanCondition.Named before
            && Opposites.are(resolved(before), resolved(named))) {
          fault(path, other.getValue());
        }
      }
    }

    /** The comparisons that a condition stands for; none if it is more than that. */
    private List<PlanCondition> inFull(PlanCondition.Named named) {
      ConditionFactory factory = factories.get(named.name());
      try {
        Condition condition =
            factory.create(Arguments.of(factory, plan, named).values(), Tree.SAMPLE);
        return condition instanceof Synonym synonym ? synonym.inFull() : List.of();
      } catch (RuntimeException e) {
        // One of another bundle; what it says of itself is judged elsewhere.
        return List.of();
      }
    }

    private Opposites.Resolved resolved(PlanCondition.Named named) {
      ConditionFactory factory = factories.get(named.name());
      return new Opposites.Resolved(
          named.name(), Arguments.of(factory, plan, named).values().values());
    }

    /** One fault of a part is enough, though it may be in conflict in several ways. */
    private void fault(String path, String other) {
      if (faults.stream().noneMatch(it -> it.path().equals(path))) {
        faults.add(
            new PlanFault(
                path,
                "It cannot hold together with " + other,
                "conditions that can hold together"));
      }
    }
  }

  /** Which numbers a part lets through. */
  private record Fact(String path, Interval numbers) {}

  /** Which word a part asks for. */
  private record Named(String path, String what) {}
}
