package io.tapeflow.benchmarks.race;

import java.util.List;

/**
 * What a run is made of.
 *
 * @param warmUpTrades at full speed, not counted, so that all code has been compiled that will be
 * @param warmUpSeconds the longest time for them
 * @param seconds of each phase
 * @param perSecond the pace of each phase; 0 for full speed
 */
record Phases(long warmUpTrades, int warmUpSeconds, int seconds, List<Long> perSecond) {}
