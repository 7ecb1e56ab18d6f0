package io.tapeflow.api.plan;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gives plans. Register an implementation as a service, and its plans are judged and evaluated;
 * unregister it, and they are no longer. When they have changed, change a property of the service:
 * they are then read again.
 *
 * <p>What became of a plan is kept by its id and its content. A plan that comes back unchanged,
 * also after a restart, goes on where it was: one that has triggered does not trigger again. A plan
 * that comes back with another content is a new plan. If several sources have a plan of the same
 * id, the one of the source that came first counts, and the others are shown as invalid.
 */
@ConsumerType
public interface PlanSource {
  /**
   * Service property, {@code String}: the name under which the source is shown. Without it: the
   * class name.
   */
  String NAME = "tapeflow.plan.source";

  /**
   * The plans it has now. Called when the service is registered or one of its properties has
   * changed, from any thread; must return soon.
   *
   * @return in the order in which they are to be shown
   */
  List<PlanDraft> plans();
}
