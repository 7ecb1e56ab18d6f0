package io.tapeflow.metrics.side;

import io.tapeflow.api.verification.SideVerdict;
import io.tapeflow.api.verification.SideVerdict.Agreement;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How the latest trades went, and what that says of their sides.
 *
 * @param agreeing changes of price that went with the aggressor
 * @param disagreeing changes that went against it
 * @param buys trades in which the aggressor bought
 * @param sells trades in which it sold
 */
record SideCounts(long agreeing, long disagreeing, long buys, long sells) {
  /** Below this, a verdict would be a guess. */
  static final int LEAST = 200;

  /** Standard deviations that are no chance. */
  private static final double SURE = 5;

  /** Agreement that real sides reach: on recorded days, eight changes in ten and more. */
  private static final double CLEAR = 0.6;

  /** Agreement below which sides say nothing of prices: no more than chance. */
  private static final double USELESS = 0.52;

  /** Changes from which on so little agreement is no chance either. */
  private static final int MANY_CHANGES = 5_000;

  /** Trades from which on a share of one side can be told to be extreme. */
  private static final int MANY = 1_000;

  /** A share of one side that no market has over many trades. */
  private static final double EXTREME = 0.005;

  Agreement agreement() {
    return finding().agreement;
  }

  /** In words, for an instrument. */
  SideVerdict verdict(String instrument) {
    Finding finding = finding();
    BigDecimal share =
        trades() == 0
            ? null
            : BigDecimal.valueOf(buys)
                .divide(BigDecimal.valueOf(trades()), 4, RoundingMode.HALF_UP);
    return new SideVerdict(
        instrument, finding.agreement, agreeing, disagreeing, share, reason(finding));
  }

  private long trades() {
    return buys + sells;
  }

  private long changes() {
    return agreeing + disagreeing;
  }

  private double z() {
    return (agreeing - disagreeing) / Math.sqrt((double) changes());
  }

  private Finding finding() {
    if (trades() >= MANY && Math.min(buys, sells) < trades() * EXTREME) {
      return Finding.ONE_SIDED;
    }
    if (changes() < LEAST) {
      return Finding.TOO_FEW;
    }
    double share = (double) agreeing / changes();
    if (z() < -SURE) {
      return Finding.INTERCHANGED;
    }
    if (z() > SURE && share >= CLEAR) {
      return Finding.TRUE;
    }
    return changes() >= MANY_CHANGES && share < USELESS ? Finding.BY_CHANCE : Finding.UNCLEAR;
  }

  private String reason(Finding finding) {
    if (finding == Finding.ONE_SIDED) {
      return "The aggressor %s in %d of %d trades; the side is not read at all"
          .formatted(buys > sells ? "bought" : "sold", Math.max(buys, sells), trades());
    }
    if (finding == Finding.TOO_FEW) {
      return "%d of %d price changes that a verdict needs".formatted(changes(), LEAST);
    }
    return "%d of %d price changes go with the aggressor, z = %.1f%s"
        .formatted(agreeing, changes(), z(), finding.conclusion);
  }

  private enum Finding {
    ONE_SIDED(Agreement.DISAGREES, ""),
    TOO_FEW(Agreement.UNDECIDED, ""),
    INTERCHANGED(Agreement.DISAGREES, "; buys and sells are interchanged"),
    BY_CHANCE(Agreement.DISAGREES, "; the side says nothing of the price"),
    TRUE(Agreement.AGREES, ""),
    UNCLEAR(Agreement.UNDECIDED, "");

    private final Agreement agreement;
    private final String conclusion;

    Finding(Agreement agreement, String conclusion) {
      this.agreement = agreement;
      this.conclusion = conclusion;
    }
  }
}
