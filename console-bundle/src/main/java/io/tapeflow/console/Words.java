package io.tapeflow.console;

import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How times, states and errors are put for a person. */
final class Words {
  private Words() {}

  static String time(Instant at) {
    return at == null ? "-" : at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  static String seconds(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    return String.format(Locale.ROOT, Math.abs(seconds) < 10 ? "%.2f s" : "%.0f s", seconds);
  }

  /** With the tenths that a short one needs. */
  static String millis(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }

  /** The time between two moments; a dash if one of them is not known. */
  static String between(Instant from, Instant to) {
    return from == null || to == null ? "-" : seconds(Duration.between(from, to));
  }

  static String state(StreamState state) {
    return switch (state) {
      case STOPPED -> "not running";
      case CONNECTING -> "connecting";
      case LIVE -> "trades flow";
      case STALLED -> "connected, but no data within the idle limit";
      case BACKING_OFF -> "waiting before the next attempt";
      case STOPPING -> "being stopped";
    };
  }

  static String phase(ConnectionPhase phase) {
    return switch (phase) {
      case DNS -> "looking up the host name";
      case TCP -> "making the TCP connection";
      case TLS -> "in the TLS handshake";
      case UPGRADE -> "waiting for the WebSocket upgrade";
      case SUBSCRIBE -> "waiting for the subscription's acknowledgement";
      case FIRST_DATA -> "waiting for the first trade";
    };
  }

  static String error(ConnectionError error) {
    if (error == null) {
      return "none";
    }
    return "%s%s at %s: %s"
        .formatted(
            error.kind(),
            error.phase() == null ? "" : " in " + error.phase(),
            time(error.at()),
            clause(error.message()));
  }

  /** Why something waits for a limit of the venue's, and until when. */
  static String waiting(BudgetStatus budget) {
    return "until %s, %s: %d of %d used%s; %s"
        .formatted(
            time(budget.waitingUntil()),
            budget.name() + " of " + budget.scope(),
            budget.used(),
            budget.limit(),
            budget.window().isZero() ? "" : " in " + seconds(budget.window()),
            clause(budget.reason()));
  }

  /** Words from elsewhere, without the full stop that would double ours. */
  static String clause(String words) {
    return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
  }
}
