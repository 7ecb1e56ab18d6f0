package io.tapeflow.benchmarks.race;

import java.util.List;

/**
 * What a run is made of.
 *
 * @param warmUpTrades at full speed, not counted, so that all code has been compiled that will be
 * @param warmUpSeconds the longest time for them
 * @param settleSeconds at the pace of each phase ahead of it, not counted: another pace has other
 *     code compiled; and from then on until little is compiled, for the longest time at the most
 * @param seconds of each phase
 * @param perSecond the pace of each phase; 0 for full speed
 */
record Phases(
    long warmUpTrades, int warmUpSeconds, int settleSeconds, int seconds, List<Long> perSecond) {}
