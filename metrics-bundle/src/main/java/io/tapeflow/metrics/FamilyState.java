package io.tapeflow.metrics;

/**
 * The saved state of a family's calculator.
 *
 * @param fingerprint tells whether a calculator computes the same
 * @param coveredId the last id that is in it
 * @param holes ids that it has not had, though others have
 * @param bytes what the calculator wrote
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FamilyState(long fingerprint, long coveredId, IdRanges holes, byte[] bytes) {}
