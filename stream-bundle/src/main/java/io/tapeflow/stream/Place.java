package io.tapeflow.stream;

/**
 * How far a listener has come on a tape.
 *
 * @param lastId the last id that was told to it, as a trade or as missing
 * @param told the missing ids of which it was told, and not yet told that they have come. Not to be
 *     changed
 */
record Place(long lastId, IdRanges told) {}
