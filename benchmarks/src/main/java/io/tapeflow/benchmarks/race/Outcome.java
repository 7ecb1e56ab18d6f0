package io.tapeflow.benchmarks.race;

import java.util.List;

/**
 * What a contestant did in a phase of a run.
 *
 * @param phase {@code max}, or trades a second
 * @param tradesPerSecond taken
 * @param cpuPerMillion CPU-seconds of the process for a million trades
 * @param bytesPerTrade allocated
 * @param collections of the garbage collector
 * @param latencyMicros 50th, 99th and 99.9th percentile and the longest, from the venue's stamp to
 *     the contestant's callback, or to where a host sees the metrics; empty where it is not taken
 */
record Outcome(
    String contestant,
    int repeat,
    String phase,
    double tradesPerSecond,
    double cpuPerMillion,
    double bytesPerTrade,
    long collections,
    List<Long> latencyMicros) {}
