package io.tapeflow.plan.check;

import io.tapeflow.api.plan.ConditionArguments;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.api.plan.ConditionParameter;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.plan.text.Quantities;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arguments of a condition that a plan names, with what follows from the plan and the defaults
 * put in.
 *
 * @param values those that are right; all of them if there are no faults
 * @param faults all that is wrong; the path of each is the name of the parameter, or empty
 */
public record Arguments(ConditionArguments values, List<PlanFault> faults) {

  /** Takes a copy. */
  public Arguments {
    faults = List.copyOf(faults);
  }

  /** Judges the arguments. Nothing of them is left out without a fault. */
  public static Arguments of(ConditionFactory factory, Plan plan, PlanCondition.Named named) {
    try {
      return new Resolution(factory).of(plan, named);
    } catch (RuntimeException e) {
      // A condition of another bundle may throw whatever it likes.
      return new Arguments(
          new ConditionArguments(Map.of()),
          List.of(new PlanFault("", named.name() + " could not judge its arguments: " + e, "")));
    }
  }

  /** One pass over the parameters of a condition. */
  private static final class Resolution {
    private final ConditionFactory factory;
    private final Map<String, ConditionParameter> parameters = new LinkedHashMap<>();
    private final Map<String, Object> values = new TreeMap<>();
    private final List<PlanFault> faults = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    Resolution(ConditionFactory factory) {
      this.factory = factory;
      factory.info().parameters().forEach(it -> parameters.put(it.name(), it));
    }

    Arguments of(Plan plan, PlanCondition.Named named) {
      named.arguments().forEach((name, value) -> take(name, value, named));
      Map<String, Object> given = new TreeMap<>(values);
      factory
          .complete(plan, Map.copyOf(given))
          .forEach(
              (name, value) -> {
                if (!given.containsKey(name)
                    && parameters.containsKey(name)
                    && !wrong.contains(name)) {
                  put(parameters.get(name), value);
                }
              });
      parameters.values().forEach(this::defaultOf);
      ConditionArguments arguments = new ConditionArguments(values);
      if (faults.isEmpty()) {
        faults.addAll(factory.faults(arguments));
      }
      return new Arguments(arguments, faults);
    }

    private void take(String name, Object value, PlanCondition.Named named) {
      String meant = name;
      if (name.isEmpty()) {
        if (parameters.isEmpty()) {
          faults.add(new PlanFault("", named.name() + " takes no argument", "none"));
          return;
        }
        meant = parameters.keySet().iterator().next();
        if (named.arguments().containsKey(meant)) {
          faults.add(new PlanFault(meant, "It is given twice", "once"));
          return;
        }
      }
      ConditionParameter parameter = parameters.get(meant);
      if (parameter == null) {
        faults.add(
            new PlanFault(
                name,
                named.name()
                    + " has no parameter "
                    + name
                    + Names.suggest(name, parameters.keySet()),
                parameters.isEmpty() ? "none" : String.join(", ", parameters.keySet())));
      } else {
        put(parameter, value);
      }
    }

    private void put(ConditionParameter parameter, Object value) {
      Object typed = Values.typed(parameter, value);
      if (typed == null) {
        wrong(parameter, Values.told(value) + " is not what it takes");
      } else if (typed instanceof BigDecimal number && !inRange(parameter, number)) {
        wrong(parameter, Values.told(value) + " is out of range");
      } else if (typed instanceof Duration time && !inRange(parameter, time)) {
        wrong(parameter, Values.told(value) + " is out of range");
      } else {
        values.put(parameter.name(), typed);
      }
    }

    private void wrong(ConditionParameter parameter, String what) {
      wrong.add(parameter.name());
      faults.add(new PlanFault(parameter.name(), what, Values.allowed(parameter)));
    }

    private void defaultOf(ConditionParameter parameter) {
      String name = parameter.name();
      if (values.containsKey(name) || wrong.contains(name)) {
        return;
      }
      if (parameter.standard() != null) {
        values.put(name, parameter.standard());
      } else if (parameter.required()) {
        wrong(parameter, "It is not given");
      }
    }

    private static boolean inRange(ConditionParameter parameter, Duration time) {
      return !time.isNegative()
          && !time.isZero()
          && inRange(
              parameter,
              BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), 9)));
    }

    private static boolean inRange(ConditionParameter parameter, BigDecimal number) {
      return Quantities.isSensible(number)
          && (parameter.kind() != ConditionParameter.Kind.PRICE || number.signum() > 0)
          && (parameter.least() == null || number.compareTo(parameter.least()) >= 0)
          && (parameter.most() == null || number.compareTo(parameter.most()) <= 0);
    }
  }
}
