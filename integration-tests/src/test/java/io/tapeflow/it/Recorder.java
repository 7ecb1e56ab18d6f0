package io.tapeflow.it;

import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** A host's listener: sums the trades of one instrument, and writes down what is not in order. */
final class Recorder implements TradeListener, AutoCloseable {
  private final ServiceRegistration<TradeListener> registration;
  private final List<String> faults = new ArrayList<>();
  private final List<TradeGap> gaps = new ArrayList<>();
  private Tally tally = Tally.NOTHING;
  private long firstId = -1;
  private long lastId = -1;

  private Recorder(Host host, String instrument, boolean fromHistory) {
    registration =
        host.context()
            .registerService(
                TradeListener.class,
                this,
                FrameworkUtil.asDictionary(
                    Map.of(
                        INSTRUMENTS,
                        instrument,
                        FROM_HISTORY,
                        fromHistory,
                        NAME,
                        "recorder of " + instrument)));
  }

  /** Listens from the next trade on, until the test ends. */
  static Recorder of(Host host, String instrument) {
    return host.owns(new Recorder(host, instrument, false));
  }

  /** Listens from the oldest trade of history on, until the test ends. */
  static Recorder fromHistory(Host host, String instrument) {
    return host.owns(new Recorder(host, instrument, true));
  }

  @Override
  public synchronized void onTrades(TradeBatch trades) {
    for (int i = 0; i < trades.size(); i++) {
      long id = trades.id(i);
      if (lastId >= 0 && id != lastId + 1) {
        faults.add(id + " behind " + lastId);
      }
      firstId = firstId < 0 ? id : firstId;
      lastId = id;
      tally =
          tally.plus(
              trades.instrument().quantity(trades.quantity(i)), trades.aggressor(i) == Side.SELL);
    }
  }

  @Override
  public synchronized void onGap(TradeGap gap) {
    gaps.add(gap);
    if (gap.firstId() != lastId + 1) {
      faults.add("a gap from " + gap.firstId() + " behind " + lastId);
    }
    lastId = gap.lastId();
  }

  /** Holes that were not told, and repeats. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  synchronized List<TradeGap> gaps() {
    return List.copyOf(gaps);
  }

  synchronized Tally tally() {
    return tally;
  }

  /** The ids and the sum of the same moment. */
  synchronized Sum sum() {
    return new Sum(firstId, lastId, tally);
  }

  /**
   * What was heard.
   *
   * @param tally of the trades from the first id to the last
   */
  record Sum(long firstId, long lastId, Tally tally) {}

  synchronized long firstId() {
    return firstId;
  }

  synchronized long lastId() {
    return lastId;
  }

  @Override
  public void close() {
    registration.unregister();
  }
}
