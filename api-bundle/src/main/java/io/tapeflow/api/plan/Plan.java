package io.tapeflow.api.plan;

import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

/**
 * What a trader waits for. It triggers once: at the first trade, from its creation on, at which its
 * condition holds and the price is where {@code entry} wants it.
 *
 * <p>A plan may be wrong: it is judged when it is offered to {@link Plans}, which lists all that is
 * wrong with it.
 *
 * @param id unique among the plans of a platform: letters, digits, {@code _}, {@code -} and {@code
 *     .}, at most 100 of them
 * @param instrument its symbol where that is unambiguous, or {@code venue:symbol}
 * @param direction whether it is to buy or to sell
 * @param entry the price wanted, in quote units; null if any price will do. Without a tolerance the
 *     price must be as good as this or better: not above it to buy, not below it to sell
 * @param stopLoss price at which a position would be given up; null for none. Worse than entry
 * @param takeProfit price at which a position would be closed; null for none. Better than entry
 * @param tolerance how far from {@code entry} the price may be, to either side, in quote units;
 *     null for none. Asks for an entry
 * @param condition what has to hold; null if the price is all that is waited for
 * @param expires from this exchange time on it does not trigger any more; null for never
 * @param evaluation at which trades it is looked at
 */
public record Plan(
    String id,
    String instrument,
    Side direction,
    BigDecimal entry,
    BigDecimal stopLoss,
    BigDecimal takeProfit,
    BigDecimal tolerance,
    PlanCondition condition,
    Instant expires,
    PlanEvaluation evaluation) {

  /** Checks that what every plan has is there. */
  public Plan {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(evaluation, "evaluation");
  }

  /**
   * A plan that waits for conditions of order flow alone, on every trade, until it is cancelled.
   *
   * @param id as in the record
   * @param instrument as in the record
   * @param direction as in the record
   * @param condition as in the record
   */
  public Plan(String id, String instrument, Side direction, PlanCondition condition) {
    this(
        id,
        instrument,
        direction,
        null,
        null,
        null,
        null,
        condition,
        null,
        PlanEvaluation.EVERY_TRADE);
  }
}
