package io.tapeflow.web;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What has come of an archive. A snapshot is written for each minute of exchange time in which
 * there was a trade, as of the last trade in it, once the first trade of a later minute has come;
 * and one for the end. They depend on the trades alone, so the same archive gives the same lines
 * each time.
 */
final class ReplayRecord {
  private static final long MINUTE = TimeUnit.MINUTES.toMicros(1);

  private final String symbol;
  private final OrderFlowBatch batch;
  private final SnapshotLines lines;

  // All guarded by this: trades come by the delivery's thread, questions by the launcher's.
  private long count;
  private long firstId = -1;
  private long lastId = -1;
  private long firstTime;
  private long lastTime = Long.MIN_VALUE;
  private long missing;
  private long lost;
  private long written;
  private String problem = "";
  private boolean finished;

  ReplayRecord(String symbol, OrderFlowBatch batch, SnapshotLines lines) {
    this.symbol = symbol;
    this.batch = batch;
    this.lines = lines;
  }

  synchronized void trades(TradeBatch trades) {
    if (finished) {
      return;
    }
    int from = 0;
    for (int i = 0; i < trades.size(); i++) {
      long time = trades.timeMicros(i);
      if (count == 0) {
        firstId = trades.id(i);
        firstTime = time;
      } else if (Math.floorDiv(time, MINUTE) > Math.floorDiv(lastTime, MINUTE)) {
        batch.trades(trades.slice(from, i));
        from = i;
        write();
      }
      lastTime = Math.max(lastTime, time);
      lastId = trades.id(i);
      count++;
    }
    batch.trades(trades.slice(from, trades.size()));
  }

  synchronized void gap(TradeGap gap) {
    batch.gap(gap);
    if (gap.cause() == TradeGap.Cause.MISSING) {
      missing += gap.count();
    } else {
      lost += gap.count();
    }
  }

  synchronized long counted() {
    return count;
  }

  synchronized boolean has(long id) {
    return lastId >= id;
  }

  /** Writes the last line, and sums up. */
  synchronized Map<String, Object> finish() {
    if (!finished) {
      finished = true;
      if (count > 0) {
        write();
      }
      try {
        lines.close();
      } catch (IOException e) {
        failed(e);
      }
    }
    return summary();
  }

  synchronized void close() throws IOException {
    finished = true;
    lines.close();
  }

  private void write() {
    // A snapshot costs as much as thousands of trades: none is taken that nobody gets.
    if (lines == SnapshotLines.NONE || !problem.isEmpty()) {
      return;
    }
    try {
      if (lines.write(symbol, batch.snapshot(symbol), batch.metrics(symbol))) {
        written++;
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException e) {
    problem = "Snapshots cannot be written: " + e.getMessage();
  }

  private Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("trades", count);
    summary.put("firstId", firstId);
    summary.put("lastId", lastId);
    summary.put("missing", missing);
    summary.put("lost", lost);
    summary.put("lines", written);
    summary.put("problem", problem);
    if (count > 0) {
      summary.put("from", Json.time(firstTime));
      summary.put("to", Json.time(lastTime));
      summary.put("micros", lastTime - firstTime);
      metrics(summary, batch.snapshot(symbol));
    }
    return summary;
  }

  private static void metrics(Map<String, Object> summary, MetricSnapshot snapshot) {
    for (String name :
        new String[] {
          "volume.buy.start",
          "volume.sell.start",
          "value.buy.start",
          "value.sell.start",
          "cvd.start",
          "cvd.max.start",
          "cvd.min.start",
          "vwap.start"
        }) {
      Object value = snapshot.metric(name).value();
      summary.put(name, value instanceof BigDecimal number ? number.toPlainString() : "");
    }
  }
}
