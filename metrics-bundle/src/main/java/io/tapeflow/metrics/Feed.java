package io.tapeflow.metrics;

import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;

/**
 * Whether trades of an instrument can be flowing, by what its stream says.
 *
 * @param live true if its connection is live and has carried a trade of it
 * @param words the state, in words
 */
record Feed(boolean live, String words) {
  /** No stream carries the instrument. */
  static final Feed GONE = new Feed(false, "No stream carries it any more");

  /** The feed of an instrument that a stream carries. */
  static Feed of(StreamStatus stream, InstrumentStatus instrument) {
    if (stream.state() != StreamState.LIVE) {
      return new Feed(false, words(stream));
    }
    boolean live = instrument.state() == InstrumentState.LIVE;
    String reason = instrument.reason().isEmpty() ? "" : ": " + instrument.reason();
    return new Feed(
        live,
        stream.venue()
            + " is LIVE, "
            + instrument.instrument().symbol()
            + " is "
            + instrument.state()
            + reason);
  }

  private static String words(StreamStatus stream) {
    StringBuilder words = new StringBuilder(stream.venue()).append(" is ").append(stream.state());
    if (stream.phase() != null) {
      words.append(" (").append(stream.phase()).append(", attempt ").append(stream.attempt());
      words.append(')');
    }
    ConnectionError error = stream.lastError();
    if (error != null) {
      words.append(" after ").append(error.kind());
      if (error.phase() != null) {
        words.append(" in ").append(error.phase());
      }
      words.append(": ").append(error.message());
    }
    return words.toString();
  }
}
