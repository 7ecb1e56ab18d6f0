package io.tapeflow.api.plan;

import io.tapeflow.api.trade.Instrument;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A condition that plans can name. Register an implementation as a service, and plans may use it;
 * unregister it, and those that do are blocked.
 *
 * <p>Methods may be called from any thread, and for several instruments at the same time.
 */
@ConsumerType
public interface ConditionFactory {
  /**
   * What it is.
   *
   * @return the same each time
   */
  ConditionInfo info();

  /**
   * Puts in what follows from the plan, such as its entry as the price to be near to. What is left
   * out after that gets the default of its parameter.
   *
   * @param plan that names the condition
   * @param arguments as the plan gives them, of the right types and within their ranges
   * @return the same arguments and perhaps more
   */
  default Map<String, Object> complete(Plan plan, Map<String, Object> arguments) {
    return arguments;
  }

  /**
   * Judges what cannot be judged of each argument alone.
   *
   * @param arguments a value for each parameter that has one; of the right types and within their
   *     ranges
   * @return all that is wrong; the path of each is the name of the parameter
   */
  default List<PlanFault> faults(ConditionArguments arguments) {
    return List.of();
  }

  /**
   * Makes the condition for one instrument. All plans of the instrument that name it with the same
   * arguments share it.
   *
   * @param arguments without faults
   * @param instrument whose trades it will see
   * @return a new condition
   */
  Condition create(ConditionArguments arguments, Instrument instrument);
}
