package io.tapeflow.benchmarks.race;

import java.util.List;

/**
 * What a run is made of.
 *
 * @param warmUpSeconds at full speed, not counted
 * @param seconds of each phase
 * @param perSecond the pace of each phase; 0 for full speed
 */
record Phases(int warmUpSeconds, int seconds, List<Long> perSecond) {}
