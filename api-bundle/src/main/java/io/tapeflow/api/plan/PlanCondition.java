package io.tapeflow.api.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What has to hold for a plan to trigger, as a tree. At each trade each part of it holds, does not
 * hold, or cannot be told because a metric is not OK or not complete. What cannot be told never
 * counts as holding, nor as not holding: a group that hangs on it cannot be told either.
 *
 * <p>Equal parts of the plans of an instrument are computed once, so a part is what its values say,
 * nothing else. Parts are named in faults by their path: the root is {@code conditions}, a part of
 * a group {@code conditions[0]}, the one part of an operator {@code conditions.part}, an argument
 * {@code conditions[0].threshold}.
 */
public sealed interface PlanCondition {

  /**
   * A condition from the registry, by its name.
   *
   * @param name such as {@code delta_positive}
   * @param arguments by the name of the parameter, or by an empty name for the first one; each a
   *     {@link BigDecimal}, a {@link Duration}, a {@link Boolean} or a {@link String}, which may
   *     also be a number or a time with its unit, such as {@code 2 percent}. Those left out have
   *     the default of their parameter
   */
  record Named(String name, Map<String, Object> arguments) implements PlanCondition {
    /** Takes a copy, in the order of the names, and numbers without their trailing zeros. */
    public Named {
      Objects.requireNonNull(name, "name");
      Map<String, Object> copy = new TreeMap<>(arguments);
      copy.replaceAll(
          (key, value) -> value instanceof BigDecimal number ? number.stripTrailingZeros() : value);
      arguments = Collections.unmodifiableMap(copy);
    }

    /**
     * A condition with the defaults of its parameters.
     *
     * @param name as in the record
     */
    public Named(String name) {
      this(name, Map.of());
    }
  }

  /**
   * A comparison of two numbers, or of a metric that is a word with a word.
   *
   * @param left what is compared
   * @param relation how
   * @param right with what
   */
  record Comparison(Operand left, Relation relation, Operand right) implements PlanCondition {
    /** Checks that nothing is null. */
    public Comparison {
      Objects.requireNonNull(left, "left");
      Objects.requireNonNull(relation, "relation");
      Objects.requireNonNull(right, "right");
    }
  }

  /** How two numbers are compared. Words can only be equal or not. */
  enum Relation {
    /** Left is less. */
    LESS("<"),
    /** Left is less or equal. */
    AT_MOST("<="),
    /** Left is more. */
    MORE(">"),
    /** Left is more or equal. */
    AT_LEAST(">="),
    /** They are equal. */
    EQUAL("=="),
    /** They are not equal. */
    NOT_EQUAL("!="),
    /**
     * Left is more, and at the trade before it was not. Not at the first trade at which both are
     * known.
     */
    CROSSES_ABOVE("crosses above"),
    /** Left is less, and at the trade before it was not. */
    CROSSES_BELOW("crosses below");

    private final String text;

    Relation(String text) {
      this.text = text;
    }

    /**
     * As it is written in an expression.
     *
     * @return a sign or two words
     */
    public String text() {
      return text;
    }
  }

  /** One side of a comparison. */
  sealed interface Operand {
    /**
     * A metric.
     *
     * @param name dotted, such as {@code delta.60s}
     */
    record Metric(String name) implements Operand {
      /** Checks that the name is there. */
      public Metric {
        Objects.requireNonNull(name, "name");
      }
    }

    /** The price of the trade. */
    record Price() implements Operand {}

    /**
     * A number. Equal numbers are equal whatever their scales are.
     *
     * @param value the number, in the unit of what it is compared with
     * @param unit the unit that its writer takes that to be, so that a mistake is found; empty if
     *     he does not say
     */
    record Constant(BigDecimal value, String unit) implements Operand {
      /** Takes the number without its trailing zeros. */
      public Constant {
        Objects.requireNonNull(unit, "unit");
        value = value.stripTrailingZeros();
      }

      /**
       * A number whose writer does not say a unit.
       *
       * @param value as in the record
       */
      public Constant(BigDecimal value) {
        this(value, "");
      }
    }

