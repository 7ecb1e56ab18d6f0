package io.tapeflow.metrics;

import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Whether trades of an instrument can be flowing, by what its stream says.
 *
 * @param live true if its connection is live and has carried a trade of it, also if the market has
 *     gone quiet since
 * @param words the state, in words
 * @param newestMicros exchange time of the newest trade that the stream has read, whether or not it
 *     has been released by now; -1 before any, and of a recording, whose time may run at any speed
 * @param skew what to add to this machine's clock to get the venue's; zero if it is not known
 */
record Feed(boolean live, String words, long newestMicros, Duration skew) {
  /** No machine's clock is as wrong as that. */
  private static final Duration OF_NOW = Duration.ofDays(1);

  /** No stream carries the instrument. */
  static final Feed GONE = new Feed(false, "No stream carries it any more", -1, Duration.ZERO);

  /** The feed of an instrument that a stream carries. */
  static Feed of(StreamStatus stream, InstrumentStatus instrument) {
    Duration skew = stream.clock() == null ? Duration.ZERO : stream.clock().skew();
    long newest = newestMicros(instrument);
    if (stream.state() != StreamState.LIVE) {
      return new Feed(false, words(stream), newest, skew);
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
    return new Feed(live, words, newest, skew);
  }

  private static long newestMicros(InstrumentStatus instrument) {
    Instant last = instrument.lastTradeAt();
    boolean ofNow =
        last != null
            && Duration.between(last, instrument.lastReceivedAt()).abs().compareTo(OF_NOW) < 0;
    return ofNow ? ChronoUnit.MICROS.between(Instant.EPOCH, last) : -1;
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
