package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.COMPRESSED;
import static io.tapeflow.api.simulator.FaultKind.DISTURB;
import static io.tapeflow.api.simulator.FaultKind.DROP;
import static io.tapeflow.api.simulator.FaultKind.DUPLICATE;
import static io.tapeflow.api.simulator.FaultKind.FRAGMENTED;
import static io.tapeflow.api.simulator.FaultKind.IDS_BACKWARDS;
import static io.tapeflow.api.simulator.FaultKind.INVALID_UTF8;
import static io.tapeflow.api.simulator.FaultKind.MALFORMED;
import static io.tapeflow.api.simulator.FaultKind.REORDER;
import static io.tapeflow.api.simulator.FaultKind.WRONG_JSON;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the faults make of the trades of one subscription: which are sent, in what order, and how
 * they are written. Used by the connection's pump alone.
 */
final class TradeFaults {
  private static final int OLD_TRADES = 10;

  private final Market market;
  private final Faults faults;
  private final Map<FaultKind, EveryNth> counters = new EnumMap<>(FaultKind.class);
  private final Disturbance disturbance = new Disturbance();
  private AggTrade heldBack;
  private int spelling;

  TradeFaults(Market market, Faults faults) {
    this.market = market;
    this.faults = faults;
  }

  /** Sends what becomes of the trade at a position of the market's tape. */
  void pass(AggTrade trade, long position, long nowNanos, FrameBatch batch) {
    if (faults.areNone() && heldBack == null && disturbance.isEmpty()) {
      batch.trade(market, trade);
      return;
    }
    if (hits(DROP)) {
      return;
    }
    VenueFault plan = faults.get(DISTURB, market.symbol());
    if (plan != null) {
      disturbance.take(trade, Faults.number(plan), nowNanos, late -> emit(late, batch));
    } else {
      inOrder(trade, batch);
    }
    if (hits(IDS_BACKWARDS)) {
      sendOld(position, batch);
    }
  }

  /** Sends what a plan has held back for too long, or holds no more. */
  void releaseOverdue(long nowNanos, FrameBatch batch) {
    boolean planned = faults.isOn(DISTURB, market.symbol());
    disturbance.releaseOverdue(planned ? nowNanos : Long.MAX_VALUE, late -> emit(late, batch));
  }

  private void inOrder(AggTrade trade, FrameBatch batch) {
    if (heldBack != null) {
      AggTrade late = heldBack;
      heldBack = null;
      emit(trade, batch);
      emit(late, batch);
    } else if (hits(REORDER)) {
      heldBack = trade;
    } else {
      emit(trade, batch);
    }
  }

  private void sendOld(long position, FrameBatch batch) {
    for (long old = position - 1; old >= Math.max(0, position - OLD_TRADES); old--) {
      AggTrade trade = market.tape().at(old);
      if (trade != null) {
        batch.trade(market, trade);
      }
    }
  }

  private void emit(AggTrade trade, FrameBatch batch) {
    if (hits(WRONG_JSON)) {
      batch.misspelt(market, trade, spelling++);
    } else if (hits(INVALID_UTF8)) {
      batch.invalidUtf8(market, trade);
    } else if (hits(COMPRESSED)) {
      batch.compressed(market, trade);
    } else if (hits(FRAGMENTED)) {
      batch.fragmented(market, trade);
    } else {
      batch.trade(market, trade);
    }
    if (hits(DUPLICATE)) {
      batch.trade(market, trade);
    }
    if (hits(MALFORMED)) {
      batch.brokenTrade(market, trade);
    }
  }

  private boolean hits(FaultKind kind) {
    VenueFault fault = faults.get(kind, market.symbol());
    return fault != null && counters.computeIfAbsent(kind, unseen -> new EveryNth()).hits(fault);
  }
}
