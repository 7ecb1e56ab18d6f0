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

  /** Stands where a condition could not be read, so that those beside it keep their places. */
  private static final PlanCondition UNREAD = new PlanCondition.Named("");

  private static final String ALLOWED =
      "an expression, a list, or a map such as {delta_positive: true}";

  private final Findings findings;

  ConditionReader(Findings findings) {
    this.findings = findings;
  }

  /** The condition; with a fault for each part that cannot be read, which something stands for. */
  PlanCondition read(String path, Node node) {
    findings.place(path, node);
    if (node instanceof MappingNode map) {
      return map(path, map);
    } else if (node instanceof SequenceNode list) {
      return group(path, list, PlanCondition.All::new);
    } else if (node instanceof ScalarNode scalar && Tag.STR.equals(scalar.getTag())) {
      PlanCondition read = findings.expression(path, scalar);
      return read == null ? UNREAD : read;
    }
    findings.fault(path, node, "It is not a condition", ALLOWED);
    return UNREAD;
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
      return UNREAD;
    }
    List<PlanCondition> parts = new ArrayList<>();
    for (NodeTuple entry : conditions) {
      String part = conditions.size() == 1 ? path : path + '[' + parts.size() + ']';
      String name = ((ScalarNode) entry.getKeyNode()).getValue();
      findings.place(part, entry.getKeyNode());
      parts.add(entry(part, name, entry, beside.getOrDefault(name, Map.of())));
    }
    return parts.size() == 1 ? parts.get(0) : new PlanCondition.All(parts);
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
      return maker.apply(parts);
    } else if (node instanceof MappingNode map && !map.getValue().isEmpty()) {
      entries(path, map)
          .forEach(
              (name, entry) -> {
                String part = path + '[' + parts.size() + ']';
                findings.place(part, entry.getKeyNode());
                parts.add(entry(part, name, entry, Map.of()));
              });
      return maker.apply(parts);
    }
    findings.fault(path, node, "There is no condition in it", "a list of conditions");
    return UNREAD;
  }

  private PlanCondition named(String path, String name, Node value, Map<String, Node> beside) {
    Map<String, Object> arguments = new HashMap<>();
    if (name.isEmpty()) {
      findings.fault(path, value, "A condition has no name", ALLOWED);
    } else if (value instanceof MappingNode map) {
      entries(path, map)
          .forEach(
              (parameter, entry) -> argument(path, parameter, entry.getValueNode(), arguments));
    } else if (value instanceof ScalarNode scalar) {
      only(path, name, scalar, arguments);
    } else {
      findings.fault(path, value, "A list is no argument", "true, a value, or a map of arguments");
    }
    beside.forEach(
        (parameter, node) -> {
          if (arguments.containsKey(parameter)) {
            findings.fault(path + '.' + parameter, node, "It is given twice", "once");
          } else {
            argument(path, parameter, node, arguments);
          }
        });
    return new PlanCondition.Named(name, arguments);
  }

  private void only(String path, String name, ScalarNode node, Map<String, Object> arguments) {
    if (isFalse(node)) {
      findings.fault(
          path,
          node,
          "'false' may mean that it does not matter or that it must not hold",
          "leave it out, or write not " + name);
    } else if (!isTrue(node)) {
      Object typed = value(path, node);
      if (typed != null) {
        arguments.put("", typed);
      }
    }
  }

  private void argument(String path, String name, Node node, Map<String, Object> arguments) {
    if (name.isEmpty()) {
      findings.fault(path, node, "A parameter has no name", "its name");
      return;
    }
    String argumentPath = path + '.' + name;
    findings.place(argumentPath, node);
    Object value = value(argumentPath, node);
    if (value != null) {
      arguments.put(name, value);
    }
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
      return UNREAD;
    }
    Map<String, BigDecimal> levels = new HashMap<>();
    List<PlanCondition> parts = new ArrayList<>();
    List<BigDecimal> weights = new ArrayList<>();
    Map<String, NodeTuple> entries = entries(path, map);
    entries.forEach(
        (name, entry) -> {
          Node value = entry.getValueNode();
          switch (name) {
            case "enable", "suspend" -> {
              findings.place(path + '.' + name, value);
              levels.put(name, findings.number(path + '.' + name, value));
            }
            case "parts" -> weighted(path, value, parts, weights);
            default ->
                findings.fault(
                    path,
                    entry.getKeyNode(),
                    "A confluence has no '" + findings.shortened(name) + '\'',
                    "parts, enable, suspend");
          }
        });
    for (String needed : List.of("enable", "parts")) {
      if (!entries.containsKey(needed)) {
        findings.fault(path, map, "The confluence has no " + needed, "parts, enable, suspend");
      }
    }
    BigDecimal enable = levels.get("enable");
    if (enable == null || levels.containsValue(null) || weights.contains(null)) {
      // Its parts can be judged, its numbers cannot.
      return parts.isEmpty() ? UNREAD : new PlanCondition.Any(parts);
    }
    List<Weighted> weighted = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      weighted.add(new Weighted(parts.get(i), weights.get(i)));
    }
    return new PlanCondition.Confluence(weighted, enable, levels.getOrDefault("suspend", enable));
  }

  /** Reads the parts, and their weights: null for one that cannot be read. */
  private void weighted(
      String path, Node node, List<PlanCondition> parts, List<BigDecimal> weights) {
    String allowed = "a list of {weight: 0.3, of: delta_positive}";
    if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
      findings.fault(path, node, "There are no parts", allowed);
      return;
    }
    for (Node part : list.getValue()) {
      String partPath = path + '[' + parts.size() + ']';
      findings.place(partPath, part);
      Map<String, NodeTuple> entries =
          part instanceof MappingNode map ? entries(partPath, map) : Map.of();
      if (entries.keySet().equals(Set.of("weight", "of"))) {
        Node weight = entries.get("weight").getValueNode();
        weights.add(findings.number(partPath + ".weight", weight));
        parts.add(read(partPath, entries.get("of").getValueNode()));
      } else {
        findings.fault(partPath, part, "It is not a part of a confluence", allowed);
        weights.add(null);
        parts.add(UNREAD);
      }
    }
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
