package io.tapeflow.plan.text;

import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.TextPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a file of plans, YAML or JSON: one plan, a list of them, a map with the one key {@code
 * plans}, or several documents. What is wrong with one plan does not keep the others from being
 * read; if the text is not even YAML, there is one draft that says so.
 *
 * <p>Nothing in it is executed, and nothing refers to anything: anchors and tags are refused.
 */
public final class PlanFile {
  /** The longest text, in characters. */
  public static final int MOST_CHARACTERS = 1_000_000;

  private static final int DEEPEST = 50;
  private static final String PLANS = "plans";
  private static final String ALLOWED = "YAML or JSON; what has ': ' in it, in quotes";

  private final String name;
  private final String text;
  private final List<PlanDraft> drafts = new ArrayList<>();
  private final Map<String, Place> seen = new HashMap<>();

  private PlanFile(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /**
   * Reads plans.
   *
   * @param name of the file, for plans that have no id
   */
  public static List<PlanDraft> read(String name, String text) {
    if (text.length() > MOST_CHARACTERS) {
      return List.of(
          unreadable(
              name,
              new PlanFault(
                  "", "It has " + text.length() + " characters", "up to " + MOST_CHARACTERS)));
    }
    // Tabs between the parts of JSON are no YAML; there, none can stand in a string.
    String readable = isJson(text) ? text.replace('\t', ' ') : text;
    return new PlanFile(name, readable).read();
  }

  private static boolean isJson(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  private List<PlanDraft> read() {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setUseMarks(true).setAllowDuplicateKeys(true).build();
    try {
      Optional<PlanFault> fault = forbidden(new Parse(settings).parseString(text));
      if (fault.isPresent()) {
        return List.of(unreadable(name, fault.get()));
      }
      for (Node root : new Compose(settings).composeAllFromString(text)) {
        document(root);
      }
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().map(Place::of).orElse(new Place(1, 1));
      drafts.add(unreadable(name, place.fault("", said(e), ALLOWED)));
    } catch (YamlEngineException e) {
      drafts.add(unreadable(name, new PlanFault("", 1, 1, said(e), ALLOWED)));
    }
    if (drafts.isEmpty()) {
      drafts.add(unreadable(name, new PlanFault("", 1, 1, "There is no plan in it", "a plan")));
    }
    return List.copyOf(drafts);
  }

  private static String said(YamlEngineException e) {
    String problem =
        e instanceof MarkedYamlEngineException marked ? marked.getProblem() : e.getMessage();
    return problem == null
        ? "It cannot be read"
        : "It cannot be read: " + problem.lines().findFirst().orElse("");
  }

  /** What must not be built a tree of. */
  private static Optional<PlanFault> forbidden(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      Place place = event.getStartMark().map(Place::of).orElse(new Place(1, 1));
      if (event instanceof AliasEvent) {
        return Optional.of(place.fault("", "It refers to another place by *", "the thing itself"));
      } else if (event instanceof CollectionStartEvent) {
        if (++depth > DEEPEST) {
          return Optional.of(
              place.fault("", "It is nested too deeply", "up to " + DEEPEST + " levels"));
        }
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return Optional.empty();
  }

  private void document(Node root) {
    if (root instanceof SequenceNode list) {
      list.getValue().forEach(this::plan);
    } else if (root instanceof MappingNode map && isListOfPlans(map)) {
      plans(map);
    } else {
      plan(root);
    }
  }

  private static boolean isListOfPlans(MappingNode map) {
    return map.getValue().stream()
        .anyMatch(it -> it.getKeyNode() instanceof ScalarNode key && PLANS.equals(key.getValue()));
  }

  private void plans(MappingNode map) {
    boolean found = false;
    for (NodeTuple tuple : map.getValue()) {
      boolean plans = tuple.getKeyNode() instanceof ScalarNode key && PLANS.equals(key.getValue());
      if (!plans || found) {
        drafts.add(
            unreadable(
                name,
                Place.of(tuple.getKeyNode())
                    .fault("", "It stands beside a list of plans", "plans alone")));
      } else if (tuple.getValueNode() instanceof SequenceNode list) {
        found = true;
        list.getValue().forEach(this::plan);
      } else {
        found = true;
        drafts.add(
            unreadable(
                name,
                Place.of(tuple.getValueNode())
                    .fault(PLANS, "It is not a list", "a list of plans")));
      }
    }
  }

  private void plan(Node node) {
    PlanDraft draft = new PlanReader(name + '#' + (drafts.size() + 1), text).read(node);
    Place place = Place.of(node);
    Place before = seen.putIfAbsent(draft.id(), place);
    if (before != null) {
      List<PlanFault> faults = new ArrayList<>(draft.faults());
      Place where =
          draft.positions().containsKey("id") ? Place.of(draft.positions().get("id")) : place;
      faults.add(
          where.fault(
              "id",
              draft.id() + " is also the id of the plan in line " + before.line(),
              "each id once"));
      draft = new PlanDraft(draft.id(), draft.plan(), faults, draft.positions());
    }
    drafts.add(draft);
  }

  private static PlanDraft unreadable(String name, PlanFault fault) {
    return new PlanDraft(name, null, List.of(fault), Map.of());
  }

  /**
   * A place in the text.
   *
   * @param line from 1
   * @param column from 1
   */
  record Place(int line, int column) {
    static Place of(Mark mark) {
      return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    static Place of(Node node) {
      return node.getStartMark().map(Place::of).orElse(new Place(1, 1));
    }

    static Place of(TextPosition position) {
      return new Place(position.line(), position.column());
    }

    PlanFault fault(String path, String what, String allowed) {
      return new PlanFault(path, line, column, what, allowed);
    }
  }
}
