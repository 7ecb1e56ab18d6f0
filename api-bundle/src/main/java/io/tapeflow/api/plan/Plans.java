package io.tapeflow.api.plan;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All plans of the platform. Methods return at once and may be called from any thread.
 *
 * <p>Each change of a plan's state is also an event of Event Admin, with the topic {@code
 * io/tapeflow/plan/} and the state's {@link PlanState.Kind}.
 */
@ProviderType
public interface Plans {
  /** What the topics of events begin with; behind it comes the name of a {@link PlanState.Kind}. */
  String TOPIC = "io/tapeflow/plan/";

  /** Property of events, {@code String}: the plan's id. */
  String EVENT_PLAN = "plan";

  /** Property of events, {@code String}: the plan's instrument; missing if it could not be read. */
  String EVENT_INSTRUMENT = "instrument";

  /** Property of events, {@code String}: why it is blocked, or all that is wrong with it. */
  String EVENT_REASON = "reason";

  /** Property of events of triggers, {@code Long}: the trade's id. */
  String EVENT_TRADE = "trade.id";

  /** Property of events of triggers, {@code String}: the trade's price, a decimal. */
  String EVENT_PRICE = "price";

  /**
   * Property of events of triggers, {@code Long}: exchange time in microseconds since the epoch.
   */
  String EVENT_TIME = "time.micros";

  /** Property of events, {@link PlanStatus}: the whole. */
  String EVENT_STATUS = "status";

  /**
   * All plans.
   *
   * @return in the order of their sources and within them
   */
  List<PlanStatus> list();

  /**
   * One plan.
   *
   * @param id of the plan
   * @return its status, or empty if there is none of that id
   */
  Optional<PlanStatus> find(String id);

  /**
   * Judges a plan as it would be if it were offered now.
   *
   * @param plan to be judged
   * @return all that is wrong with it; empty if nothing is
   */
  List<PlanFault> validate(Plan plan);

  /**
   * Ends a plan. It stays cancelled for as long as its source offers it unchanged.
   *
   * @param id of the plan
   * @return false if there is no such plan or its state is final already
   */
  boolean cancel(String id);

  /**
   * The conditions that plans can name.
   *
   * @return in the order of their names, with those that are known but cannot be met
   */
  List<ConditionInfo> conditions();
}
