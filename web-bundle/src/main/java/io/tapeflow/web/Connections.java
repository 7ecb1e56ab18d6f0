package io.tapeflow.web;

import io.tapeflow.tasks.Clock;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections HTTP servers have, and what became of those beyond the limit. Knows no
 * server: where that is one whose connections nobody can count, there are none here.
 */
@Component(service = Connections.class)
public final class Connections {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final Duration SAID_FOR = Duration.ofMinutes(10);

  private final CurrentSettings settings;
  private final Clock clock;
  private final List<ConnectionTable> tables = new CopyOnWriteArrayList<>();

  private long closed;
  private long refused;
  private long saidNanos;

  /** Uses the machine's clock. */
  @Activate
  public Connections(@Reference CurrentSettings settings) {
    this(settings, Clock.SYSTEM);
  }

  Connections(CurrentSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Begins to count those of a server. */
  ConnectionTable count() {
    ConnectionTable table = new ConnectionTable();
    tables.add(table);
    return table;
  }

  /** Counts those of a server no more. */
  void forget(ConnectionTable table) {
    tables.remove(table);
  }

  /** Enters a new connection, and says which ones have to be closed. */
  List<Channel> enter(ConnectionTable table, Channel connection) {
    int configured = settings.get().connections();
    List<Channel> surplus =
        table.enter(connection, configured == 0 ? Integer.MAX_VALUE : configured);
    if (!surplus.isEmpty()) {
      boolean itself = surplus.contains(connection);
      turnedAway(configured, surplus.size() - (itself ? 1 : 0), itself ? 1 : 0);
    }
    return surplus;
  }

  private synchronized void turnedAway(int most, int nowClosed, int nowRefused) {
    boolean first = closed + refused == 0;
    closed += nowClosed;
    refused += nowRefused;
    long now = clock.nanos();
    if (first || now - saidNanos > SAID_FOR.toNanos()) {
      saidNanos = now;
      LOG.warn(
          "{}: the HTTP server has as many connections as it may (connections = {}). For each new"
              + " one, that which has asked nothing for longest is closed: {} so far. {} new ones"
              + " were refused, because all others had a request under way",
          CurrentSettings.PID,
          most,
          closed,
          refused);
    }
  }

  /** Whether there is a server whose connections are counted. */
  boolean areCounted() {
    return !tables.isEmpty();
  }

  /** How many are open. */
  int open() {
    return tables.stream().mapToInt(ConnectionTable::size).sum();
  }

  /** How many may be, of each server; 0 for any number. */
  int most() {
    return settings.get().connections();
  }

  /** How many that asked nothing were closed for new ones. */
  synchronized long closed() {
    return closed;
  }

  /** How many new ones were refused. */
  synchronized long refused() {
    return refused;
  }
}
