package io.tapeflow.web;

import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The open connections of a server: those with a request under way, and those that ask nothing. */
final class ConnectionTable {
  /** In the order in which they began to ask nothing. */
  private final Set<Channel> idle = new LinkedHashSet<>();

  /** With the number of their requests. */
  private final Map<Channel, Integer> busy = new HashMap<>();

  /**
   * Enters a new connection.
   *
   * @return those to be closed for it, which are taken out: who has asked nothing for longest goes
   *     first, and the new one itself goes if all others have a request under way
   */
  synchronized List<Channel> enter(Channel connection, int most) {
    idle.add(connection);
    List<Channel> surplus = new ArrayList<>();
    while (size() > most && !idle.isEmpty()) {
      Channel first = idle.iterator().next();
      idle.remove(first);
      surplus.add(first);
    }
    return surplus;
  }

  /** Takes out one that has been closed. */
  synchronized void leave(Channel connection) {
    idle.remove(connection);
    busy.remove(connection);
  }

  synchronized void begin(Channel connection) {
    if (idle.remove(connection)) {
      busy.put(connection, 1);
    } else {
      // Several at a time, as HTTP/2 permits. One that was taken out stays out.
      busy.computeIfPresent(connection, (same, requests) -> requests + 1);
    }
  }

  synchronized void end(Channel connection) {
    Integer requests = busy.get(connection);
    if (requests == null) {
      return;
    }
    if (requests > 1) {
      busy.put(connection, requests - 1);
    } else {
      busy.remove(connection);
      idle.add(connection);
    }
  }

  synchronized int size() {
    return idle.size() + busy.size();
  }
}
