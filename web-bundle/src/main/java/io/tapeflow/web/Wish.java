package io.tapeflow.web;

import io.tapeflow.api.trade.Instrument;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a client of events wants.
 *
 * @param types names of events
 * @param keys of instruments; empty for all
 * @param trades which of them: {@link #ALL} or {@link #SAMPLED}
 * @param metrics beginnings of names of metrics, separated by commas; empty for all
 * @param interval the least between two snapshots of an instrument
 */
record Wish(Set<String> types, Set<String> keys, String trades, String metrics, Duration interval) {
  static final String ALL = "all";
  static final String SAMPLED = "sampled";
  static final Set<String> TYPES =
      Set.of(
          Topic.STATE,
          Topic.SNAPSHOT,
          Topic.TRADES,
          Topic.GAP,
          Topic.REPAIR,
          Topic.CHECKS,
          Topic.PLAN);

  private static final int INTERVAL_MS = 1_000;
  private static final int LEAST_INTERVAL_MS = 50;
  private static final int MOST_INTERVAL_MS = 60_000;

  Wish {
    types = Set.copyOf(types);
    keys = Set.copyOf(keys);
  }

  /** The parameters of a request, as they were written; null where one was left out. */
  record Parameters(
      String instruments, String types, String trades, String metrics, String interval) {}

  /** What the parameters mean; a problem says what is wrong with them. */
  static Wish of(Parameters written, Collection<Instrument> known) {
    Set<String> types = new TreeSet<>(written.types() == null ? TYPES : words(written.types()));
    if (types.isEmpty() || !TYPES.containsAll(types)) {
      throw Problem.badRequest(
          "types are some of %s, not '%s'".formatted(new TreeSet<>(TYPES), written.types()));
    }
    String trades = written.trades() == null ? SAMPLED : written.trades();
    if (!trades.equals(ALL) && !trades.equals(SAMPLED)) {
      throw Problem.badRequest("trades is 'all' or 'sampled', not '%s'".formatted(trades));
    }
    String metrics = written.metrics() == null ? "" : String.join(",", words(written.metrics()));
    if (!metrics.matches("[A-Za-z0-9._,-]*")) {
      throw Problem.badRequest(
          "metrics are beginnings of names, separated by commas, not '%s'"
              .formatted(written.metrics()));
    }
    Set<String> keys = new TreeSet<>();
    if (written.instruments() != null) {
      words(written.instruments())
          .forEach(name -> keys.add(InstrumentNames.find(name, known).key()));
    }
    return new Wish(types, keys, trades, metrics, interval(written.interval()));
  }

  boolean wants(Topic topic) {
    return types.contains(topic.type())
        && switch (topic.type()) {
          case Topic.SNAPSHOT -> has(topic.key()) && metrics.equals(topic.variant());
          case Topic.TRADES -> has(topic.key()) && trades.equals(topic.variant());
          case Topic.GAP, Topic.REPAIR -> has(topic.key());
          default -> true;
        };
  }

  /** Whether it is about an instrument. */
  boolean has(String key) {
    return keys.isEmpty() || keys.contains(key);
  }

  private static Duration interval(String written) {
    if (written == null) {
      return Duration.ofMillis(INTERVAL_MS);
    }
    try {
      int millis = Integer.parseInt(written);
      if (millis >= LEAST_INTERVAL_MS && millis <= MOST_INTERVAL_MS) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException e) {
      // The same answer as for a number out of range.
    }
    throw Problem.badRequest(
        "interval is a whole number of milliseconds from %d to %d, not '%s'"
            .formatted(LEAST_INTERVAL_MS, MOST_INTERVAL_MS, written));
  }

  private static List<String> words(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .sorted()
        .distinct()
        .toList();
  }
}
