package io.tapeflow.web;

import java.lang.reflect.Array;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may ask over HTTP, and how much.
 *
 * @param hosts names by which the server may be called, in lower case
 * @param token that every request must carry; empty for none
 * @param requestsPerSecond from one address
 * @param connections how many the HTTP server may have; 0 for any number
 * @param eventClients how many may follow events
 * @param eventStall how long one of them may take nothing
 * @param prometheusValues how many values of metrics the Prometheus page has
 */
record WebSettings(
    Set<String> hosts,
    String token,
    int requestsPerSecond,
    int connections,
    int eventClients,
    Duration eventStall,
    int prometheusValues) {
  static final int REQUESTS_PER_SECOND = 200;
  static final int CONNECTIONS = 1_000;
  static final int EVENT_CLIENTS = 300;
  static final int EVENT_STALL_MS = 10_000;
  static final int PROMETHEUS_VALUES = 5_000;

  private static final int TOKEN_LEAST = 16;
  private static final int TOKEN_MOST = 256;

  WebSettings {
    hosts = Set.copyOf(hosts);
  }

  /**
   * Reads a configuration, whatever types it came in.
   *
   * @throws IllegalArgumentException that names the property, its value and what is allowed
   */
  static WebSettings of(Map<String, ?> properties) {
    return new WebSettings(
        hosts(properties),
        token(properties),
        number(properties, "requests.per.second", REQUESTS_PER_SECOND, 1, 100_000),
        number(properties, "connections", CONNECTIONS, 0, 100_000),
        number(properties, "events.clients", EVENT_CLIENTS, 1, 10_000),
        Duration.ofMillis(number(properties, "events.stall.ms", EVENT_STALL_MS, 100, 600_000)),
        number(properties, "prometheus.values", PROMETHEUS_VALUES, 0, 1_000_000));
  }

  private static Set<String> hosts(Map<String, ?> properties) {
    Set<String> hosts = new TreeSet<>();
    for (Object element : elements(properties.get("hosts"))) {
      String host = element.toString().strip().toLowerCase(Locale.ROOT);
      if (!host.matches("[a-z0-9._-]*")) {
        throw wrong("hosts", element, "names of hosts without port, separated by commas");
      }
      if (!host.isEmpty()) {
        hosts.add(host);
      }
    }
    return hosts;
  }

  private static String token(Map<String, ?> properties) {
    Object value = properties.get("token");
    String token = value == null ? "" : value.toString().strip();
    boolean fits = token.length() >= TOKEN_LEAST && token.length() <= TOKEN_MOST;
    if (!token.isEmpty() && !fits) {
      // The message goes into the log, and what was meant as a secret does not.
      throw wrong(
          "token",
          "of " + token.length() + " characters",
          TOKEN_LEAST + " to " + TOKEN_MOST + " characters");
    }
    return token;
  }

  private static int number(
      Map<String, ?> properties, String name, int fallback, int least, int most) {
    Object value = properties.get(name);
    if (value == null) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(value.toString().strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same answer as for a number out of range.
    }
    throw wrong(name, value, "a whole number from " + least + " to " + most);
  }

  private static IllegalArgumentException wrong(String name, Object value, String allowed) {
    return new IllegalArgumentException(
        "%s is \"%s\", allowed is %s".formatted(name, value, allowed));
  }

  private static List<?> elements(Object value) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof Collection<?> collection) {
      return List.copyOf(collection);
    }
    if (value.getClass().isArray()) {
      Object[] elements = new Object[Array.getLength(value)];
      Arrays.setAll(elements, index -> Array.get(value, index));
      return List.of(elements);
    }
    return List.of(value.toString().split(","));
  }
}
