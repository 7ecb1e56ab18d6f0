package io.tapeflow.metrics;

/**
 * What is known of the ids of one instrument.
 *
 * @param gaps those that are missing
 * @param repaired those that did not come by the live stream but were fetched
 */
record Continuity(IdRanges gaps, IdRanges repaired) {
  static final Continuity UNBROKEN = new Continuity(IdRanges.NONE, IdRanges.NONE);

  Continuity missing(long firstId, long lastId) {
    return new Continuity(gaps.plus(firstId, lastId), repaired);
  }

  Continuity accountedFor(long firstId, long lastId) {
    return new Continuity(gaps.minus(firstId, lastId), repaired);
  }

  Continuity repaired(long firstId, long lastId) {
    return new Continuity(gaps, repaired.plus(firstId, lastId));
  }
}
