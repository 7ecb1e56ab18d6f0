package io.tapeflow.benchmarks.race;

/** What a contestant has taken, for whoever measures it from outside. */
public interface TallyMXBean {
  /** The name it is registered by. */
  String NAME = "io.tapeflow.benchmarks:type=Tally";

  /** Number of trades. */
  long getTrades();

  /** Id of the last one. */
  long getLastId();

  /** What was bought less what was sold, in units of 1e-8. */
  long getCvd();

  /** Begins to take the time from the venue's stamp to here, or ends it; it has a cost. */
  void setTimed(boolean timed);

  /** 50th, 99th and 99.9th percentile and the longest since it began, in microseconds. */
  long[] getLatencyMicros();
}
