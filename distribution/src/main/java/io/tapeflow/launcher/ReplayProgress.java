package io.tapeflow.launcher;

import java.util.Map;

/**
 * How far a replay is.
 *
 * @param trades that have come to its end
 * @param printed trades that the venue has printed
 * @param played share of the archive that has been read, 0 to 1
 * @param ended whether nothing more will be printed
 * @param arrived whether all that was printed has come, and nothing more will be
 * @param problem damage in the archive; empty if there is none
 */
record ReplayProgress(
    long trades, long printed, double played, boolean ended, boolean arrived, String problem) {
  static ReplayProgress of(Map<String, Object> values) {
    return new ReplayProgress(
        ((Number) values.get("trades")).longValue(),
        ((Number) values.get("printed")).longValue(),
        ((Number) values.get("played")).doubleValue(),
        Boolean.TRUE.equals(values.get("ended")),
        Boolean.TRUE.equals(values.get("arrived")),
        String.valueOf(values.get("problem")));
  }
}
