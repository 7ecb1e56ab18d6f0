package io.tapeflow.metrics;

import java.util.HashMap;
import java.util.Map;

/** A run as it was before a gap, to go back to when the missing trades come. */
final class Checkpoint {
  private final FlowTape tape;
  private final Map<String, FamilyState> states = new HashMap<>();

  Checkpoint(Run run) {
    tape = run.tape().fork();
    for (FamilySlot slot : run.slots()) {
      FamilyState state = slot.save();
      if (state != null) {
        states.put(slot.family(), state);
      }
    }
  }

  /** The last id that is in it. */
  long coveredId() {
    return tape.coveredId();
  }

  /**
   * A run that goes on from here. A calculator without a state waits to be built from history.
   *
   * @param now the run of the present, which knows the families
   */
  Run open(Run now, Continuity continuity) {
    Run run = new Run(tape.fork(), continuity);
    for (FamilySlot slot : now.slots()) {
      run.put(slot.isLive() ? restored(slot) : slot);
    }
    return run;
  }

  private FamilySlot restored(FamilySlot slot) {
    FamilyState state = states.get(slot.family());
    if (state != null) {
      FamilySlot restored = slot.anew().create();
      if (restored.restore(state)) {
        return restored;
      }
    }
    return slot.anew();
  }
}
