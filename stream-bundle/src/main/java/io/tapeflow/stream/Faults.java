package io.tapeflow.stream;

import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.websocket.core.exception.CloseException;
import org.eclipse.jetty.websocket.core.exception.UpgradeException;

/**
 * What has ended a connection, or an attempt at one.
 *
 * @param code the HTTP status or the WebSocket close code; 0 if it was neither
 * @param pause for how long no other attempt should be made; zero if nobody asks for that
 */
record Faults(ErrorKind kind, String message, int code, Duration pause) {
  private static final int SWITCHING_PROTOCOLS = 101;

  /**
   * No ban becomes longer by one attempt an hour, and no mistaken header keeps us away for days.
   */
  private static final Duration MOST_PAUSE = Duration.ofHours(1);

  Faults(ErrorKind kind, String message) {
    this(kind, message, 0);
  }

  Faults(ErrorKind kind, String message, int code) {
    this(kind, message, code, Duration.ZERO);
  }

  /** What an exception of the transport means. */
  static Faults of(Throwable thrown, ConnectionPhase phase) {
    return of(thrown, phase, Duration.ZERO);
  }

  /**
   * What an exception means.
   *
   * @param wish for how long the answer to an upgrade wants no other; zero if it does not say so
   */
  static Faults of(Throwable thrown, ConnectionPhase phase, Duration wish) {
    Throwable cause = root(thrown);
    if (cause instanceof UpgradeException upgrade
        && upgrade.getResponseStatusCode() > 0
        && upgrade.getResponseStatusCode() != SWITCHING_PROTOCOLS) {
      return refused(upgrade.getResponseStatusCode(), wish);
    }
    for (Throwable t = cause; t != null; t = t.getCause()) {
      ErrorKind kind = kindOf(t);
      if (kind != null) {
        return new Faults(
            kind, words(t), t instanceof CloseException close ? close.getStatusCode() : 0);
      }
    }
    if (phase == ConnectionPhase.TLS) {
      return new Faults(ErrorKind.TLS, words(cause));
    }
    boolean io = hasIoCause(cause);
    if (cause instanceof UpgradeException && !io) {
      return new Faults(ErrorKind.HTTP, "the answer to the upgrade is none, or not whole");
    }
    return new Faults(io ? ErrorKind.CLOSED : ErrorKind.INTERNAL, words(cause));
  }

  private static Faults refused(int status, Duration wish) {
    String words = "the upgrade was answered with HTTP status " + status;
    if (wish.isZero()) {
      return new Faults(ErrorKind.HTTP, words, status);
    }
    words += ", which asks for " + wish.toSeconds() + " s without another";
    Duration pause = wish;
    if (wish.compareTo(MOST_PAUSE) > 0) {
      pause = MOST_PAUSE;
      words += " and gets " + pause.toSeconds();
    }
    return new Faults(ErrorKind.HTTP, words, status, pause);
  }

  /** What a future has failed with. */
  static Throwable root(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static ErrorKind kindOf(Throwable t) {
    if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
      return ErrorKind.DNS;
    }
    if (t instanceof ConnectException || t instanceof NoRouteToHostException) {
      return ErrorKind.REFUSED;
    }
    if (t instanceof SSLException) {
      return ErrorKind.TLS;
    }
    if (t instanceof SocketTimeoutException || t instanceof TimeoutException) {
      return ErrorKind.TIMEOUT;
    }
    // A peer that breaks the protocol is closed upon: its fault, not ours.
    if (t instanceof CloseException) {
      return ErrorKind.CLOSED;
    }
    return null;
  }

  private static boolean hasIoCause(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  private static String words(Throwable t) {
    if (t instanceof EOFException || t instanceof ClosedChannelException) {
      // What the client library says of it is its own state, in a thousand letters.
      return "the connection ended without a word";
    }
    return t.getMessage() == null
        ? t.getClass().getSimpleName()
        : t.getClass().getSimpleName() + ": " + t.getMessage();
  }
}
