package io.tapeflow.plan;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionArguments;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.api.plan.ConditionInfo;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Named;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.plan.check.Arguments;
import io.tapeflow.plan.check.Surroundings;
import io.tapeflow.plan.evaluate.ConditionMaker;
import io.tapeflow.plan.operator.Leaves;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The conditions that there are now, and what else plans are judged by. Safe for any thread. */
final class Registry implements Surroundings, ConditionMaker {
  private static final Logger LOG = LoggerFactory.getLogger(Registry.class);

  /** In the order in which they came: of two with one name, the one that came first counts. */
  private final List<Known> factories = new CopyOnWriteArrayList<>();

  private final Supplier<OrderFlow> flow;

  /**
   * A registry without conditions.
   *
   * @param flow gives the metrics; null if there are none now
   */
  Registry(Supplier<OrderFlow> flow) {
    this.flow = flow;
  }

  void add(ConditionFactory factory) {
    ConditionInfo info = factory.info();
    ConditionFactory other = factory(info.name());
    if (other != null) {
      LOG.error("There is a condition {} from {}; {} is not used", info.name(), other, factory);
    }
    factories.add(new Known(factory, info));
  }

  void remove(ConditionFactory factory) {
    factories.removeIf(known -> known.factory == factory);
  }

  @Override
  public Collection<ConditionFactory> conditions() {
    return byName().values().stream().map(Known::factory).toList();
  }

  List<ConditionInfo> infos() {
    return byName().values().stream().map(Known::info).toList();
  }

  private Map<String, Known> byName() {
    Map<String, Known> byName = new TreeMap<>();
    factories.forEach(known -> byName.putIfAbsent(known.info.name(), known));
    return byName;
  }

  @Override
  public String instrumentFault(String name) {
    List<Instrument> known = known();
    if (known.isEmpty()) {
      return "";
    }
    List<Instrument> meant = known.stream().filter(it -> it.isCalled(name)).toList();
    if (name.equals("*") || meant.isEmpty()) {
      return "Nobody provides trades of " + name;
    }
    return meant.size() == 1
        ? ""
        : name + " is traded at " + meant.stream().map(Instrument::venue).toList();
  }

  @Override
  public List<String> instruments() {
    return known().stream().map(Instrument::key).toList();
  }

  private List<Instrument> known() {
    OrderFlow now = flow.get();
    return now == null ? List.of() : now.instruments();
  }

  @Override
  public List<MetricInfo> metrics(String instrument) {
    OrderFlow now = flow.get();
    return now == null ? List.of() : now.metrics(instrument);
  }

  /** What the judgement of a plan depends on: if it has changed, plans have to be judged again. */
  Object fingerprint() {
    List<Instrument> known = known();
    List<Integer> metrics = known.stream().map(it -> metrics(it.key()).size()).toList();
    return List.of(List.copyOf(factories), known, metrics);
  }

  /** A plan's condition with all arguments of the conditions it names. */
  PlanCondition resolve(Plan plan, PlanCondition condition) {
    if (condition instanceof Named named) {
      ConditionFactory factory = factory(named.name());
      return factory == null
          ? named
          : new Named(named.name(), Arguments.of(factory, plan, named).values().values());
    } else if (condition instanceof PlanCondition.All all) {
      return new PlanCondition.All(resolve(plan, all.parts()));
    } else if (condition instanceof PlanCondition.Any any) {
      return new PlanCondition.Any(resolve(plan, any.parts()));
    } else if (condition instanceof PlanCondition.None none) {
      return new PlanCondition.None(resolve(plan, none.parts()));
    } else if (condition instanceof PlanCondition.Confluence confluence) {
      List<PlanCondition.Weighted> parts = new ArrayList<>();
      for (PlanCondition.Weighted part : confluence.parts()) {
        parts.add(new PlanCondition.Weighted(resolve(plan, part.part()), part.weight()));
      }
      return new PlanCondition.Confluence(parts, confluence.enable(), confluence.suspend());
    } else if (condition instanceof PlanCondition.HeldFor held) {
      return new PlanCondition.HeldFor(resolve(plan, held.part()), held.time());
    } else if (condition instanceof PlanCondition.Within within) {
      return new PlanCondition.Within(resolve(plan, within.part()), within.time());
    } else if (condition instanceof PlanCondition.Cooldown cooldown) {
      return new PlanCondition.Cooldown(resolve(plan, cooldown.part()), cooldown.time());
    }
    return condition;
  }

  private List<PlanCondition> resolve(Plan plan, List<PlanCondition> parts) {
    return parts.stream().map(part -> resolve(plan, part)).toList();
  }

  @Override
  public Condition make(PlanCondition condition, Instrument instrument) {
    if (condition instanceof Named named) {
      ConditionFactory factory = factory(named.name());
      if (factory == null) {
        throw new IllegalArgumentException("There is no condition " + named.name());
      }
      return factory.create(new ConditionArguments(named.arguments()), instrument);
    }
    return Leaves.of(condition);
  }

  private ConditionFactory factory(String name) {
    return factories.stream()
        .filter(known -> known.info.name().equals(name))
        .findFirst()
        .map(Known::factory)
        .orElse(null);
  }

  /** A condition that has come. */
  private record Known(ConditionFactory factory, ConditionInfo info) {}
}
