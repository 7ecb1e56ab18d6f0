package io.tapeflow.console;

import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;

/** Causes of failing checks, the deepest first: what stands above explains what stands below. */
enum Cause {
  EXECUTOR_DEAD("An executor is dead"),
  INTERNAL("Tapeflow itself has a fault"),
  NOT_STARTED("Nothing has been started"),
  CONFIGURATION("A configuration was refused"),
  DNS("The venue's host name cannot be resolved"),
  TCP("There is no TCP connection to the venue"),
  TLS("The TLS handshake with the venue fails"),
  UPGRADE("The upgrade to a WebSocket fails"),
  SUBSCRIBE("The subscription fails"),
  CONNECTION_LOST("The connection was lost"),
  NO_DATA("Connected, but no data comes"),
  NO_METRICS("There is data, but there are no metrics"),
  NOT_CONSUMED("Nothing consumes the trades"),
  // What stays true once it has happened comes last, or it would hide what is wrong now.
  STARTED_TWICE("An instrument is carried twice"),
  TRADES_MISSING("Trades are missing"),
  TASK_LOST("Background work was lost"),
  NOT_ENDED("Something did not end when it was stopped");

  private final String headline;

  Cause(String headline) {
    this.headline = headline;
  }

  String headline() {
    return headline;
  }

  /** The cause that the end of a connection or attempt points to; null stands for none known. */
  static Cause of(ConnectionError error) {
    if (error == null) {
      return CONNECTION_LOST;
    }
    return switch (error.kind()) {
      case CONFIGURATION -> CONFIGURATION;
      case INTERNAL -> INTERNAL;
      case DNS -> DNS;
      case REFUSED -> TCP;
      case TLS -> TLS;
      case HTTP -> UPGRADE;
      case REJECTED -> SUBSCRIBE;
      case IDLE -> NO_DATA;
      case TIMEOUT, CLOSED -> of(error.phase());
    };
  }

  private static Cause of(ConnectionPhase phase) {
    if (phase == null) {
      return CONNECTION_LOST;
    }
    return switch (phase) {
      case DNS -> DNS;
      case TCP -> TCP;
      case TLS -> TLS;
      case UPGRADE -> UPGRADE;
      case SUBSCRIBE -> SUBSCRIBE;
      case FIRST_DATA -> NO_DATA;
    };
  }
}
