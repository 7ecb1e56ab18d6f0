package io.tapeflow.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which connection of a configuration carries which symbols. A symbol stays where it is; a new one
 * goes to the emptiest connection that has room, or to a new one. Immutable.
 *
 * @param shards the symbols by the connection's number, from 1; none is empty
 */
record ShardPlan(NavigableMap<Integer, List<String>> shards) {
  static final ShardPlan NONE = new ShardPlan(new TreeMap<>());

  /**
   * The plan for other symbols.
   *
   * @param symbols all that are wanted, each once
   * @param room how many symbols a connection may carry; what a connection has above that moves
   */
  ShardPlan with(List<String> symbols, int room) {
    Map<String, Integer> placed = new LinkedHashMap<>();
    NavigableMap<Integer, List<String>> next = new TreeMap<>();
    shards.forEach((number, carried) -> carried.forEach(symbol -> placed.put(symbol, number)));
    List<String> homeless = new ArrayList<>();
    for (String symbol : symbols) {
      Integer number = placed.get(symbol);
      List<String> shard =
          number == null ? null : next.computeIfAbsent(number, n -> new ArrayList<>());
      if (shard != null && shard.size() < room) {
        shard.add(symbol);
      } else {
        homeless.add(symbol);
      }
    }
    for (String symbol : homeless) {
      next.computeIfAbsent(emptiest(next, room), number -> new ArrayList<>()).add(symbol);
    }
    return new ShardPlan(next);
  }

  private static int emptiest(NavigableMap<Integer, List<String>> shards, int room) {
    int best = 0;
    int free = 1;
    for (Map.Entry<Integer, List<String>> shard : shards.entrySet()) {
      int size = shard.getValue().size();
      if (size < room && (best == 0 || size < shards.get(best).size())) {
        best = shard.getKey();
      }
      free += shard.getKey() == free ? 1 : 0;
    }
    return best == 0 ? free : best;
  }
}
