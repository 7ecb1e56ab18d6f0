package io.tapeflow.benchmarks.race;

import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import java.util.function.LongSupplier;

/** A listener of a host that sleeps in each of its calls. */
final class SlowListener implements TradeListener {
  private final LongSupplier millis;
  private volatile long taken;
  private volatile long lost;

  SlowListener(LongSupplier millis) {
    this.millis = millis;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // calls come from one thread
  public void onTrades(TradeBatch trades) {
    taken += trades.size();
    long sleep = millis.getAsLong();
    if (sleep > 0) {
      try {
        Thread.sleep(sleep);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // calls come from one thread
  public void onGap(TradeGap gap) {
    lost += gap.count();
  }

  long taken() {
    return taken;
  }

  long lost() {
    return lost;
  }
}
