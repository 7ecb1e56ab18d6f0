package io.tapeflow.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Leaves out, doubles and shuffles trades: one in twenty is left out and one in twenty sent twice,
 * and each few mixed, by a plan that only depends on its seed, as long as trades come quickly: none
 * is held for long. The first one is let through.
 */
final class Disturbance {
  private static final int MIXED = 8;
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int ONE_IN = 20;

  private final List<AggTrade> held = new ArrayList<>();
  private Random plan;

  /**
   * Of its own: how often trades are mixed depends on when they come, what is left out must not.
   */
  private Random mix;

  private boolean begun;
  private long heldSince;
  private int seed;

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Takes a trade, and gives out those that are due. */
  void take(AggTrade trade, int planSeed, long nowNanos, Consumer<AggTrade> out) {
    if (!begun) {
      // It tells where the stream begins: what is ahead of it nobody misses.
      begun = true;
      out.accept(trade);
      return;
    }
    if (plan == null || seed != planSeed) {
      seed = planSeed;
      plan = new Random(planSeed);
      mix = new Random(planSeed);
    }
    if (held.isEmpty()) {
      heldSince = nowNanos;
    }
    switch (plan.nextInt(ONE_IN)) {
      case 0 -> {}
      case 1 -> {
        held.add(trade);
        held.add(trade);
      }
      default -> held.add(trade);
    }
    if (held.size() >= MIXED) {
      release(out);
    }
  }

  /** Gives out what has been held for long, or everything if it is never to be held. */
  void releaseOverdue(long nowNanos, Consumer<AggTrade> out) {
    if (nowNanos == Long.MAX_VALUE || nowNanos - heldSince > LONGEST_NANOS) {
      release(out);
    }
  }

  private void release(Consumer<AggTrade> out) {
    if (!held.isEmpty()) {
      Collections.shuffle(held, mix);
      held.forEach(out);
      held.clear();
    }
  }
}
