package io.tapeflow.api.plan;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Learns what becomes of plans. Register an implementation as a service.
 *
 * <p>Calls come from one thread that serves all listeners, in the order in which things happened to
 * a plan; a listener that blocks delays the others but no trade. What it throws is logged.
 */
@ConsumerType
public interface PlanListener {
  /**
   * A plan has come, or is of another kind of state, or is blocked for another reason, or other
   * conditions of it hold.
   *
   * @param status as it is now
   */
  default void onChange(PlanStatus status) {}

  /**
   * A plan has triggered. This is decided once, and kept before any listener is told. If the
   * process died before all listeners had been told, they are told after its restart: so a listener
   * may get the same trigger twice, and never none. Told ahead of {@link #onChange}.
   *
   * @param plan the plan
   * @param trigger with the trade; plan and trade id name it
   * @param again true if it may have been told before
   */
  default void onTrigger(Plan plan, PlanTrigger trigger, boolean again) {}

  /**
   * A plan's source has taken it away. What became of it is kept for as long as {@link PlanSource}
   * says.
   *
   * @param status as it was last
   */
  default void onRemoved(PlanStatus status) {}
}
