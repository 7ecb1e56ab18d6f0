package io.tapeflow.metrics;

import io.tapeflow.api.metrics.IdRange;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeHistory;
import java.util.function.Consumer;

/** Gives the trades of a history once more, with the gaps between them in their place. */
final class Replay {
  private static final int CHUNK = 4_096;

  private final TradeHistory history;
  private final IdRanges gaps;
  private final Consumer<IdRange> beforeGap;

  /**
   * A replay.
   *
   * @param gaps the ids known to be missing
   * @param beforeGap is told of each gap before the consumer is
   */
  Replay(TradeHistory history, IdRanges gaps, Consumer<IdRange> beforeGap) {
    this.history = history;
    this.gaps = gaps;
    this.beforeGap = beforeGap;
  }

  Replay(TradeHistory history, IdRanges gaps) {
    this(history, gaps, gap -> {});
  }

  /** The id before the oldest one held, or the given one if nothing is held. */
  static long beforeOldest(TradeHistory history, long otherwise) {
    TradeBatch oldest = history.from(0, 1);
    return oldest.size() == 0 ? otherwise : oldest.id(0) - 1;
  }

  /** Whether nothing behind an id has been dropped. */
  boolean reachesBackTo(long id) {
    long before = beforeOldest(history, Long.MAX_VALUE);
    return before <= id || (before < Long.MAX_VALUE && gaps.count(id + 1, before) == before - id);
  }

  /**
   * Feeds what is behind one id, up to and including another.
   *
   * @return false if history has dropped some of it, before or meanwhile
   */
  boolean feed(TradeConsumer consumer, long after, long upTo) {
    long done = after;
    while (done < upTo) {
      long begin = done;
      TradeBatch chunk = history.from(done + 1, CHUNK);
      for (int i = 0; i < chunk.size() && chunk.id(i) <= upTo; i++) {
        long id = chunk.id(i);
        tellGaps(consumer, done + 1, id - 1);
        give(consumer, chunk, i);
        done = id;
      }
      if (!reachesBackTo(begin)) {
        return false;
      }
      if (done == begin || chunk.size() < CHUNK) {
        tellGaps(consumer, done + 1, upTo);
        done = upTo;
      }
    }
    return true;
  }

  static void give(TradeConsumer consumer, TradeBatch trades, int i) {
    if (trades.block(i)) {
      consumer.block(trades.id(i));
    } else {
      consumer.trade(
          trades.id(i),
          trades.timeMicros(i),
          trades.price(i),
          trades.quantity(i),
          trades.aggressor(i) == Side.BUY,
          trades.fills(i));
    }
  }

  private void tellGaps(TradeConsumer consumer, long firstId, long lastId) {
    if (firstId <= lastId) {
      for (IdRange gap : gaps.within(firstId, lastId)) {
        beforeGap.accept(gap);
        consumer.gap(gap.firstId(), gap.lastId());
      }
    }
  }
}
