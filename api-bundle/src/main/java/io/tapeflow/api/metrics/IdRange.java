package io.tapeflow.api.metrics;

/**
 * A range of trade ids.
 *
 * @param firstId the first id
 * @param lastId the last id; not less than {@code firstId}
 */
public record IdRange(long firstId, long lastId) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public IdRange {
    if (lastId < firstId) {
      throw new IllegalArgumentException("Range ends at " + lastId + " before " + firstId);
    }
  }

  /**
   * Number of ids.
   *
   * @return 1 or more
   */
  public long count() {
    return lastId - firstId + 1;
  }
}
