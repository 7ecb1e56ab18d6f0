package io.tapeflow.metrics;

import java.util.List;

/**
 * All that was known of an instrument at one moment, before it is put into words.
 *
 * @param reading the tape; null if there has been no trade
 * @param continuity the ids that are missing or were repaired
 * @param nanos the moment, by the monotonic clock
 * @param families what the families said then
 */
record Capture(
    FlowReading reading, Continuity continuity, long nanos, List<FamilyReading> families) {

  /** The same moment, with the first family only that has announced a metric. */
  Capture only(String metric) {
    List<FamilyReading> first =
        families.stream().filter(family -> family.infos().containsKey(metric)).limit(1).toList();
    return new Capture(reading, continuity, nanos, first);
  }
}
