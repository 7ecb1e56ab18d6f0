package io.tapeflow.benchmarks.race;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a distribution makes of a burst, of a reconnect with many trades to repair, and of slow
 * listeners: what is delayed, by how much, and how it recovers. That nothing is lost is checked.
 * Writes {@code storms.json} and {@code storms.md}.
 */
public final class Storms {
  private static final Map<String, String> DEFAULTS =
      Options.defaults(
          "storms",
          "burst,reconnect,listeners",
          "instruments",
          "10",
          "base",
          "5000",
          "factor",
          "20",
          "burst.seconds",
          "10",
          "missing",
          "100000",
          "listeners",
          "50",
          "listeners.pace",
          "10000",
          "sleep",
          "1000",
          "slow.seconds",
          "25",
          "seconds",
          "10",
          "warmup.seconds",
          "15",
          "settle",
          "10",
          "distribution",
          "distribution/target/tapeflow",
          "out",
          "benchmarks/target/storms");

  private Storms() {}

  /**
   * Runs them.
   *
   * @param args {@code storms=burst,reconnect,listeners}; {@code instruments=10} with {@code
   *     base=5000} trades a second, {@code factor=20} times as many for {@code burst.seconds=10};
   *     {@code missing=100000} trades while the venue is away; {@code listeners=50} that {@code
   *     sleep=1000} milliseconds in each call, for {@code slow.seconds=25} at {@code
   *     listeners.pace=10000} in one instrument; {@code warmup.seconds=15} at full speed and {@code
   *     settle=10} that are not counted, {@code seconds=10} ahead of each storm and behind it;
   *     {@code distribution=…}, {@code out=…}
   */
  public static void main(String[] args) throws IOException {
    Options options = Options.of(DEFAULTS, args);
    Machine machine = Machine.here();
    Map<String, Object> outcomes = new LinkedHashMap<>();
    StringBuilder tables = new StringBuilder();
    for (String storm : options.texts("storms")) {
      switch (storm) {
        case "burst" -> {
          BurstStorm.Burst burst = BurstStorm.run(options);
          outcomes.put(storm, burst);
          tables.append(burst.table());
        }
        case "reconnect" -> {
          ReconnectStorm.Reconnect reconnect = ReconnectStorm.run(options);
          outcomes.put(storm, reconnect);
          tables.append(reconnect.table());
        }
        case "listeners" -> {
          ListenerStorm.Slow slow = ListenerStorm.run(options);
          outcomes.put(storm, slow);
          tables.append(slow.table());
        }
        default -> throw new IllegalArgumentException("storms=" + storm);
      }
      System.out.println(tables);
    }
    new Results(machine, options.values(), outcomes)
        .write(options.path("out"), "storms", tables.toString());
  }
}
