package io.tapeflow.simulator;

import io.tapeflow.api.simulator.VenueAccount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * One symbol: its tape, its rules, and who is subscribed. Subscribers read the tape at their own
 * pace; a market only tells them that there is more.
 */
final class Market {
  private static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private record Mark(long nanos, long end) {}

  private final Dialect dialect;
  private final String symbol;
  private final String streamName;
  private final byte[] symbolBytes;
  private final byte[] wrapperBytes;
  private final boolean historical;
  private final Tape tape;
  private final CompletableFuture<SymbolRules> rules = new CompletableFuture<>();
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final Set<Long> leftOut = ConcurrentHashMap.newKeySet();
  private volatile Runnable feeder = () -> {};
  private volatile boolean ended;
  private volatile double played;
  private volatile String problem = "";
  private volatile long allowed = Long.MAX_VALUE;

  /**
   * A market without trades.
   *
   * @param historical whether events carry the trade's own time as event time, instead of the time
   *     at which they are sent
   */
  Market(Dialect dialect, String symbol, int keep, boolean historical) {
    this.dialect = dialect;
    this.symbol = symbol;
    this.streamName = symbol.toLowerCase(Locale.ROOT) + "@aggTrade";
    this.symbolBytes = symbol.getBytes(StandardCharsets.US_ASCII);
    this.wrapperBytes =
        ("{\"stream\":\"" + streamName + "\",\"data\":").getBytes(StandardCharsets.US_ASCII);
    this.historical = historical;
    this.tape = new Tape(keep);
  }

  Dialect dialect() {
    return dialect;
  }

  String symbol() {
    return symbol;
  }

  String streamName() {
    return streamName;
  }

  byte[] symbolBytes() {
    return symbolBytes;
  }

  /** What stands before an event on a combined connection. */
  byte[] wrapperBytes() {
    return wrapperBytes;
  }

  boolean historical() {
    return historical;
  }

  Tape tape() {
    return tape;
  }

  /** Known at once, but for an archive's, which must be looked into first. */
  CompletableFuture<SymbolRules> rules() {
    return rules;
  }

  void print(AggTrade trade) {
    tape.append(trade);
    announce();
  }

  /** Tells the subscribers that the tape has grown. */
  void announce() {
    for (Subscription subscription : subscriptions) {
      subscription.wake();
    }
  }

  void join(Subscription subscription) {
    subscriptions.add(subscription);
    feeder.run();
  }

  void leave(Subscription subscription) {
    subscriptions.remove(subscription);
    feeder.run();
  }

  /** A subscriber has read on. */
  void progressed() {
    feeder.run();
  }

  /** Sets who is to be told when subscribers come, go and read on. */
  void feeder(Runnable feeder) {
    this.feeder = feeder;
  }

  int subscribers() {
    return subscriptions.size();
  }

  /** How many trades the slowest subscriber has not read. */
  long backlog() {
    long end = tape.end();
    long slowest = end;
    for (Subscription subscription : subscriptions) {
      slowest = Math.min(slowest, subscription.next());
    }
    return end - slowest;
  }

  /** Sets how many trades may be printed in all. */
  void allow(long trades) {
    allowed = trades;
    feeder.run();
  }

  /** Whether as many have been printed as may be. */
  boolean isHeld() {
    return tape.end() >= allowed;
  }

  /** Tells how much of its archive has been read, from 0 to 1. */
  void played(double share) {
    played = share;
  }

  /** Tells of damage in its archive; only the first is kept. */
  void damaged(String where) {
    if (problem.isEmpty()) {
      problem = where;
    }
  }

  /** Remembers where the tape ends now. */
  void mark(long nowNanos) {
    synchronized (marks) {
      while (!marks.isEmpty() && nowNanos - marks.peekFirst().nanos() > MEMORY_NANOS) {
        marks.removeFirst();
      }
      marks.addLast(new Mark(nowNanos, tape.end()));
    }
  }

  /** Where the tape ended at some time, within the last minute and a little after that time. */
  long endBefore(long nanos) {
    synchronized (marks) {
      long end = marks.isEmpty() ? tape.end() : marks.peekFirst().end();
      for (Mark mark : marks) {
        if (mark.nanos() - nanos <= 0) {
          end = mark.end();
        }
      }
      return end;
    }
  }

  /** Whether REST is to keep quiet about the trade at a position: yes, the first time. */
  boolean leavesOutOnce(long position) {
    return leftOut.add(position);
  }

  void end() {
    played = 1;
    ended = true;
  }

  VenueAccount.Market account() {
    return tape.account(ended, played, problem);
  }
}
