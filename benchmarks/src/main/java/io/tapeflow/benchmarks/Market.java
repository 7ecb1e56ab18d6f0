package io.tapeflow.benchmarks;

import io.tapeflow.api.trade.Instrument;
import java.util.Random;

/** A made-up market of a fixed seed: a hundred trades a second on a random walk, some in bursts. */
final class Market {
  static final Instrument INSTRUMENT = new Instrument("bench", "BTCUSDT", 8, 8, 1_000_000L);
  static final int TRADES = 1 << 16;

  private static final long FIRST_TIME = 1_759_536_000_000_000L;
  private static final long TICK = 1_000_000L;

  final long[] price = new long[TRADES];
  final long[] quantity = new long[TRADES];
  final long[] time = new long[TRADES];
  final boolean[] buy = new boolean[TRADES];

  /** How long one round of the trades lasts in exchange time. */
  final long duration;

  Market() {
    Random random = new Random(7);
    long at = FIRST_TIME;
    long last = 64_000_00L * TICK;
    for (int i = 0; i < TRADES; i++) {
      at += random.nextInt(10) == 0 ? 100_000L : random.nextInt(2) * 1_000L;
      last = Math.max(TICK, last + (random.nextInt(7) - 3) * TICK);
      price[i] = last;
      quantity[i] = 1_000L * (1 + (long) Math.exp(random.nextGaussian() * 2 + 6));
      time[i] = at;
      buy[i] = random.nextBoolean();
    }
    duration = at - FIRST_TIME + 1_000;
  }
}
