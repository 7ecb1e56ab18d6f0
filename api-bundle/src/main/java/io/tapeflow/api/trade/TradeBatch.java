package io.tapeflow.api.trade;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Consecutive trades of one instrument, oldest first. Their ids leave none out but those that the
 * venue says it never gave to a trade.
 *
 * <p>Immutable and safe for any thread. The accessors by index allocate nothing; iteration and
 * {@link #get(int)} make a {@link Trade} each. A batch shares memory with the history it came from,
 * so keep single trades rather than batches if they are to be kept for long.
 *
 * <p>Every index is from 0 to {@link #size()} - 1; another one throws {@link
 * IndexOutOfBoundsException}.
 */
@ProviderType
public interface TradeBatch extends Iterable<Trade> {
  /**
   * What was traded, and the scales of the numbers.
   *
   * @return the instrument; never null
   */
  Instrument instrument();

  /**
   * Number of trades.
   *
   * @return 0 or more; a listener never gets an empty batch
   */
  int size();

  /**
   * Aggregate trade id.
   *
   * @param index of the trade
   * @return the id, ascending with the index
   */
  long id(int index);

  /**
   * Price.
   *
   * @param index of the trade
   * @return fixed-point at the instrument's price scale
   */
  long price(int index);

  /**
   * Quantity.
   *
   * @param index of the trade
   * @return fixed-point at the instrument's quantity scale
   */
  long quantity(int index);

  /**
   * Exchange time.
   *
   * @param index of the trade
   * @return microseconds since the epoch
   */
  long timeMicros(int index);

  /**
   * Local time of receipt.
   *
   * @param index of the trade
   * @return microseconds since the epoch
   */
  long receivedMicros(int index);

  /**
   * Aggressor.
   *
   * @param index of the trade
   * @return the side that took liquidity
   */
  Side aggressor(int index);

  /**
   * Number of single fills.
   *
   * @param index of the trade
   * @return 1 or more
   */
  int fills(int index);

  /**
   * Whether it was fetched to close a gap.
   *
   * @param index of the trade
   * @return true if it did not come by the live stream
   */
  boolean repaired(int index);

  /**
   * Whether it is a block trade.
   *
   * @param index of the trade
   * @return true if order flow leaves it out
   */
  boolean block(int index);

  /**
   * One trade as a value of its own.
   *
   * @param index of the trade
   * @return the trade
   */
  default Trade get(int index) {
    return new Trade(
        instrument(),
        id(index),
        price(index),
        quantity(index),
        timeMicros(index),
        receivedMicros(index),
        aggressor(index),
        fills(index),
        repaired(index),
        block(index));
  }

  /**
   * Some of the trades, as a batch that shares this one's memory.
   *
   * @param from index of the first, 0 or more
   * @param to index behind the last, from {@code from} to {@link #size()}
   * @return the trades in between; empty if {@code from} equals {@code to}
   * @throws IndexOutOfBoundsException if the two are no such range
   */
  default TradeBatch slice(int from, int to) {
    return new TradeSlice(this, from, to);
  }

  @Override
  default Iterator<Trade> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public Trade next() {
        if (!hasNext()) {
          throw new NoSuchElementException("The batch has " + size() + " trades");
        }
        return get(next++);
      }
    };
  }
}
