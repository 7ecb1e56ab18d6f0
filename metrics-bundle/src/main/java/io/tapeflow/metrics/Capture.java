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
    FlowReading reading, Continuity continuity, long nanos, List<FamilyReading> families) {}
