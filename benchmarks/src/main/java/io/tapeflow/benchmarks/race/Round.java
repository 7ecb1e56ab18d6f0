package io.tapeflow.benchmarks.race;

import java.math.BigDecimal;
import java.util.Random;

/**
 * A round of trades, which a venue sends again and again: a random walk of a fixed seed, with the
 * sums that a client must come to.
 */
final class Round {
  private static final int SCALE = 8;
  private static final long TICK = 1_000_000L;
  private static final long FIRST_PRICE = 64_000_00L * TICK;

  private final long[] price;
  private final long[] quantity;
  private final boolean[] buy;

  /** CVD behind each trade of the first round. */
  private final long[] cvd;

  Round(int size, long seed) {
    price = new long[size];
    quantity = new long[size];
    buy = new boolean[size];
    cvd = new long[size];
    Random random = new Random(seed);
    long last = FIRST_PRICE;
    long sum = 0;
    for (int i = 0; i < size; i++) {
      buy[i] = random.nextBoolean();
      // Those who buy move it up, those who sell down, and a third of them not at all.
      last = Math.max(TICK, last + random.nextInt(3) * (buy[i] ? TICK : -TICK));
      price[i] = last;
      quantity[i] = 1_000L * (1 + (long) Math.exp(random.nextGaussian() * 2 + 6));
      sum += buy[i] ? quantity[i] : -quantity[i];
      cvd[i] = sum;
    }
  }

  int size() {
    return price.length;
  }

  boolean buy(int i) {
    return buy[i];
  }

  String priceText(int i) {
    return text(price[i]);
  }

  String quantityText(int i) {
    return text(quantity[i]);
  }

  /** CVD in units of 1e-8 from the first trade to one of any round. */
  long cvdTo(long id) {
    long count = id - Frames.FIRST_ID + 1;
    if (count <= 0) {
      return 0;
    }
    long rounds = (count - 1) / size();
    return rounds * cvd[size() - 1] + cvd[(int) ((count - 1) % size())];
  }

  private static String text(long units) {
    return BigDecimal.valueOf(units, SCALE).toPlainString();
  }
}
