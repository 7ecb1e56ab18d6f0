package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics that two families announce under one name. The one that is found first has it: the core,
 * then the families by their names. Safe for any thread.
 */
final class NameClashes {
  private static final Logger LOG = LoggerFactory.getLogger(NameClashes.class);

  private static final String CORE = "the core";

  private final Supplier<Collection<MetricInfo>> core;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /**
   * No clash so far.
   *
   * @param core gives the metrics that are always there
   */
  NameClashes(Supplier<Collection<MetricInfo>> core) {
    this.core = core;
  }

  /** Logs each clash that has not been logged before. */
  void tell(SortedMap<String, Map<String, MetricInfo>> families) {
    for (String clash : of(families)) {
      if (told.add(clash)) {
        LOG.error(clash);
      }
    }
  }

  /**
   * One line for each family that loses metrics to another.
   *
   * @param families what they announced
   */
  List<String> of(SortedMap<String, Map<String, MetricInfo>> families) {
    Map<String, String> owners = new HashMap<>();
    core.get().forEach(info -> owners.put(info.name(), CORE));
    List<String> clashes = new ArrayList<>();
    families.forEach(
        (family, announced) -> {
          Map<String, TreeSet<String>> lost = new HashMap<>();
          for (String metric : announced.keySet()) {
            String owner = owners.putIfAbsent(metric, "the family " + family);
            if (owner != null) {
              lost.computeIfAbsent(owner, key -> new TreeSet<>()).add(metric);
            }
          }
          lost.forEach(
              (owner, metrics) ->
                  clashes.add(
                      "The family %s loses %s to %s, which has metrics of the same names; names must differ"
                          .formatted(family, String.join(", ", metrics), owner)));
        });
    return clashes;
  }
}
