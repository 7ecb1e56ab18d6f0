package io.tapeflow.stream;

import java.time.Duration;

/**
 * Judges whether the trades that come behind a kept record go on with it: they do not if the venue
 * numbers anew, or if so many are missing that history could not hold them.
 */
final class Resumption {
  /** How far the venue's times may disagree with its ids. */
  private static final long DISORDER_MICROS = 1_000_000;

  private final long lastId;
  private final long lastTime;
  private final Duration longest;
  private final long most;

  /** The record ends with this trade. */
  Resumption(long lastId, long lastTime, StreamSettings settings) {
    this.lastId = lastId;
    this.lastTime = lastTime;
    this.longest = settings.history();
    this.most = settings.historyTrades();
  }

  /** Why the record ends before a trade of the stream; null if it does not. */
  String whyAnew(long id, long time) {
    if (id <= lastId) {
      return time > lastTime + DISORDER_MICROS
          ? "id " + id + " is newer than id " + lastId + ", the last one of the record"
          : null;
    }
    if (time < lastTime - DISORDER_MICROS) {
      return "id " + id + " is older than id " + lastId + ", the last one of the record";
    }
    long missing = id - lastId - 1;
    if (missing > most) {
      return missing + " ids are missing, more than history.trades = " + most;
    }
    return missing > 0 && time - lastTime > longest.toNanos() / 1_000
        ? missing + " ids are missing since " + longest.toSeconds() + " s ago or longer"
        : null;
  }

  /** Whether what REST says to follow the record by id is older than it. */
  boolean contradicts(BackfillPage page) {
    for (int i = 0; i < page.size(); i++) {
      if (page.isTrade(i) && page.id(i) > lastId) {
        return page.timeMicros(i) < lastTime - DISORDER_MICROS;
      }
    }
    return false;
  }
}
