package io.tapeflow.metrics;

import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import java.time.Duration;

/**
 * Whether trades of an instrument can be flowing, by what its stream says.
 *
 * @param live true if its connection is live and has carried a trade of it, also if the market has
 *     gone quiet since
 * @param words the state, in words
 * @param skew what to add to this machine's clock to get the venue's; zero if it is not known
 */
record Feed(boolean live, String words, Duration skew) {
  /** No stream carries the instrument. */
  static final Feed GONE = new Feed(false, "No stream carries it any more", Duration.ZERO);

  /** The feed of an instrument that a stream carries. */
  static Feed of(StreamStatus stream, InstrumentStatus instrument) {
    Duration skew = stream.clock() == null ? Duration.ZERO : stream.clock().skew();
    if (stream.state() != StreamState.LIVE) {
      return new Feed(false, words(stream), skew);
    }
    InstrumentState state = instrument.state();
    String reason = instrument.reason().isEmpty() ? "" : ": " + instrument.reason();
    String words =
        stream.venue()
            + " is LIVE, "
            + instrument.instrument().symbol()
            + " is "
            + instrument.state()
            + reason;
    boolean live = state == InstrumentState.LIVE || state == InstrumentState.QUIET;
    return new Feed(live, words, skew);
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
