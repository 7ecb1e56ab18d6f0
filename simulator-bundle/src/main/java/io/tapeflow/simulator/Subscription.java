package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.DROP;
import static io.tapeflow.api.simulator.FaultKind.DUPLICATE;
import static io.tapeflow.api.simulator.FaultKind.MALFORMED;
import static io.tapeflow.api.simulator.FaultKind.REORDER;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;

/**
 * One connection's place on one market's tape, and what the faults do to what it is sent. Only the
 * connection's pump moves it; anybody may look at where it is.
 */
final class Subscription {
  private final Market market;
  private final Faults faults;
  private final Runnable wake;
  private final EveryNth drop = new EveryNth();
  private final EveryNth duplicate = new EveryNth();
  private final EveryNth reorder = new EveryNth();
  private final EveryNth malformed = new EveryNth();
  private AggTrade heldBack;
  private volatile boolean silenced;
  private volatile long next;

  Subscription(Market market, Faults faults, Runnable wake) {
    this.market = market;
    this.faults = faults;
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
  boolean send(FrameBatch batch) {
    if (silenced) {
      skip();
      return true;
    }
    long position = next;
    long end = market.tape().end();
    if (position == end) {
      return true;
    }
    while (position < end && batch.hasRoom()) {
      AggTrade trade = market.tape().at(position);
      if (trade == null) {
        return false;
      }
      send(trade, batch);
      position++;
    }
    next = position;
    market.progressed();
    return true;
  }

  private void send(AggTrade trade, FrameBatch batch) {
    if (drop.hits(fault(DROP))) {
      return;
    }
    if (heldBack != null) {
      AggTrade late = heldBack;
      heldBack = null;
      emit(trade, batch);
      emit(late, batch);
    } else if (reorder.hits(fault(REORDER))) {
      heldBack = trade;
    } else {
      emit(trade, batch);
    }
  }

  private void emit(AggTrade trade, FrameBatch batch) {
    batch.trade(market, trade);
    if (duplicate.hits(fault(DUPLICATE))) {
      batch.trade(market, trade);
    }
    if (malformed.hits(fault(MALFORMED))) {
      batch.brokenTrade(market, trade);
    }
  }

  private VenueFault fault(FaultKind kind) {
    return faults.get(kind, market.symbol());
  }
}
