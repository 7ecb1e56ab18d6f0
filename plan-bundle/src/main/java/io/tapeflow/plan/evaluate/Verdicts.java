package io.tapeflow.plan.evaluate;

import io.tapeflow.api.plan.PlanTrigger;

/** Takes what has been decided of plans. */
public interface Verdicts {
  /** A plan has held. It is not looked at any more. */
  void triggered(Watch watch, PlanTrigger trigger);

  /** A trade at or behind a plan's time of expiry has come. It is not looked at any more. */
  void expired(Watch watch);
}
