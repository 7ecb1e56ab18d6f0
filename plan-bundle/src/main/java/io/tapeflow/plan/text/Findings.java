package io.tapeflow.plan.text;

import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.TextPosition;
import io.tapeflow.plan.text.PlanFile.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What is found in the text of one plan: where its parts are, and what is wrong with them. */
final class Findings {
  private static final Set<Tag> TAGS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);
  private static final int SHORT = 60;

  private final String text;
  private final List<PlanFault> faults = new ArrayList<>();
  private final Map<String, TextPosition> positions = new HashMap<>();

  /**
   * None yet.
   *
   * @param text of the whole file
   */
  Findings(String text) {
    this.text = text;
  }

  List<PlanFault> faults() {
    return faults;
  }

  Map<String, TextPosition> positions() {
    return positions;
  }

  void place(String path, Node node) {
    Place place = Place.of(node);
    positions.put(path, new TextPosition(place.line(), place.column()));
  }

  /** Finds the tags and anchors in a part of the text; nothing else looks at them. */
  void plain(String path, Node node) {
    plainItself(path, node);
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(part -> plain(path, part));
    } else if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        plain(path, entry.getKeyNode());
        plain(path, entry.getValueNode());
      }
    }
  }

  /** The same of a part without what is in it. */
  void plainItself(String path, Node node) {
    if (!TAGS.contains(node.getTag())) {
      fault(path, node, "It has the tag " + shortened(node.getTag().getValue()), "no tags");
    }
    if (node.getAnchor().isPresent()) {
      fault(path, node, "It has an anchor (&)", "no anchors");
    }
  }

  void fault(String path, Node node, String what, String allowed) {
    faults.add(Place.of(node).fault(path, what, allowed));
  }

  /** A field that the plan lacks. */
  void missing(String field) {
    faults.add(new PlanFault(field, "It is missing", "each plan has one").at(positions.get("")));
  }

  /** A text; null, with a fault, if it is none. */
  String word(String path, Node node, String allowed) {
    if (node instanceof ScalarNode scalar
        && !scalar.getTag().equals(Tag.NULL)
        && !scalar.getValue().isBlank()) {
      return scalar.getValue().strip();
    }
    fault(path, node, "It has no value", allowed);
    return null;
  }

  /** A number; null, with a fault, if it is none. */
  BigDecimal number(String path, Node node) {
    Optional<BigDecimal> number =
        node instanceof ScalarNode scalar ? Quantities.number(scalar.getValue()) : Optional.empty();
    if (number.isEmpty()) {
      String what =
          node instanceof ScalarNode scalar
              ? '\'' + shortened(scalar.getValue()) + "' is no number"
              : "It is no number";
      fault(path, node, what, "a decimal number");
    }
    return number.orElse(null);
  }

  /** An expression; null, with a fault, if it cannot be read. */
  PlanCondition expression(String path, ScalarNode node) {
    Expression.Read read = Expression.read(node.getValue(), path);
    ScalarPlaces places = new ScalarPlaces(text, node);
    read.places()
        .forEach(
            (part, index) -> {
              Place place = places.at(index);
              positions.put(part, new TextPosition(place.line(), place.column()));
            });
    read.faults().forEach(fault -> faults.add(fault.at(positions.get(path))));
    return read.condition();
  }

  String shortened(String word) {
    return word.length() <= SHORT ? word : word.substring(0, SHORT) + "…";
  }
}
