package io.tapeflow.plan.condition;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionArguments;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.api.plan.ConditionInfo;
import io.tapeflow.api.plan.ConditionParameter;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.trade.Instrument;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A factory of conditions, put together from its parts. Immutable. */
final class Definition implements ConditionFactory {
  private final ConditionInfo info;
  private final Map<String, Function<Plan, Object>> fromPlan;
  private final Function<ConditionArguments, List<PlanFault>> judgement;
  private final Function<ConditionArguments, Condition> maker;

  private Definition(
      ConditionInfo info,
      Map<String, Function<Plan, Object>> fromPlan,
      Function<ConditionArguments, List<PlanFault>> judgement,
      Function<ConditionArguments, Condition> maker) {
    this.info = info;
    this.fromPlan = fromPlan;
    this.judgement = judgement;
    this.maker = maker;
  }

  /** A condition whose required metrics are those of one that is made with all defaults. */
  static Definition of(
      String name,
      String description,
      String warmUp,
      List<String> metrics,
      List<ConditionParameter> parameters,
      Function<ConditionArguments, Condition> maker) {
    return new Definition(
        new ConditionInfo(name, description, parameters, metrics, warmUp, ""),
        Map.of(),
        arguments -> List.of(),
        maker);
  }

  /** A condition that is known by its name and cannot be met. */
  static Definition unavailable(String name, String description, String reason) {
    return new Definition(
        new ConditionInfo(name, description, List.of(), List.of(), "", reason),
        Map.of(),
        arguments -> List.of(),
        arguments -> {
          throw new IllegalArgumentException(name + ": " + reason);
        });
  }

  /** The same, with a parameter that follows from the plan where the plan does not give it. */
  Definition fromPlan(String parameter, Function<Plan, Object> value) {
    Map<String, Function<Plan, Object>> more = new TreeMap<>(fromPlan);
    more.put(parameter, value);
    return new Definition(info, more, judgement, maker);
  }

  /** The same, with arguments judged together. */
  Definition judged(Function<ConditionArguments, List<PlanFault>> byWhat) {
    return new Definition(info, fromPlan, byWhat, maker);
  }

  @Override
  public ConditionInfo info() {
    return info;
  }

  @Override
  public Map<String, Object> complete(Plan plan, Map<String, Object> arguments) {
    Map<String, Object> completed = new TreeMap<>(arguments);
    fromPlan.forEach(
        (parameter, value) -> {
          Object follows = value.apply(plan);
          if (follows != null) {
            completed.putIfAbsent(parameter, follows);
          }
        });
    return completed;
  }

  @Override
  public List<PlanFault> faults(ConditionArguments arguments) {
    List<PlanFault> faults = new ArrayList<>();
    arguments
        .values()
        .forEach(
            (name, value) -> {
              if (value instanceof Duration time
                  && !time.truncatedTo(ChronoUnit.SECONDS).equals(time)) {
                faults.add(new PlanFault(name, time.toMillis() + " ms", "whole seconds"));
              }
            });
    faults.addAll(judgement.apply(arguments));
    return faults;
  }

  @Override
  public Condition create(ConditionArguments arguments, Instrument instrument) {
    return maker.apply(arguments);
  }
}
