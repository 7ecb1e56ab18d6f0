package io.tapeflow.plan;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.plan.evaluate.Evaluation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows an evaluation the trades that history holds, with the metrics as they were at each. */
final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
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
   * Shows all trades ahead of some moments, from the oldest on, so that windows are filled when
   * those come that count. A metric that rests on older trades in these moments is not shown: here
   * it would be another number.
   *
   * @return the first id that history held; {@link Long#MAX_VALUE} if it held none
   */
  long run(Evaluation evaluation, FlowMoments moments) {
    TradeBatch oldest = history.from(0, 1);
    if (oldest.size() == 0 || oldest.id(0) >= moments.id(0)) {
      return Long.MAX_VALUE;
    }
    Set<String> out = olderThan(oldest.id(0), moments);
    if (!out.isEmpty()) {
      LOG.warn(
          "{}: plans catch up without {}, for which history does not reach back far enough",
          moments.instrument().key(),
          out);
    }
    batch.show(new Spectator(evaluation, out));
    feedUpTo(moments.id(0) - 1);
    return oldest.id(0);
  }

  private static Set<String> olderThan(long oldest, FlowMoments moments) {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < moments.metrics().size(); i++) {
      MetricValue value = moments.value(0, i);
      if (value.firstId() >= 0 && value.firstId() < oldest) {
        names.add(value.name());
      }
    }
    return names;
  }

  private void feedUpTo(long upTo) {
    long done = -1;
    while (done < upTo) {
      // Ahead of the trades: what is fetched in between then counts as missing, not as never made.
      List<TradeGap> gaps = history.gaps(done + 1, upTo);
      TradeBatch chunk = history.from(done + 1, CHUNK);
      int size = countUpTo(chunk, upTo);
      if (size == 0) {
        return;
      }
      feed(chunk, size, gaps);
      done = chunk.id(size - 1);
    }
  }

  /** Feeds the trades up to an index, and tells the gaps between them in their place. */
  private void feed(TradeBatch chunk, int size, List<TradeGap> gaps) {
    int from = 0;
    for (TradeGap gap : gaps) {
      if (gap.firstId() > chunk.id(size - 1)) {
        break;
      }
      int to = from;
      while (to < size && chunk.id(to) < gap.firstId()) {
        to++;
      }
      feed(chunk, from, to);
      batch.gap(gap);
      from = to;
    }
    feed(chunk, from, size);
  }

  private void feed(TradeBatch chunk, int from, int to) {
    if (to > from) {
      batch.trades(chunk.slice(from, to));
    }
  }

  private static int countUpTo(TradeBatch chunk, long upTo) {
    int size = chunk.size();
    while (size > 0 && chunk.id(size - 1) > upTo) {
      size--;
    }
    return size;
  }

  private record Spectator(Evaluation evaluation, Set<String> out) implements OrderFlowListener {
    @Override
    public List<String> metrics(Instrument instrument) {
      return evaluation.metrics();
    }

    @Override
    public void onMoments(FlowMoments moments) {
      evaluation.look(out.isEmpty() ? moments : new MomentsWithout(moments, out));
    }
  }
}
