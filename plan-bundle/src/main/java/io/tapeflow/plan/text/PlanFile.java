package io.tapeflow.plan.text;

import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.TextPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.snakeyaml.engine.v2.schema.CoreSchema;

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

  /** Some editors put it ahead of a text. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

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
    String marked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    // Tabs between the parts of JSON are no YAML; there, none can stand in a string.
    String readable = isJson(marked) ? marked.replace('\t', ' ') : marked;
    return new PlanFile(name, readable).read();
  }

  private static boolean isJson(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  private List<PlanDraft> read() {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setUseMarks(true)
            .setAllowDuplicateKeys(true)
            .setSchema(new CoreSchema())
            .build();
    try {
      List<PlanFault> faults = forbidden(new Parse(settings).parseString(text));
      if (!faults.isEmpty()) {
        return List.of(unreadable(name, faults));
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
  private static List<PlanFault> forbidden(Iterable<Event> events) {
    List<PlanFault> faults = new ArrayList<>();
    int depth = 0;
    for (Event event : events) {
      Place place = event.getStartMark().map(Place::of).orElse(new Place(1, 1));
      if (event instanceof AliasEvent) {
        faults.add(place.fault("", "It refers to another place by *", "the thing itself"));
      } else if (event instanceof CollectionStartEvent) {
        if (++depth > DEEPEST) {
          faults.add(place.fault("", "It is nested too deeply", "up to " + DEEPEST + " levels"));
          return faults;
        }
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return faults;
  }

  private void document(Node root) {
    if (root instanceof SequenceNode list) {
      Findings around = new Findings(text);
      around.plainItself("", list);
      list.getValue().forEach(this::plan);
      refuse(around);
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
    Findings around = new Findings(text);
    around.plainItself("", map);
    boolean found = false;
    for (NodeTuple tuple : map.getValue()) {
      Node key = tuple.getKeyNode();
      Node value = tuple.getValueNode();
      boolean plans = key instanceof ScalarNode scalar && PLANS.equals(scalar.getValue());
      if (!plans || found) {
        around.fault("", key, "It stands beside a list of plans", "plans alone");
      } else if (value instanceof SequenceNode list) {
        around.plainItself(PLANS, key);
        around.plainItself(PLANS, list);
        found = true;
        list.getValue().forEach(this::plan);
      } else {
        found = true;
        around.fault(PLANS, value, "It is not a list", "a list of plans");
      }
    }
    refuse(around);
  }

  /** What is wrong around the plans is shown as one more, which cannot be read. */
  private void refuse(Findings around) {
    if (!around.faults().isEmpty()) {
      drafts.add(unreadable(name, around.faults()));
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
    return unreadable(name, List.of(fault));
  }

  private static PlanDraft unreadable(String name, List<PlanFault> faults) {
    return new PlanDraft(name, null, faults, Map.of());
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
