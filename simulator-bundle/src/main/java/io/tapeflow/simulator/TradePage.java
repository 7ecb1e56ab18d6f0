package io.tapeflow.simulator;

import java.util.function.LongPredicate;

/**
 * One page of a tape, as the REST request for aggregate trades selects it.
 *
 * @param mixed whether each two neighbours change places
 * @param leftOut the positions that are left out
 */
record TradePage(Tape tape, long from, long to, boolean mixed, LongPredicate leftOut) {
  private static final int DEFAULT_LIMIT = 500;
  private static final int MOST = 1_000;
  // Times from here on are in microseconds; in milliseconds this is the year 5138.
  private static final long MICROS_FROM = 100_000_000_000_000L;

  /**
   * The page that a request selects.
   *
   * @param tapeEnd behind the last trade that there is to select from
   */
  static TradePage select(Tape tape, long tapeEnd, RestQuery query) throws RestError {
    long limit = Math.min(query.number("limit", DEFAULT_LIMIT), MOST);
    if (limit < 1) {
      throw new RestError(-1_130, "Data sent for parameter 'limit' is not valid.");
    }
    boolean timed = query.has("startTime") || query.has("endTime");
    if (query.has("fromId")) {
      if (timed) {
        throw new RestError(-1_128, "Combination of optional parameters invalid.");
      }
      return forward(tape, tape.findId(query.number("fromId", 0)), tapeEnd, limit);
    }
    if (!timed) {
      return backward(tape, tapeEnd, limit);
    }
    long end =
        query.has("endTime")
            ? Math.min(tapeEnd, tape.findTime(lastMicro(query.number("endTime", 0)) + 1))
            : tapeEnd;
    if (query.has("startTime")) {
      return forward(tape, tape.findTime(firstMicro(query.number("startTime", 0))), end, limit);
    }
    return backward(tape, end, limit);
  }

  byte[] json(boolean micros, boolean futures) {
    JsonBytes out = new JsonBytes(16 * 1_024);
    out.raw('[');
    boolean first = true;
    for (long position = from; position < to; position++) {
      if (leftOut.test(position)) {
        continue;
      }
      long place = mixed ? Math.min(to - 1, from + ((position - from) ^ 1)) : position;
      AggTrade trade = tape.at(place);
      // Forgotten while the page was being written: the venue no longer has it.
      if (trade != null) {
        if (!first) {
          out.raw(',');
        }
        first = false;
        TradeJson.row(out, trade, micros, futures);
      }
    }
    return out.raw(']').copy();
  }

  TradePage empty() {
    return new TradePage(tape, from, from, mixed, leftOut);
  }

  /** The page of the same length that ends before this one. */
  TradePage before() {
    return new TradePage(tape, Math.max(tape.start(), 2 * from - to), from, mixed, leftOut);
  }

  TradePage shuffled() {
    return new TradePage(tape, from, to, true, leftOut);
  }

  /** This page without the trades at some positions. */
  TradePage without(LongPredicate positions) {
    return new TradePage(tape, from, to, mixed, positions);
  }

  private static TradePage forward(Tape tape, long start, long end, long limit) {
    return new TradePage(
        tape, start, Math.max(start, Math.min(end, start + limit)), false, TradePage::nothing);
  }

  private static TradePage backward(Tape tape, long end, long limit) {
    return new TradePage(tape, Math.max(tape.start(), end - limit), end, false, TradePage::nothing);
  }

  private static boolean nothing(long position) {
    return false;
  }

  private static long firstMicro(long time) {
    return time >= MICROS_FROM ? time : time * 1_000;
  }

  private static long lastMicro(long time) {
    return time >= MICROS_FROM ? time : time * 1_000 + 999;
  }
}
