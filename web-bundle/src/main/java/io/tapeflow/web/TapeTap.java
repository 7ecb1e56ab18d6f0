package io.tapeflow.web;

import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Hands trades, gaps and late trades in their order to the thread that makes events. While that one
 * is behind, the delivery waits here, which delays nobody else; what it then loses, it says.
 */
final class TapeTap implements TradeListener {
  private static final int CAPACITY = 4_096;

  private final BlockingQueue<Object> line;
  private volatile boolean closed;

  TapeTap() {
    this(CAPACITY);
  }

  TapeTap(int capacity) {
    line = new ArrayBlockingQueue<>(capacity);
  }

  @Override
  public void onTrades(TradeBatch trades) {
    put(trades);
  }

  @Override
  public void onGap(TradeGap gap) {
    put(gap);
  }

  @Override
  public void onAmendment(TradeAmendment amendment) {
    put(amendment);
  }

  /** What has come since the last call: batches, gaps and amendments. */
  List<Object> take() {
    List<Object> taken = new ArrayList<>();
    line.drainTo(taken);
    return taken;
  }

  /** Lets go a delivery that waits. */
  void close() {
    closed = true;
  }

  private void put(Object item) {
    try {
      while (!closed && !line.offer(item, 100, TimeUnit.MILLISECONDS)) {
        // The thread that takes is behind.
      }
    } catch (InterruptedException e) {
      // The delivery is being stopped.
      Thread.currentThread().interrupt();
    }
  }
}
