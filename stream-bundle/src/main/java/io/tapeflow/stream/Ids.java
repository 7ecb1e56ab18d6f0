package io.tapeflow.stream;

/** Ids in a row. */
record Ids(long first, long last) {
  long count() {
    return last - first + 1;
  }
}
