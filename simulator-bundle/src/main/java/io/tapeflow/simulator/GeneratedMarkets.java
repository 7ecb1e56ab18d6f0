package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.QUIET_SYMBOL;

import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.Pulse;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Prints generated trades when their time has come, for all markets on one thread. */
final class GeneratedMarkets implements Runnable {
  private static final long LONGEST_WAIT_MICROS = 250_000;
  // More than this behind, the machine is too slow or has slept: the market goes on from now.
  private static final long MOST_LATE_MICROS = 1_000_000;

  private static final long QUIET_MICROS = 50_000;

  private final OffsetClock clock;
  private final Faults faults;
  private final Pulse pulse;
  private final PriorityQueue<Feed> feeds =
      new PriorityQueue<>(Comparator.comparingLong(feed -> feed.upcoming.timeMicros()));

  GeneratedMarkets(OffsetClock clock, Faults faults, Pulse pulse) {
    this.clock = clock;
    this.faults = faults;
    this.pulse = pulse;
  }

  /**
   * Adds a market, and prints its past, which ends now.
   *
   * @param quiet whether nothing is traded after that past
   * @param firstId the id of the first trade after that past
   */
  void add(Market market, TradeGenerator generator, boolean quiet, int history, long firstId) {
    Feed feed =
        new Feed(
            market,
            generator,
            history,
            firstId,
            clock.wallMicros() - clock.offsetMicros(),
            clock.offsetMicros());
    if (!quiet) {
      feeds.add(feed);
    }
  }

  static long idFrom(Clock clock) {
    // Higher at every start than anything printed before, up to 100,000 trades a second.
    return (clock.wallMicros() / 1_000 - 1_700_000_000_000L) * 100;
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      pulse.beat();
      Feed feed = feeds.peek();
      long offset = clock.offsetMicros();
      long now = clock.wallMicros() - offset;
      long wait = feed == null ? LONGEST_WAIT_MICROS : feed.upcoming.timeMicros() - now;
      if (wait > 0) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(Math.min(wait, LONGEST_WAIT_MICROS)));
      } else {
        feeds.remove();
        if (faults.isOn(QUIET_SYMBOL, feed.market.symbol())) {
          feed.postpone(QUIET_MICROS);
        } else {
          feed.print(now, offset);
        }
        feeds.add(feed);
      }
    }
  }

  /** A market, and the trade that comes next on it. */
  private static final class Feed {
    private final Market market;
    private final TradeGenerator generator;
    private final long idShift;
    private long timeShift;
    private AggTrade upcoming;

    Feed(
        Market market,
        TradeGenerator generator,
        int history,
        long firstId,
        long nowMicros,
        long offsetMicros) {
      this.market = market;
      this.generator = generator;
      this.idShift = Math.max(0, firstId - history);
      AggTrade[] past = new AggTrade[history];
      for (int i = 0; i < history; i++) {
        past[i] = generator.next();
      }
      this.timeShift = nowMicros - (history == 0 ? 0 : past[history - 1].timeMicros());
      for (AggTrade trade : past) {
        market.print(trade.shifted(idShift, idShift, timeShift + offsetMicros));
      }
      this.upcoming = next();
    }

    /** Prints what is due; its time is the venue's. */
    void print(long nowMicros, long offsetMicros) {
      long late = nowMicros - upcoming.timeMicros();
      if (late > MOST_LATE_MICROS) {
        postpone(late);
      }
      market.print(upcoming.shifted(0, 0, offsetMicros));
      upcoming = next();
    }

    void postpone(long micros) {
      timeShift += micros;
      upcoming = upcoming.shifted(0, 0, micros);
    }

    private AggTrade next() {
      return generator.next().shifted(idShift, idShift, timeShift);
    }
  }
}
