package io.tapeflow.log;

import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Says to SLF4J what an entry of the OSGi log says. */
final class LogForwarder {
  /** The log service turns events of framework, bundles and services into entries, too. */
  private static final String EVENTS = "Events.";

  private LogForwarder() {}

  static void forward(LogEntry entry) {
    if (entry.getLoggerName().startsWith(EVENTS)) {
      forwardEvent(entry);
    } else {
      logger(entry)
          .atLevel(level(entry.getLogLevel()))
          .setCause(entry.getException())
          .log(entry.getMessage());
    }
  }

  /** That a bundle has started or a service has come is no news; that something failed is. */
  private static void forwardEvent(LogEntry event) {
    if (LogLevel.WARN.implies(event.getLogLevel())) {
      Throwable cause = event.getException();
      logger(event)
          .atLevel(level(event.getLogLevel()))
          .log(
              "Bundle {}: {}",
              event.getBundle().getSymbolicName(),
              cause == null ? event.getMessage() : cause.getMessage());
    }
  }

  private static Logger logger(LogEntry entry) {
    return LoggerFactory.getLogger(entry.getBundle().getSymbolicName());
  }

  private static Level level(LogLevel level) {
    return switch (level) {
      case AUDIT, INFO -> Level.INFO;
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case DEBUG -> Level.DEBUG;
      case TRACE -> Level.TRACE;
    };
  }
}
