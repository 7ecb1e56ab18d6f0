package io.tapeflow.api.verification;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * Whether an instrument's aggressor sides agree with how its price moves.
 *
 * @param instrument {@code venue:symbol}, or the name of what was read
 * @param agreement the verdict
 * @param agreeing price changes in the direction of the aggressor
 * @param disagreeing price changes against it
 * @param buyShare the share of trades whose aggressor bought, 0 to 1; null if there were none
 * @param reason the verdict in words
 */
public record SideVerdict(
    String instrument,
    Agreement agreement,
    long agreeing,
    long disagreeing,
    BigDecimal buyShare,
    String reason) {

  /** What can be said of the sides. */
  public enum Agreement {
    /** Prices rise on buying and fall on selling. */
    AGREES,
    /** They do not: the venue's side is read the wrong way round, or not at all. */
    DISAGREES,
    /** There are too few price changes to say. */
    UNDECIDED
  }

  /** Checks that only the share may be null. */
  public SideVerdict {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(agreement, "agreement");
    Objects.requireNonNull(reason, "reason");
  }
}
