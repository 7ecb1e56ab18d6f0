package io.tapeflow.api.metrics;

import java.util.Objects;

/**
 * The trades that a value rests on. From it the engine says how much of its window the value
 * covers, and whether ids are missing in it.
 *
 * @param firstId the first id that is, or would be, in it; -1 if there is none yet
 * @param sinceMicros exchange time from which trades are covered, microseconds since the epoch
 * @param lack what is missing to the whole window or the number of samples that the definition asks
 *     for, in words; empty if nothing is. A value that lacks something is warming up
 */
public record MetricBasis(long firstId, long sinceMicros, String lack) {
  /** Checks that the words are not null. */
  public MetricBasis {
    Objects.requireNonNull(lack, "lack");
  }

  /**
   * A basis that lacks nothing.
   *
   * @param firstId as in the record
   * @param sinceMicros as in the record
   * @return the basis
   */
  public static MetricBasis whole(long firstId, long sinceMicros) {
    return new MetricBasis(firstId, sinceMicros, "");
  }
}
