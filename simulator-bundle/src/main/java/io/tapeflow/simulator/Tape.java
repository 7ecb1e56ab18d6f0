package io.tapeflow.simulator;

import io.tapeflow.api.simulator.VenueAccount;
import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToLongFunction;

/**
 * What has been printed for one symbol: a bounded record, oldest forgotten first, and exact sums
 * over everything. Trades have positions from 0 on, because ids may have holes.
 *
 * <p>Appending takes a lock, for prints by hand from several threads; reading takes none. A chunk
 * is never used again, so a reader that holds one always reads what it expects.
 */
final class Tape {
  private static final int CHUNK = 1_024;

  private final AtomicReferenceArray<Chunk> ring;
  private volatile long end;

  // The rest is guarded by this.
  private long firstId = -1;
  private long lastId = -1;
  private long lastTradeId = -1;
  private final Sum bought = new Sum();
  private final Sum sold = new Sum();

  /** A tape that keeps at least a number of trades. */
  Tape(int keep) {
    this.ring = new AtomicReferenceArray<>(keep / CHUNK + 2);
  }

  /**
   * Adds a trade at the end.
   *
   * @throws IllegalArgumentException if its id is not above the last one's
   */
  synchronized void append(AggTrade trade) {
    long position = end;
    if (position > 0 && trade.id() <= lastId) {
      throw new IllegalArgumentException(
          "an id above " + lastId + " was expected, not " + trade.id());
    }
    (trade.aggressor() == Side.BUY ? bought : sold).add(trade);
    firstId = position == 0 ? trade.id() : firstId;
    lastId = trade.id();
    lastTradeId = trade.lastTradeId();
    long number = position / CHUNK;
    if (position % CHUNK == 0) {
      ring.set(slot(number), new Chunk(number));
    }
    ring.get(slot(number)).trades[(int) (position % CHUNK)] = trade;
    end = position + 1;
  }

  /** The position behind the last trade. */
  long end() {
    return end;
  }

  /** The first position that is still kept. */
  long start() {
    long newest = Math.max(0, end - 1) / CHUNK;
    return Math.max(0, newest - ring.length() + 1) * CHUNK;
  }

  /** The trade at a position before the end; null if it has been forgotten. */
  AggTrade at(long position) {
    long number = position / CHUNK;
    Chunk chunk = ring.get(slot(number));
    return chunk.number == number ? chunk.trades[(int) (position % CHUNK)] : null;
  }

  /**
   * The position of the first kept trade with this id or a higher one; the end if there is none.
   */
  long findId(long id) {
    return find(id, AggTrade::id);
  }

  /** The position of the first kept trade at this time or later; the end if there is none. */
  long findTime(long micros) {
    return find(micros, AggTrade::timeMicros);
  }

  synchronized long lastId() {
    return lastId;
  }

  synchronized long lastTradeId() {
    return lastTradeId;
  }

  synchronized VenueAccount.Market account(boolean ended, double played, String problem) {
    return new VenueAccount.Market(
        end, firstId, lastId, bought.total(), sold.total(), ended, played, problem);
  }

  private long find(long key, ToLongFunction<AggTrade> keyOf) {
    long low = start();
    long high = end;
    while (low < high) {
      long middle = (low + high) >>> 1;
      AggTrade trade = at(middle);
      // What has been forgotten meanwhile lies before anything that can be found.
      if (trade == null || keyOf.applyAsLong(trade) < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int slot(long number) {
    return (int) (number % ring.length());
  }

  private static final class Chunk {
    private final long number;
    private final AggTrade[] trades = new AggTrade[CHUNK];

    Chunk(long number) {
      this.number = number;
    }
  }

  /** A sum that cannot overflow. */
  private static final class Sum {
    private BigDecimal carried = BigDecimal.ZERO;
    private long units;

    void add(AggTrade trade) {
      if (trade.decimals() != E8.DECIMALS) {
        carried = carried.add(trade.quantity());
        return;
      }
      long more = trade.units();
      if (units > Long.MAX_VALUE - more) {
        carried = carried.add(E8.decimal(units));
        units = 0;
      }
      units += more;
    }

    BigDecimal total() {
      return carried.add(E8.decimal(units));
    }
  }
}
