package io.tapeflow.metrics;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An uninterrupted computation over the trades of one instrument: the tape and the calculators of
 * all families. When late trades close a gap, another run takes its place.
 *
 * <p>The tape and the continuity may be read by anyone, the slots only by whose turn it is.
 */
final class Run implements TradeConsumer {
  private final FlowTape tape;
  private final SortedMap<String, FamilySlot> slots = new TreeMap<>();

  /** The same, to be gone through at each trade. */
  private FamilySlot[] inOrder = new FamilySlot[0];

  private volatile Continuity continuity;

  Run(FlowTape tape, Continuity continuity) {
    this.tape = tape;
    this.continuity = continuity;
  }

  FlowTape tape() {
    return tape;
  }

  /** At least as new as what was read of the tape before: later ids are to be left out. */
  Continuity continuity() {
    return continuity;
  }

  void continuity(Continuity now) {
    continuity = now;
  }

  Collection<FamilySlot> slots() {
    return slots.values();
  }

  FamilySlot slot(String family) {
    return slots.get(family);
  }

  void put(FamilySlot slot) {
    slots.put(slot.family(), slot);
    inOrder = slots.values().toArray(FamilySlot[]::new);
  }

  void remove(FamilySlot slot) {
    slots.remove(slot.family(), slot);
    inOrder = slots.values().toArray(FamilySlot[]::new);
  }

  @Override
  public void trade(long id, long time, long price, long quantity, boolean buy, int fills) {
    tape.trade(id, time, price, quantity, buy, fills);
    for (FamilySlot slot : inOrder) {
      slot.trade(id, time, price, quantity, buy, fills);
    }
  }

  /** Takes several trades, one consumer after the other. */
  void take(Chunk chunk) {
    chunk.give(tape);
    for (FamilySlot slot : inOrder) {
      chunk.give(slot);
    }
  }

  @Override
  public void block(long id) {
    tape.block(id);
    slots.values().forEach(slot -> slot.block(id));
  }

  @Override
  public void gap(long firstId, long lastId) {
    tape.gap(firstId, lastId);
    slots.values().forEach(slot -> slot.gap(firstId, lastId));
  }
}