    /**
     * A word, such as {@code BUY}.
     *
     * @param value the word
     */
    record Word(String value) implements Operand {
      /** Checks that the word is there. */
      public Word {
        Objects.requireNonNull(value, "value");
      }
    }
  }

  /**
   * A number lies in a band, bounds included.
   *
   * @param operand the number
   * @param low lower bound
   * @param high upper bound, not below {@code low}
   * @param inside false if it has to lie outside
   */
  record Band(Operand operand, BigDecimal low, BigDecimal high, boolean inside)
      implements PlanCondition {
    /** Takes the bounds without their trailing zeros. */
    public Band {
      Objects.requireNonNull(operand, "operand");
      low = low.stripTrailingZeros();
      high = high.stripTrailingZeros();
    }
  }

  /**
   * Begins to hold when a number reaches one level, and goes on until it has come back to another.
   *
   * @param operand the number
   * @param on the level at which it begins
   * @param off the level at which it ends: below {@code on} for a number that has to rise, above it
   *     for one that has to fall
   */
  record Hysteresis(Operand operand, BigDecimal on, BigDecimal off) implements PlanCondition {
    /** Takes the levels without their trailing zeros. */
    public Hysteresis {
      Objects.requireNonNull(operand, "operand");
      on = on.stripTrailingZeros();
      off = off.stripTrailingZeros();
    }
  }

  /**
   * All parts hold.
   *
   * @param parts at least one
   */
  record All(List<PlanCondition> parts) implements PlanCondition {
    /** Takes a copy. */
    public All {
      parts = List.copyOf(parts);
    }
  }

  /**
   * At least one part holds.
   *
   * @param parts at least one
   */
  record Any(List<PlanCondition> parts) implements PlanCondition {
    /** Takes a copy. */
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /**
   * No part holds.
   *
   * @param parts at least one
   */
  record None(List<PlanCondition> parts) implements PlanCondition {
    /** Takes a copy. */
    public None {
      parts = List.copyOf(parts);
    }
  }

  /**
   * The weights of the parts that hold, added up, reach a level; it goes on to hold until they fall
   * below another.
   *
   * @param parts with their weights, at least one
   * @param enable the sum at which it begins to hold
   * @param suspend the sum below which it ends, not above {@code enable}
   */
  record Confluence(List<Weighted> parts, BigDecimal enable, BigDecimal suspend)
      implements PlanCondition {
    /** Takes a copy. */
    public Confluence {
      parts = List.copyOf(parts);
      enable = enable.stripTrailingZeros();
      suspend = suspend.stripTrailingZeros();
    }
  }

  /**
   * A part of a confluence.
   *
   * @param part what has to hold to be counted
   * @param weight what it counts, positive
   */
  record Weighted(PlanCondition part, BigDecimal weight) {
    /** Takes the weight without its trailing zeros. */
    public Weighted {
      Objects.requireNonNull(part, "part");
      weight = weight.stripTrailingZeros();
    }
  }

  /**
   * A part has held at each trade for a time, without a break and without a trade at which it could
   * not be told.
   *
   * @param part what has to hold
   * @param time how long, by exchange time; positive
   */
  record HeldFor(PlanCondition part, Duration time) implements PlanCondition {
    /** Checks that nothing is null. */
    public HeldFor {
      Objects.requireNonNull(part, "part");
      Objects.requireNonNull(time, "time");
    }
  }

  /**
   * A part held at a trade not longer ago than a time.
   *
   * @param part what had to hold
   * @param time how long ago at the most, by exchange time; positive
   */
  record Within(PlanCondition part, Duration time) implements PlanCondition {
    /** Checks that nothing is null. */
    public Within {
      Objects.requireNonNull(part, "part");
      Objects.requireNonNull(time, "time");
    }
  }

  /**
   * A part begins to hold, at a trade; what it says within a time after that is left out.
   *
   * @param part what has to begin to hold
   * @param time how long it is not listened to then, by exchange time; positive
   */
  record Cooldown(PlanCondition part, Duration time) implements PlanCondition {
    /** Checks that nothing is null. */
    public Cooldown {
      Objects.requireNonNull(part, "part");
      Objects.requireNonNull(time, "time");
    }
  }
}
