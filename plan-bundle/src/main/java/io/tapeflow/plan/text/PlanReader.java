package io.tapeflow.plan.text;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanEvaluation;
import io.tapeflow.api.trade.Side;
import io.tapeflow.plan.check.Names;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one plan out of a file. */
final class PlanReader {
  private static final List<String> FIELDS =
      List.of(
          "id",
          "instrument",
          "direction",
          "entry",
          "stopLoss",
          "takeProfit",
          "tolerance",
          "expires",
          "evaluate",
          "conditions");

  private final String nameless;
  private final Findings findings;

  private String id;
  private String instrument;
  private Side direction;
  private BigDecimal entry;
  private BigDecimal stopLoss;
  private BigDecimal takeProfit;
  private BigDecimal tolerance;
  private Instant expires;
  private PlanEvaluation evaluation = PlanEvaluation.EVERY_TRADE;
  private PlanCondition condition;

  /**
   * A reader.
   *
   * @param nameless what the plan is called if it has no id
   * @param text of the whole file
   */
  PlanReader(String nameless, String text) {
    this.nameless = nameless;
    this.findings = new Findings(text);
  }

  PlanDraft read(Node node) {
    findings.place("", node);
    findings.plainItself("", node);
    if (node instanceof MappingNode map) {
      Set<String> given = new HashSet<>();
      map.getValue().forEach(field -> field(field, given));
      missing(given);
    } else {
      findings.fault(
          "", node, "It is not a plan", "a map with id, instrument, direction and so on");
    }
    String known = id == null ? nameless : id;
    boolean map = node instanceof MappingNode;
    return new PlanDraft(known, map ? plan(known) : null, findings.faults(), findings.positions());
  }

  /**
   * What could be read of it, so that all the rest can be judged; with something in place of what
   * could not, of which there is a fault.
   */
  private Plan plan(String known) {
    return new Plan(
        known,
        instrument == null ? nameless : instrument,
        direction == null ? Side.BUY : direction,
        entry,
        stopLoss,
        takeProfit,
        tolerance,
        condition,
        expires,
        evaluation);
  }

  private void missing(Set<String> given) {
    for (String field : List.of("id", "instrument", "direction")) {
      if (!given.contains(field)) {
        findings.missing(field);
      }
    }
  }

  private void field(NodeTuple field, Set<String> given) {
    Node key = field.getKeyNode();
    String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
    Node value = field.getValueNode();
    if (!FIELDS.contains(name)) {
      findings.fault(
          "",
          key,
          "A plan has no field '" + findings.shortened(name) + '\'' + Names.suggest(name, FIELDS),
          String.join(", ", FIELDS));
    } else if (!given.add(name)) {
      findings.fault(name, key, "It is given twice", "once");
    } else {
      findings.place(name, value);
      findings.plain(name, key);
      findings.plain(name, value);
      value(name, value);
    }
  }

  private void value(String name, Node value) {
    switch (name) {
      case "id" -> id = findings.word(name, value, "a name");
      case "instrument" -> instrument = findings.word(name, value, "a symbol, or venue:symbol");
      case "direction" -> direction = direction(value);
      case "entry" -> entry = findings.number(name, value);
      case "stopLoss" -> stopLoss = findings.number(name, value);
      case "takeProfit" -> takeProfit = findings.number(name, value);
      case "tolerance" -> tolerance = findings.number(name, value);
      case "expires" -> expires = expires(value);
      case "evaluate" -> evaluation = evaluation(value);
      case "conditions" -> condition = new ConditionReader(findings).read(name, value);
      default -> throw new IllegalStateException(name);
    }
  }

  private Side direction(Node value) {
    String allowed = "BUY or SELL";
    String word = findings.word("direction", value, allowed);
    if (word == null) {
      return null;
    }
    for (Side side : Side.values()) {
      if (side.name().equals(word.toUpperCase(Locale.ROOT))) {
        return side;
      }
    }
    findings.fault(
        "direction", value, '\'' + findings.shortened(word) + "' is no direction", allowed);
    return null;
  }

  private Instant expires(Node value) {
    String allowed = "a moment such as 2026-01-31T16:00:00Z";
    String text = findings.word("expires", value, allowed);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      findings.fault("expires", value, '\'' + findings.shortened(text) + "' is no moment", allowed);
      return null;
    }
  }

  private PlanEvaluation evaluation(Node value) {
    String allowed = "'every trade', or a time such as 5s, whole seconds up to 86400s";
    String text = findings.word("evaluate", value, allowed);
    if (text == null || "every trade".equals(text)) {
      return PlanEvaluation.EVERY_TRADE;
    }
    String time = text.startsWith("every ") ? text.substring("every ".length()) : text;
    Optional<Duration> each =
        Quantities.time(time)
            .filter(it -> it.equals(Duration.ofSeconds(it.toSeconds())))
            .filter(it -> it.toSeconds() >= 1)
            .filter(it -> it.toSeconds() <= PlanEvaluation.MOST_SECONDS);
    if (each.isEmpty()) {
      findings.fault("evaluate", value, '\'' + findings.shortened(text) + "' is no mode", allowed);
      return PlanEvaluation.EVERY_TRADE;
    }
    return new PlanEvaluation((int) each.get().toSeconds());
  }
}
