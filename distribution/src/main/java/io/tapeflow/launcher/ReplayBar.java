package io.tapeflow.launcher;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A bar that shows how far a replay is, where there is a terminal to show it on. */
final class ReplayBar {
  private static final int WIDTH = 40;
  private static final String TO_LINE_START = "\r";
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean shown;

  ReplayBar(PrintStream err, boolean shown) {
    this.err = err;
    this.shown = shown;
  }

  /** Draws it anew, after so many nanoseconds of playing. */
  void show(ReplayProgress progress, long nanos) {
    if (shown) {
      err.print(TO_LINE_START + line(progress, nanos));
      err.flush();
    }
  }

  /** Takes it away. */
  void clear() {
    if (shown) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  static String line(ReplayProgress progress, long nanos) {
    int done = (int) Math.min(WIDTH, Math.round(progress.played() * WIDTH));
    double seconds = Math.max(nanos, 1) / (double) TimeUnit.SECONDS.toNanos(1);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%  %,d trades  %,.0f/s  ",
        "#".repeat(done),
        ".".repeat(WIDTH - done),
        Math.min(1, progress.played()) * 100,
        progress.trades(),
        nanos == 0 ? 0 : progress.trades() / seconds);
  }
}
