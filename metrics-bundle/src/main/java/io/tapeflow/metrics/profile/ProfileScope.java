package io.tapeflow.metrics.profile;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.metrics.footprint.Ladder;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Keeps the volumes of a stretch of time that moves on with the trades. */
interface ProfileScope {
  /** The last part of the metrics' names, such as {@code session}. */
  String name();

  /** What it is, in words. */
  String words();

  /** A trade; the time does not go back. */
  void trade(long id, long timeMicros, long price, long quantity, boolean buy);

  /**
   * The volumes for a moment, not before the last trade. Not to be changed.
   *
   * @return empty if nothing was traded
   */
  Ladder at(long nowMicros);

  /** What they rest on. */
  MetricBasis basis(long nowMicros);

  void save(DataOutput out) throws IOException;

  void restore(DataInput in) throws IOException;
}
