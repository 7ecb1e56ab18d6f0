package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The families registered and wanted. Of two services of the same name, the one of higher rank
 * counts.
 */
final class Families {
  private static final Comparator<Registered> BEST_FIRST =
      Comparator.comparingInt(Registered::ranking)
          .reversed()
          .thenComparingLong(Registered::serviceId);

  private final List<Registered> registered = new ArrayList<>();
  private Predicate<String> wanted = family -> true;
  private volatile Map<String, MetricFactory> current = Map.of();

  synchronized void add(MetricFactory factory, Map<String, ?> properties) {
    Object name = properties.get(MetricFactory.FAMILY);
    registered.add(
        new Registered(
            name == null ? factory.getClass().getName() : name.toString(),
            (int) number(properties.get("service.ranking")),
            number(properties.get("service.id")),
            factory));
    refresh();
  }

  synchronized void remove(MetricFactory factory) {
    registered.removeIf(entry -> entry.factory() == factory);
    refresh();
  }

  /** Says which families are to be computed. */
  synchronized void want(Predicate<String> families) {
    wanted = families;
    refresh();
  }

  /** The factories that count, by the names of their families. */
  Map<String, MetricFactory> current() {
    return current;
  }

  private void refresh() {
    Map<String, MetricFactory> best = new TreeMap<>();
    registered.stream()
        .filter(entry -> wanted.test(entry.family()))
        .sorted(BEST_FIRST)
        .forEach(entry -> best.putIfAbsent(entry.family(), entry.factory()));
    current = Collections.unmodifiableMap(best);
  }

  private static long number(Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private record Registered(String family, int ranking, long serviceId, MetricFactory factory) {}
}
