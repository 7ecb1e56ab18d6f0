package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.QUIET_SYMBOL;

import io.tapeflow.tasks.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prints one market's archives, from the first subscription on and only as fast as every subscriber
 * reads. While nobody is subscribed it waits.
 */
final class ArchivePlayer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ArchivePlayer.class);

  private static final int TOGETHER = 256;
  private static final int MOST_AHEAD = 8_192;
  private static final int LOOK_AT = 20_000;
  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Market market;
  private final List<Path> files;
  private final double speed;
  private final Clock clock;
  private final Faults faults;
  private final boolean strict;
  private long bytesBefore;
  private long bytesInAll;
  private int waiting;
  private long damaged;
  private long anchorMicros = -1;
  private long anchorNanos;

  /**
   * A player at a factor of real time; infinite for as fast as possible.
   *
   * @param strict whether it ends at the first damaged line, instead of leaving it out
   */
  ArchivePlayer(
      Market market, List<Path> files, double speed, boolean strict, Clock clock, Faults faults) {
    this.market = market;
    this.strict = strict;
    this.files = files;
    this.speed = speed;
    this.clock = clock;
    this.faults = faults;
  }

  @Override
  public void run() {
    Thread self = Thread.currentThread();
    market.feeder(() -> LockSupport.unpark(self));
    market.rules().complete(rules());
    files.forEach(file -> bytesInAll += size(file));
    for (Path file : files) {
      awaitReaders();
      if (!stopped() && !isOver()) {
        LOG.info("{} plays {}", market.symbol(), file);
        play(file);
      }
    }
    if (!stopped()) {
      market.end();
      LOG.info(
          "{} has been played: {} trades, {} damaged lines",
          market.symbol(),
          market.tape().end(),
          damaged);
    }
  }

  private void play(Path file) {
    long line = 0;
    try (ArchiveReader reader = new ArchiveReader(file)) {
      boolean more = true;
      while (more && !stopped() && !isOver()) {
        try {
          AggTrade trade = reader.next();
          more = trade != null;
          if (more) {
            awaitTime(trade);
            if (quiet()) {
              announce();
            }
            print(trade, reader);
          }
        } catch (IllegalArgumentException e) {
          complain(file, reader.line(), e);
        } finally {
          line = reader.line();
        }
      }
    } catch (IOException e) {
      damaged++;
      String problem = file + " cannot be read beyond line " + line + ": " + e.getMessage();
      market.damaged(problem);
      tell(problem);
    }
    bytesBefore += size(file);
    market.announce();
    waiting = 0;
  }

  private void print(AggTrade trade, ArchiveReader reader) {
    market.tape().append(trade.marked());
    waiting++;
    if (waiting == TOGETHER) {
      market.played((double) (bytesBefore + reader.bytes()) / Math.max(1, bytesInAll));
      announce();
    }
  }

  private void announce() {
    waiting = 0;
    market.announce();
    awaitReaders();
  }

  private void complain(Path file, long line, IllegalArgumentException problem) {
    damaged++;
    String words = file + " line " + line + ": " + problem.getMessage();
    market.damaged(words);
    if (damaged == 1) {
      tell(words);
    }
  }

  /** Whoever wants it strict reads the account, and has the last word. */
  private void tell(String problem) {
    if (strict) {
      LOG.info("{}. What follows is not played", problem);
    } else {
      LOG.error("{}. It is left out; more damaged lines are only counted", problem);
    }
  }

  /** Waits until there is a subscriber, and none is too far behind. */
  private void awaitReaders() {
    long begin = clock.nanos();
    boolean paused = false;
    while (!stopped() && isToWait()) {
      paused = true;
      LockSupport.parkNanos(WAIT_NANOS);
    }
    if (paused) {
      anchorNanos += clock.nanos() - begin;
    }
  }

  private boolean isToWait() {
    return market.subscribers() == 0 || market.backlog() > MOST_AHEAD || market.isHeld() || quiet();
  }

  /** Whether damage has put an end to it. */
  private boolean isOver() {
    return strict && damaged > 0;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      // Playing it will meet the same fault.
      return 0;
    }
  }

  private boolean quiet() {
    return faults.isOn(QUIET_SYMBOL, market.symbol());
  }

  /** Waits until a trade is due at the chosen speed. */
  private void awaitTime(AggTrade trade) {
    if (Double.isInfinite(speed)) {
      return;
    }
    if (anchorMicros < 0) {
      anchorMicros = trade.timeMicros();
      anchorNanos = clock.nanos();
    }
    while (!stopped() && nanosUntil(trade) > 0) {
      if (waiting > 0) {
        announce();
      } else {
        LockSupport.parkNanos(Math.min(nanosUntil(trade), WAIT_NANOS));
      }
    }
  }

  private long nanosUntil(AggTrade trade) {
    double due = (trade.timeMicros() - anchorMicros) * 1_000.0 / speed;
    return anchorNanos + (long) due - clock.nanos();
  }

  /** Finds out how many decimals the archive needs, from its beginning. */
  private SymbolRules rules() {
    SymbolRules rules = SymbolRules.of(market.symbol()).whole();
    long largest = 0;
    for (Path file : files) {
      try (ArchiveReader reader = new ArchiveReader(file)) {
        for (int i = 0; i < LOOK_AT; i++) {
          AggTrade trade = readable(reader);
          if (trade != null) {
            largest = Math.max(largest, trade.units() / E8.one(trade.decimals()));
            rules = widened(rules, trade);
          }
        }
      } catch (IOException e) {
        // Playing it will meet the same fault, and report it with its line.
        LOG.debug("Could not look into {}", file, e);
      }
    }
    return rules.roomFor(largest);
  }

  /** The next trade; null if there is none, or the line cannot be read. */
  private static AggTrade readable(ArchiveReader reader) throws IOException {
    try {
      return reader.next();
    } catch (IllegalArgumentException e) {
      // Playing it will report the line.
      return null;
    }
  }

  private static SymbolRules widened(SymbolRules rules, AggTrade trade) {
    return rules.widened(
        decimals(trade.priceE8(), E8.DECIMALS), decimals(trade.units(), trade.decimals()));
  }

  /** How many decimals a number of so many needs. */
  private static int decimals(long units, int most) {
    int decimals = most;
    for (long rest = units; decimals > 0 && rest % 10 == 0; rest /= 10) {
      decimals--;
    }
    return decimals;
  }

  private static boolean stopped() {
    return Thread.currentThread().isInterrupted();
  }
}
