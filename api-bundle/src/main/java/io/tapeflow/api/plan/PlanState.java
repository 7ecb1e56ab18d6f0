package io.tapeflow.api.plan;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What has become of a plan. */
public sealed interface PlanState {

  /**
   * The kind of state, in one word.
   *
   * @return never null
   */
  Kind kind();

  /**
   * Whether nothing will change any more for as long as the plan is the same.
   *
   * @return true if so
   */
  default boolean isFinal() {
    return switch (kind()) {
      case PENDING, BLOCKED, ARMED -> false;
      case TRIGGERED, EXPIRED, CANCELLED, INVALID -> true;
    };
  }

  /** The kinds of states. */
  enum Kind {
    /** It is looked at, and nothing of it holds. */
    PENDING,
    /** It cannot be told whether it holds. */
    BLOCKED,
    /** Some of it holds. */
    ARMED,
    /** It held. */
    TRIGGERED,
    /** Its time has passed. */
    EXPIRED,
    /** Somebody has cancelled it. */
    CANCELLED,
    /** It is wrong. */
    INVALID
  }

  /** It is looked at, and none of its conditions holds. */
  record Pending() implements PlanState {
    @Override
    public Kind kind() {
      return Kind.PENDING;
    }
  }

  /**
   * It cannot be told whether it holds, so it does not trigger.
   *
   * @param reason which metric is not what it should be and why, in words
   */
  record Blocked(String reason) implements PlanState {
    /** Checks that the reason is there. */
    public Blocked {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public Kind kind() {
      return Kind.BLOCKED;
    }
  }

  /**
   * Some of its conditions hold, the others do not yet.
   *
   * @param holding those that hold, as they are written
   */
  record Armed(List<String> holding) implements PlanState {
    /** Takes a copy. */
    public Armed {
      holding = List.copyOf(holding);
    }

    @Override
    public Kind kind() {
      return Kind.ARMED;
    }
  }

  /**
   * It held.
   *
   * @param trigger at which trade, and on what evidence
   */
  record Triggered(PlanTrigger trigger) implements PlanState {
    /** Checks that the trigger is there. */
    public Triggered {
      Objects.requireNonNull(trigger, "trigger");
    }

    @Override
    public Kind kind() {
      return Kind.TRIGGERED;
    }
  }

  /**
   * It did not hold before its time had passed.
   *
   * @param at the plan's own time of expiry
   */
  record Expired(Instant at) implements PlanState {
    /** Checks that the time is there. */
    public Expired {
      Objects.requireNonNull(at, "at");
    }

    @Override
    public Kind kind() {
      return Kind.EXPIRED;
    }
  }

  /** Somebody has cancelled it. */
  record Cancelled() implements PlanState {
    @Override
    public Kind kind() {
      return Kind.CANCELLED;
    }
  }

  /**
   * It is wrong and is not looked at.
   *
   * @param faults all that is wrong with it
   */
  record Invalid(List<PlanFault> faults) implements PlanState {
    /** Takes a copy. */
    public Invalid {
      faults = List.copyOf(faults);
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }
  }
}
