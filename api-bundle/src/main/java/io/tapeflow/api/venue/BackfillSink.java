package io.tapeflow.api.venue;

import org.osgi.annotation.versioning.ProviderType;

/** Takes the trades of a REST answer, in the order of their ids. */
@ProviderType
public interface BackfillSink {
  /**
   * A trade.
   *
   * @param id aggregate trade id
   * @param price fixed-point at the instrument's price scale; positive
   * @param quantity fixed-point at the instrument's quantity scale; positive
   * @param timeMicros exchange time of the trade, microseconds since the epoch
   * @param buy true if the aggressor bought
   * @param fills number of single fills; at least 1
   */
  void trade(long id, long price, long quantity, long timeMicros, boolean buy, int fills);

  /**
   * An id that the venue lists but that is no trade, such as a row of quantity 0.
   *
   * @param id aggregate trade id
   */
  void noTrade(long id);

  /**
   * A trade that cannot be taken, such as one whose number does not fit the instrument's scale. It
   * stays missing.
   *
   * @param id aggregate trade id
   * @param reason the field and what was expected
   */
  void unreadable(long id, String reason);
}
