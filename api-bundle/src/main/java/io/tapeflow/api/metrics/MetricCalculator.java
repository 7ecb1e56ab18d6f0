package io.tapeflow.api.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The metrics of one family for one instrument. The engine calls it from one thread at a time and
 * in the order of the tape, so it needs no thinking about threads; it must neither block nor keep
 * what it is given.
 *
 * <p>What it says may depend on nothing but the trades it was given and the moment asked for: the
 * same trades give the same values live, replayed and in a batch. When late trades close a gap, the
 * engine goes back to a state from before the gap, or makes a new calculator, and gives the trades
 * once more in their order.
 */
@ConsumerType
public interface MetricCalculator {
  /**
   * The metrics it gives, in the order of the documentation.
   *
   * @return the same list each time
   */
  List<MetricInfo> metrics();

  /**
   * A trade. Ids ascend; times do not quite always.
   *
   * @param id aggregate trade id
   * @param timeMicros exchange time, microseconds since the epoch
   * @param price fixed-point at the instrument's price scale; positive
   * @param quantity fixed-point at the instrument's quantity scale; positive
   * @param buy true if the aggressor bought
   * @param fills number of single fills; at least 1
   */
  void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills);

  /**
   * Ids are missing between the last trade and the next.
   *
   * @param firstId the first of them
   * @param lastId the last of them
   */
  default void gap(long firstId, long lastId) {}

  /**
   * Late trades have come, and this calculator takes the place of another of its family and
   * instrument. Called before any trade, behind {@link #restore} if there was a state to go back
   * to, so that what is said anew can be told from what had been said: a closed bar that comes out
   * different gets a higher version.
   *
   * @param earlier what had been computed without the late trades; given by the same factory, not
   *     used any more, and not to be kept
   */
  default void replaces(MetricCalculator earlier) {}

  /**
   * Gives the present values.
   *
   * @param out takes them
   */
  void read(MetricReadout out);

  /**
   * Writes all that it needs to go on from the last trade as if nothing had happened. A calculator
   * whose values reach back no further than history need not have it: it is then fed from history.
   *
   * @param out takes the state
   * @return false if it has no such state
   * @throws IOException if {@code out} does
   */
  default boolean save(DataOutput out) throws IOException {
    return false;
  }

  /**
   * Takes over what {@link #save} wrote, before it is given any trade. It is offered a state only
   * if the same class of factory wrote it and the metrics had the same names and descriptions: a
   * parameter that changes what the state means belongs in a description.
   *
   * @param in gives the state
   * @throws IOException if the state cannot be read, also because another version or another
   *     configuration wrote it; the calculator is then thrown away
   */
  default void restore(DataInput in) throws IOException {
    throw new IOException("There is no state to restore");
  }
}
