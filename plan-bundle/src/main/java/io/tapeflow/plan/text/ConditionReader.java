package io.tapeflow.plan.text;

import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Weighted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads conditions: an expression, a list of conditions that all have to hold, or a map of names
 * with {@code true}, one value or a map of arguments, which may also have groups in it.
 */
final class ConditionReader {
  /** Arguments that stand beside their condition, as plans of earlier systems have them. */
  private static final Map<String, Argument> BESIDE =
      Map.of(
          "vwap_deviation_threshold", new Argument("vwap_deviation", "threshold"),
          "vwap_deviation_direction", new Argument("vwap_deviation", "direction"),
          "imbalance_direction", new Argument("imbalance_detected", "direction"),
          "tolerance", new Argument("price_near", "tolerance"));

  private static final String ALLOWED =
      "an expression, a list, or a map such as {delta_positive: true}";

  private final Findings findings;

  ConditionReader(Findings findings) {
    this.findings = findings;
  }

  /** The condition; null, with a fault, if it cannot be read. */
  PlanCondition read(String path, Node node) {
    findings.place(path, node);
    if (node instanceof MappingNode map) {
      return map(path, map);
    } else if (node instanceof SequenceNode list) {
      return group(path, list, PlanCondition.All::new);
    } else if (node instanceof ScalarNode scalar && Tag.STR.equals(scalar.getTag())) {
      return findings.expression(path, scalar);
    }
    findings.fault(path, node, "It is not a condition", ALLOWED);
    return null;
  }

