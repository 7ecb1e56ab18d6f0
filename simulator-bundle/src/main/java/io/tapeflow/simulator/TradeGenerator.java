package io.tapeflow.simulator;

import io.tapeflow.api.trade.Side;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * Makes up a market: the same endless sequence of trades for the same seed and symbol, whatever the
 * machine. Ids and times begin at 0.
 *
 * <p>Takers' orders come in bursts. Takers tend to do what they did before, and to follow regimes
 * of some seconds to minutes in which the price drifts. Sizes have a heavy tail, and the largest
 * orders sweep through several prices at the same instant. The price is pulled back to where it
 * began, so that a long run stays believable.
 */
final class TradeGenerator {
  private static final double BURST_ORDERS = 5;
  private static final double GAP_IN_BURST = 0.15;
  private static final double SWEEP_CHANCE = 0.012;
  private static final int MOST_SWEPT = 9;
  private static final double TRADES_PER_ORDER = 1 + SWEEP_CHANCE * (MOST_SWEPT + 1) / 2.0;
  private static final double PERSISTENCE_IN_BURST = 0.8;
  private static final double PERSISTENCE_BETWEEN = 0.55;
  private static final double NOISE_PER_ORDER = 0.000_006;
  private static final double DRIFT_PER_SECOND = 0.000_02;
  private static final double PULL_PER_SECOND = 0.000_5;
  private static final double TAIL = 1.25;
  private static final double SMALLEST_QUOTE = 40;
  private static final double LARGEST_QUOTE = 400_000;
  private static final double SWEEP_FACTOR = 60;

  private final SplittableRandom random;
  private final SymbolRules rules;
  private final boolean improves;
  private final double meanGapMicros;
  private final double startTicks;
  private final Queue<AggTrade> legs = new ArrayDeque<>();

  private long nextId;
  private long nextTradeId;
  private double timeMicros;
  private double mid;
  private int leftInBurst;
  private double regimeEndsMicros;
  private double drift;
  private Side side = Side.BUY;

  /**
   * A generator.
   *
   * @param improves whether some trades are retail price improvement, in part or wholly
   */
  TradeGenerator(SymbolRules rules, long seed, double tradesPerSecond, boolean improves) {
    this.improves = improves;
    this.random = new SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + rules.symbol().hashCode());
    this.rules = rules;
    this.meanGapMicros = 1e6 * TRADES_PER_ORDER / tradesPerSecond;
    this.startTicks = (double) rules.startPriceE8() / rules.tickE8();
    this.mid = startTicks;
  }

  /** The next trade; its time is that since the beginning. */
  AggTrade next() {
    if (legs.isEmpty()) {
      order();
    }
    return legs.remove();
  }

  private void order() {
    // Only the legs of one order share an instant.
    double gap = Math.max(1, nextGapMicros());
    timeMicros += gap;
    if (timeMicros >= regimeEndsMicros) {
      newRegime();
    }
    moveMid(gap / 1e6);
    chooseSide();
    boolean sweep = random.nextDouble() < SWEEP_CHANCE;
    int levels = sweep ? 1 + random.nextInt(MOST_SWEPT) + 1 : 1;
    double quote = quoteSize() * (sweep ? SWEEP_FACTOR : 1);
    double price = mid + side.sign() * (0.5 + spreadTicks());
    for (int level = 0; level < levels; level++) {
      leg(price, Math.min(quote, LARGEST_QUOTE) / levels * (0.5 + random.nextDouble()));
      price += side.sign() * (1 + levelTicks() * random.nextDouble());
    }
    // What was taken away does not come back at once.
    mid += side.sign() * 0.3 * levels * levelTicks();
  }

  private double nextGapMicros() {
    if (leftInBurst > 0) {
      leftInBurst--;
      return exponential(GAP_IN_BURST * meanGapMicros);
    }
    leftInBurst = (int) exponential(BURST_ORDERS - 0.5);
    // What bursts are faster than the mean, the quiet between them makes up for.
    return exponential(meanGapMicros * (1 + (1 - GAP_IN_BURST) * meanExtraOrders()));
  }

  /** The mean of a rounded-down exponential. */
  private static double meanExtraOrders() {
    return 1 / (StrictMath.exp(1 / (BURST_ORDERS - 0.5)) - 1);
  }

  private void newRegime() {
    regimeEndsMicros = timeMicros + 1e6 * (10 + exponential(40));
    drift = DRIFT_PER_SECOND * noise();
  }

  private void moveMid(double seconds) {
    double pull = PULL_PER_SECOND * StrictMath.log(startTicks / mid);
    double change = (drift + pull) * Math.min(seconds, 10) + NOISE_PER_ORDER * noise();
    mid = Math.max(startTicks / 10, mid * StrictMath.exp(change));
  }

  private void chooseSide() {
    double persistence = leftInBurst > 0 ? PERSISTENCE_IN_BURST : PERSISTENCE_BETWEEN;
    if (random.nextDouble() >= persistence) {
      double buyers = 0.5 + 0.25 * Math.max(-1, Math.min(1, drift / DRIFT_PER_SECOND));
      side = random.nextDouble() < buyers ? Side.BUY : Side.SELL;
    }
  }

  private void leg(double priceTicks, double quote) {
    long ticks = Math.max(1, Math.round(priceTicks));
    double price = (double) ticks * rules.tickE8() / E8.ONE;
    long steps = Math.max(1, Math.round(quote / price * E8.ONE / rules.stepE8()));
    int fills = 1 + (int) exponential(0.4 + quote / 20_000);
    legs.add(
        new AggTrade(
            nextId,
            ticks * rules.tickE8(),
            steps * rules.stepE8(),
            netSteps(steps) * rules.stepE8(),
            E8.DECIMALS,
            nextTradeId,
            nextTradeId + fills - 1,
            (long) timeMicros,
            side));
    nextId++;
    nextTradeId += fills;
  }

  /** One trade in ten is improved in part, and one in thirty wholly. */
  private long netSteps(long steps) {
    if (!improves || nextId % 10 != 0) {
      return steps;
    }
    return nextId % 30 == 0 ? 0 : steps / 2;
  }

  private double quoteSize() {
    return SMALLEST_QUOTE * StrictMath.pow(1 - random.nextDouble(), -1 / TAIL);
  }

  /**
   * Wide against what the price moves from order to order, so that most changes of price are in the
   * aggressor's direction, as on a real market; at least a tick.
   */
  private double spreadTicks() {
    return Math.max(1, startTicks * 0.000_04);
  }

  private double levelTicks() {
    return Math.max(1, startTicks * 0.000_02);
  }

  private double exponential(double mean) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }

  /** Nearly normal, with mean 0 and deviation 1, and the same on every machine. */
  private double noise() {
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum - 6;
  }
}
