package io.tapeflow.simulator;

/**
 * One connection's place on one market's tape. Only the connection's pump moves it; anybody may
 * look at where it is.
 */
final class Subscription {
  private final Market market;
  private final TradeFaults faults;
  private final Runnable wake;
  private volatile boolean silenced;
  private volatile long next;

  Subscription(Market market, Faults faults, Runnable wake) {
    this.market = market;
    this.faults = new TradeFaults(market, faults);
    this.wake = wake;
    this.next = market.tape().end();
  }

  Market market() {
    return market;
  }

  long next() {
    return next;
  }

  void wake() {
    wake.run();
  }

  /** Sends nothing more, for good. */
  void silence() {
    silenced = true;
  }

  boolean isSilenced() {
    return silenced;
  }

  /** Goes on from the end of the tape: what is between is never sent. */
  void skip() {
    next = market.tape().end();
    market.progressed();
  }

  /**
   * Sends what is new, as far as there is room.
   *
   * @return false if the tape has forgotten what should be sent next
   */
  boolean send(FrameBatch batch, long nowNanos) {
    if (silenced) {
      skip();
      return true;
    }
    long position = next;
    long end = market.tape().end();
    while (position < end && batch.hasRoom()) {
      AggTrade trade = market.tape().at(position);
      if (trade == null) {
        return false;
      }
      faults.pass(trade, position, nowNanos, batch);
      position++;
    }
    faults.releaseOverdue(nowNanos, batch);
    if (position != next) {
      next = position;
      market.progressed();
    }
    return true;
  }
}
