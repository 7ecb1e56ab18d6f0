package io.tapeflow.plan;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.plan.evaluate.Evaluation;
import java.util.List;

/** Shows an evaluation the trades that history holds, with the metrics as they were at each. */
final class CatchUp {
  private static final int CHUNK = 4_096;

  private final OrderFlowBatch batch;
  private final TradeHistory history;

  /**
   * A catch-up.
   *
   * @param batch one that has had no trade
   */
  CatchUp(OrderFlowBatch batch, TradeHistory history) {
    this.batch = batch;
    this.history = history;
  }

  /** Whether a history holds a trade among some ids that order flow counts. */
  static boolean holds(TradeHistory history, long firstId, long lastId) {
    TradeBatch found = history.from(firstId, CHUNK);
    for (int i = 0; i < found.size() && found.id(i) <= lastId; i++) {
      if (!found.block(i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Shows all trades up to and including an id, from the oldest on, so that windows are filled when
   * those come that count.
   *
   * @return the first id that history held; {@link Long#MAX_VALUE} if it held none
   */
  long run(Evaluation evaluation, long upTo) {
    batch.show(new Spectator(evaluation));
    long first = Long.MAX_VALUE;
    long done = -1;
    while (done < upTo) {
      TradeBatch chunk = history.from(done + 1, CHUNK);
      int size = countUpTo(chunk, upTo);
      if (size == 0) {
        return first;
      }
      first = Math.min(first, chunk.id(0));
      feed(chunk, size, done);
      done = chunk.id(size - 1);
    }
    return first;
  }

  /** Feeds stretches without a hole, and tells the holes between them. */
  private void feed(TradeBatch chunk, int size, long before) {
    long done = before;
    int from = 0;
    for (int i = 0; i <= size; i++) {
      boolean hole = i < size && done >= 0 && chunk.id(i) != done + 1;
      if (i == size || hole) {
        if (i > from) {
          batch.trades(chunk.slice(from, i));
        }
        from = i;
      }
      if (hole) {
        Instrument instrument = chunk.instrument();
        batch.gap(new TradeGap(instrument, done + 1, chunk.id(i) - 1, TradeGap.Cause.MISSING));
      }
      done = i < size ? chunk.id(i) : done;
    }
  }

  private static int countUpTo(TradeBatch chunk, long upTo) {
    int size = chunk.size();
    while (size > 0 && chunk.id(size - 1) > upTo) {
      size--;
    }
    return size;
  }

  private record Spectator(Evaluation evaluation) implements OrderFlowListener {
    @Override
    public List<String> metrics(Instrument instrument) {
      return evaluation.metrics();
    }

    @Override
    public void onMoments(FlowMoments moments) {
      evaluation.look(moments);
    }
  }
}
