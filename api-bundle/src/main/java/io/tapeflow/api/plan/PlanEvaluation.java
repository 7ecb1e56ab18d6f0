package io.tapeflow.api.plan;

/**
 * At which trades a plan is looked at.
 *
 * @param seconds 0 for every trade. Otherwise the first trade in each stretch of so many seconds of
 *     exchange time, the stretches aligned to the epoch; so the same trades trigger it live and
 *     replayed
 */
public record PlanEvaluation(int seconds) {
  /** At every trade. */
  public static final PlanEvaluation EVERY_TRADE = new PlanEvaluation(0);

  /** The longest stretch, in seconds: a day. */
  public static final int MOST_SECONDS = 86_400;

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if it is negative or above {@link #MOST_SECONDS}
   */
  public PlanEvaluation {
    if (seconds < 0 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException(
          "Evaluation every " + seconds + " s: allowed are 1 to " + MOST_SECONDS);
    }
  }

  /**
   * Whether it is every trade.
   *
   * @return true if so
   */
  public boolean everyTrade() {
    return seconds == 0;
  }
}