  /** All conditions of a map; a map of one is that one. */
  private PlanCondition map(String path, MappingNode map) {
    Map<String, NodeTuple> entries = entries(path, map);
    Map<String, Map<String, Node>> beside = new HashMap<>();
    List<NodeTuple> conditions = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          Argument argument = BESIDE.get(name);
          if (argument != null && entries.containsKey(argument.condition)) {
            beside
                .computeIfAbsent(argument.condition, key -> new LinkedHashMap<>())
                .put(argument.parameter, entry.getValueNode());
          } else {
            conditions.add(entry);
          }
        });
    if (conditions.isEmpty()) {
      findings.fault(path, map, "There is no condition in it", ALLOWED);
      return null;
    }
    List<PlanCondition> parts = new ArrayList<>();
    for (NodeTuple entry : conditions) {
      String part = conditions.size() == 1 ? path : path + '[' + parts.size() + ']';
      String name = ((ScalarNode) entry.getKeyNode()).getValue();
      findings.place(part, entry.getKeyNode());
      parts.add(entry(part, name, entry, beside.getOrDefault(name, Map.of())));
    }
    return together(parts, PlanCondition.All::new, parts.size() == 1);
  }

  private Map<String, NodeTuple> entries(String path, MappingNode map) {
    Map<String, NodeTuple> entries = new LinkedHashMap<>();
    for (NodeTuple entry : map.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        findings.fault(path, entry.getKeyNode(), "It is not a name", "the name of a condition");
      } else if (entries.putIfAbsent(key.getValue(), entry) != null) {
        findings.fault(
            path, key, '\'' + findings.shortened(key.getValue()) + "' is given twice", "once");
      }
    }
    return entries;
  }

  private PlanCondition entry(String path, String name, NodeTuple entry, Map<String, Node> beside) {
    Node value = entry.getValueNode();
    return switch (name) {
      case "all" -> group(path, value, PlanCondition.All::new);
      case "any" -> group(path, value, PlanCondition.Any::new);
      case "none" -> group(path, value, PlanCondition.None::new);
      case "confluence" -> confluence(path, value);
      default -> named(path, name, value, beside);
    };
  }

  private PlanCondition group(
      String path, Node node, Function<List<PlanCondition>, PlanCondition> maker) {
    List<PlanCondition> parts = new ArrayList<>();
    if (node instanceof SequenceNode list && !list.getValue().isEmpty()) {
      for (Node part : list.getValue()) {
        parts.add(read(path + '[' + parts.size() + ']', part));
      }
      return together(parts, maker, false);
    } else if (node instanceof MappingNode map && !map.getValue().isEmpty()) {
      entries(path, map)
          .forEach(
              (name, entry) -> {
                String part = path + '[' + parts.size() + ']';
                findings.place(part, entry.getKeyNode());
                parts.add(entry(part, name, entry, Map.of()));
              });
      return together(parts, maker, false);
    }
    findings.fault(path, node, "There is no condition in it", "a list of conditions");
    return null;
  }

  /** Null if a part cannot be read; why has been said. */
  private static PlanCondition together(
      List<PlanCondition> parts,
      Function<List<PlanCondition>, PlanCondition> maker,
      boolean alone) {
    if (parts.contains(null)) {
      return null;
    }
    return alone ? parts.get(0) : maker.apply(parts);
  }

  private PlanCondition named(String path, String name, Node value, Map<String, Node> beside) {
    Map<String, Object> arguments = new HashMap<>();
    boolean readable = true;
    if (value instanceof MappingNode map) {
      for (Map.Entry<String, NodeTuple> argument : entries(path, map).entrySet()) {
        Node node = argument.getValue().getValueNode();
        readable &= argument(path, argument.getKey(), node, arguments);
      }
    } else if (value instanceof ScalarNode scalar && !isTrue(scalar)) {
      readable = isFalse(scalar) ? refusedFalse(path, name, value) : only(path, value, arguments);
    } else if (!(value instanceof ScalarNode)) {
      findings.fault(path, value, "A list is no argument", "true, a value, or a map of arguments");
      readable = false;
    }
    for (Map.Entry<String, Node> argument : beside.entrySet()) {
      if (arguments.containsKey(argument.getKey())) {
        findings.fault(
            path + '.' + argument.getKey(), argument.getValue(), "It is given twice", "once");
        readable = false;
      } else {
        readable &= argument(path, argument.getKey(), argument.getValue(), arguments);
      }
    }
    return readable ? new PlanCondition.Named(name, arguments) : null;
  }

  private boolean only(String path, Node value, Map<String, Object> arguments) {
    Object typed = value(path, value);
    if (typed != null) {
      arguments.put("", typed);
    }
    return typed != null;
  }

  private boolean refusedFalse(String path, String name, Node value) {
    findings.fault(
        path,
        value,
        "'false' may mean that it does not matter or that it must not hold",
        "leave it out, or write not " + name);
    return false;
  }

  private boolean argument(String path, String name, Node node, Map<String, Object> arguments) {
    String argumentPath = path + '.' + name;
    findings.place(argumentPath, node);
    Object value = name.isEmpty() ? null : value(argumentPath, node);
    if (value == null) {
      if (name.isEmpty()) {
        findings.fault(path, node, "A parameter has no name", "its name");
      }
      return false;
    }
    arguments.put(name, value);
    return true;
  }

  /** A typed value; null, with a fault, if it is none. */
  private Object value(String path, Node node) {
    if (node instanceof ScalarNode scalar && !Tag.NULL.equals(scalar.getTag())) {
      String text = scalar.getValue().strip();
      if (Tag.BOOL.equals(scalar.getTag())) {
        return Boolean.valueOf(text);
      } else if (Tag.INT.equals(scalar.getTag()) || Tag.FLOAT.equals(scalar.getTag())) {
        return findings.number(path, node);
      } else if (!text.isEmpty()) {
        return Quantities.time(text).map(Object.class::cast).orElse(text);
      }
    }
    findings.fault(path, node, "It has no value", "a number, a time, a word, true or false");
    return null;
  }

  private PlanCondition confluence(String path, Node node) {
    if (!(node instanceof MappingNode map)) {
      findings.fault(path, node, "It is not a confluence", "a map with parts, enable and suspend");
      return null;
    }
    Map<String, BigDecimal> levels = new HashMap<>();
    List<Weighted> parts = new ArrayList<>();
    boolean readable = true;
    Map<String, NodeTuple> entries = entries(path, map);
    for (Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
      Node value = entry.getValue().getValueNode();
      switch (entry.getKey()) {
        case "enable", "suspend" -> {
          findings.place(path + '.' + entry.getKey(), value);
          levels.put(entry.getKey(), findings.number(path + '.' + entry.getKey(), value));
        }
        case "parts" -> readable &= weighted(path, value, parts);
        default -> {
          findings.fault(
              path,
              entry.getValue().getKeyNode(),
              "A confluence has no '" + findings.shortened(entry.getKey()) + '\'',
              "parts, enable, suspend");
          readable = false;
        }
      }
    }
    for (String needed : List.of("enable", "parts")) {
      if (!entries.containsKey(needed)) {
        findings.fault(path, map, "The confluence has no " + needed, "parts, enable, suspend");
        readable = false;
      }
    }
    if (!readable || levels.containsValue(null)) {
      return null;
    }
    BigDecimal enable = levels.get("enable");
    return new PlanCondition.Confluence(parts, enable, levels.getOrDefault("suspend", enable));
  }

  private boolean weighted(String path, Node node, List<Weighted> parts) {
    String allowed = "a list of {weight: 0.3, of: delta_positive}";
    if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
      findings.fault(path, node, "There are no parts", allowed);
      return false;
    }
    boolean readable = true;
    int number = 0;
    for (Node part : list.getValue()) {
      String partPath = path + '[' + number++ + ']';
      findings.place(partPath, part);
      Map<String, NodeTuple> entries =
          part instanceof MappingNode map ? entries(partPath, map) : Map.of();
      if (!entries.keySet().equals(Set.of("weight", "of"))) {
        findings.fault(partPath, part, "It is not a part of a confluence", allowed);
        readable = false;
        continue;
      }
      BigDecimal weight =
          findings.number(partPath + ".weight", entries.get("weight").getValueNode());
      PlanCondition condition = read(partPath, entries.get("of").getValueNode());
      if (weight == null || condition == null) {
        readable = false;
      } else {
        parts.add(new Weighted(condition, weight));
      }
    }
    return readable;
  }

  private static boolean isTrue(ScalarNode scalar) {
    return Tag.BOOL.equals(scalar.getTag()) && "true".equalsIgnoreCase(scalar.getValue());
  }

  private static boolean isFalse(ScalarNode scalar) {
    return Tag.BOOL.equals(scalar.getTag()) && "false".equalsIgnoreCase(scalar.getValue());
  }

  /** A parameter of a condition. */
  private record Argument(String condition, String parameter) {}
}
