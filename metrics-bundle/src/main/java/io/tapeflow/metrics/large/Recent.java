package io.tapeflow.metrics.large;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The large orders of the last while, oldest first. */
final class Recent {
  /** Bounds their number, should a threshold be set so low that every order is large. */
  static final int MOST = 50_000;

  private final long ageMicros;
  private final Deque<LargeTrade> trades = new ArrayDeque<>();
  private long forgottenUpTo = Long.MIN_VALUE;

  /**
   * Nothing yet.
   *
   * @param ageMicros age at which they are forgotten
   */
  Recent(long ageMicros) {
    this.ageMicros = ageMicros;
  }

  void add(LargeTrade trade) {
    while (!trades.isEmpty() && trades.getFirst().time() <= trade.time() - ageMicros) {
      trades.removeFirst();
    }
    if (trades.size() == MOST) {
      forgottenUpTo = trades.removeFirst().time();
    }
    trades.addLast(trade);
  }

  /** Those younger than the age, as of some moment. */
  List<LargeTrade> asOf(long now) {
    List<LargeTrade> young = new ArrayList<>(trades);
    int old = 0;
    while (old < young.size() && young.get(old).time() <= now - ageMicros) {
      old++;
    }
    young.subList(0, old).clear();
    return young;
  }

  /** Why it is not all of them as of some moment; empty if it is. */
  String lack(long now) {
    return forgottenUpTo > now - ageMicros ? "Holds the newest " + MOST + " only" : "";
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(forgottenUpTo);
    out.writeInt(trades.size());
    for (LargeTrade trade : trades) {
      trade.save(out);
    }
  }

  void restore(DataInput in) throws IOException {
    forgottenUpTo = in.readLong();
    int count = in.readInt();
    if (count < 0 || count > MOST) {
      throw new IOException("State holds " + count + " large trades, allowed are 0 to " + MOST);
    }
    for (int i = 0; i < count; i++) {
      trades.addLast(LargeTrade.restored(in));
    }
  }
}
