package io.tapeflow.benchmarks.race;

/** What the probe does for whoever measures from outside, and what it has found. */
public interface ProbeMXBean {
  /** The name it is registered by. */
  String NAME = "io.tapeflow.benchmarks:type=Probe";

  /** Begins, or begins anew, to take the latency of each trade. */
  void begin();

  /**
   * Writes what has been taken since; nothing may come meanwhile.
   *
   * @param feed a file for what a listener to trades was told
   * @param metrics a file for what a listener to metrics was shown
   */
  void write(String feed, String metrics);

  /** Registers listeners to trades that sleep in each of their calls. */
  void addSlow(int listeners);

  /** How long each call of a slow listener takes from now on. */
  void setSlowMillis(long millis);

  /** Trades that each of the slow listeners has been told. */
  long[] getSlowTaken();

  /** Trades that each of the slow listeners has been told to have lost. */
  long[] getSlowLost();
}
