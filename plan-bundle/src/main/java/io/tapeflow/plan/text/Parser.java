package io.tapeflow.plan.text;

import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import io.tapeflow.api.plan.PlanCondition.Weighted;
import io.tapeflow.plan.check.Names;
import io.tapeflow.plan.text.Token.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads an expression by recursive descent, loosest operator first: or, and, not, then what stands
 * behind a condition (for, within, cooldown).
 *
 * <p>A part is read before it is known where in the tree it will stand, so places are kept relative
 * to it and moved as the tree grows above it.
 */
final class Parser {
  private static final int DEEPEST = 50;

  private final List<Token> tokens;
  private final String path;
  private int next;
  private int depth;
  private Map<String, Integer> places = Map.of();

  /**
   * A parser.
   *
   * @param path of the whole expression
   */
  Parser(List<Token> tokens, String path) {
    this.tokens = tokens;
    this.path = path;
  }

  PlanCondition whole() throws Unreadable {
    Part part = or();
    if (!peek().is(Kind.END)) {
      throw unexpected("and, or, for, within, cooldown, or the end");
    }
    places = part.placed(path);
    return part.condition;
  }

  /** Index of each part in the expression, by its path. */
  Map<String, Integer> places() {
    return places;
  }

  private Part or() throws Unreadable {
    List<Part> parts = new ArrayList<>();
    parts.add(and());
    while (takes("or")) {
      parts.add(and());
    }
    return parts.size() == 1
        ? parts.get(0)
        : Part.group(parts.get(0).index, new PlanCondition.Any(conditions(parts)), parts);
  }

  private Part and() throws Unreadable {
    List<Part> parts = new ArrayList<>();
    parts.add(not());
    while (takes("and")) {
      parts.add(not());
    }
    return parts.size() == 1
        ? parts.get(0)
        : Part.group(parts.get(0).index, new PlanCondition.All(conditions(parts)), parts);
  }

  private Part not() throws Unreadable {
    Token token = peek();
    if (!takes("not")) {
      return behind();
    }
    enter();
    Part part = not();
    depth--;
    return Part.group(
        token.index(), new PlanCondition.None(List.of(part.condition)), List.of(part));
  }

  private Part behind() throws Unreadable {
    Part part = primary();
    int operators = 0;
    while (true) {
      Token operator = peek();
      PlanCondition operated;
      if (takes("for")) {
        operated = new PlanCondition.HeldFor(part.condition, time());
      } else if (takes("within")) {
        operated = new PlanCondition.Within(part.condition, time());
      } else if (takes("cooldown")) {
        operated = new PlanCondition.Cooldown(part.condition, time());
      } else {
        return part;
      }
      if (++operators > DEEPEST) {
        throw new Unreadable(operator.index(), "It is nested too deeply", "up to " + DEEPEST);
      }
      part = Part.operator(operated, part, operator.index());
    }
  }

  private Part primary() throws Unreadable {
    Token token = peek();
    if (takes("(")) {
      enter();
      Part part = or();
      expect(")");
      depth--;
      return part;
    }
    if (token.is(Kind.NAME) && tokens.get(next + 1).is("(")) {
      return switch (token.text().toLowerCase(Locale.ROOT)) {
        case "all" -> group(PlanCondition.All::new);
        case "any" -> group(PlanCondition.Any::new);
        case "none" -> group(PlanCondition.None::new);
        case "confluence" -> confluence();
        default -> named();
      };
    }
    if (token.is(Kind.QUOTED_NAME) && tokens.get(next + 1).is("(")) {
      return named();
    }
    boolean name = token.is(Kind.QUOTED_NAME) || isFreeName(token);
    if (name && !isRelation(tokens.get(next + 1))) {
      return named();
    }
    return comparison();
  }

  private Part group(Function<List<PlanCondition>, PlanCondition> maker) throws Unreadable {
    int index = take().index();
    enter();
    expect("(");
    List<Part> parts = new ArrayList<>();
    do {
      parts.add(or());
    } while (takes(","));
    expect(")");
    depth--;
    return Part.group(index, maker.apply(conditions(parts)), parts);
  }

  private Part confluence() throws Unreadable {
    int index = take().index();
    enter();
    expect("(");
    List<Part> parts = new ArrayList<>();
    List<Weighted> weighted = new ArrayList<>();
    Map<String, Integer> levels = new HashMap<>();
    Map<String, BigDecimal> values = new HashMap<>();
    do {
      Token token = peek();
      if (token.is(Kind.NUMBER)) {
        BigDecimal weight = number();
        expectEither(":", "*");
        Part part = or();
        parts.add(part);
        weighted.add(new Weighted(part.condition, weight));
      } else if (token.is("enable") || token.is("suspend")) {
        take();
        expectEither(":", "=");
        if (levels.put(token.text(), token.index()) != null) {
          throw new Unreadable(token.index(), token.told() + " is given twice", "once");
        }
        values.put(token.text(), number());
      } else {
        throw unexpected(
            "a weight and a condition such as 0.3*delta_positive, enable= or suspend=");
      }
    } while (takes(","));
    Token end = peek();
    expect(")");
    depth--;
    if (!values.containsKey("enable")) {
      throw new Unreadable(end.index(), "The confluence has no level", "enable= and a number");
    }
    BigDecimal enable = values.get("enable");
    Part part =
        Part.group(
            index,
            new PlanCondition.Confluence(weighted, enable, values.getOrDefault("suspend", enable)),
            parts);
    levels.forEach((level, place) -> part.places.put('.' + level, place));
    return part;
  }

  private Part named() throws Unreadable {
    Token name = take();
    Map<String, Object> arguments = new HashMap<>();
    Part part = new Part(null, name.index());
    if (takes("(")) {
      do {
        argument(arguments, part);
      } while (takes(","));
      expect(")");
    }
    return part.with(new PlanCondition.Named(name.text(), arguments));
  }

  private void argument(Map<String, Object> arguments, Part part) throws Unreadable {
    Token token = peek();
    String parameter = "";
    Token behind = tokens.get(Math.min(next + 1, tokens.size() - 1));
    boolean name = token.is(Kind.NAME) || token.is(Kind.QUOTED_NAME);
    if (name && (behind.is(":") || behind.is("="))) {
      parameter = take().text();
      take();
    }
    if (arguments.containsKey(parameter)) {
      throw new Unreadable(
          token.index(),
          parameter.isEmpty() ? "A second value has no name" : token.told() + " is given twice",
          parameter.isEmpty() ? "name= and the value" : "once");
    }
    Token value = take();
    Object typed =
        switch (value.kind()) {
          case NUMBER -> numberOrQuantity(value);
          case TIME -> time(value);
          case WORD, QUOTED_NAME -> value.text();
          case NAME -> word(value);
          default ->
              throw new Unreadable(
                  value.index(),
                  value.told() + " is not a value",
                  "a number, a time, a word, true or false");
        };
    arguments.put(parameter, typed);
    part.places.put(parameter.isEmpty() ? "" : '.' + parameter, token.index());
    if (parameter.isEmpty()) {
      part.places.put("", part.index);
    }
  }

  private Object numberOrQuantity(Token value) throws Unreadable {
    BigDecimal number = number(value);
    return peek().is(Kind.UNIT) ? value.text() + ' ' + take().text() : number;
  }

  private static Object word(Token value) {
    if (value.is("true") || value.is("false")) {
      return value.is("true");
    }
    return value.text();
  }

  private Part comparison() throws Unreadable {
    Token first = peek();
    Operand left = operand();
    Token relation = peek();
    if (takes("in")) {
      return band(left, first, true);
    } else if (takes("outside")) {
      return band(left, first, false);
    } else if (takes("from")) {
      BigDecimal on = number();
      expect("until");
      return new Part(new PlanCondition.Hysteresis(left, on, number()), first.index());
    }
    Optional<Relation> found = relation();
    if (found.isEmpty()) {
      throw new Unreadable(
          relation.index(),
          relation.told() + " behind " + first.told() + " is not a relation" + suggestion(relation),
          "< <= > >= == !=, crosses above, crosses below, in, outside, from");
    }
    int rightIndex = peek().index();
    Operand right = operand();
    Part part = new Part(new PlanCondition.Comparison(left, found.get(), right), first.index());
    part.places.put(".left", first.index());
    part.places.put(".right", rightIndex);
    return part;
  }

  private Part band(Operand operand, Token first, boolean inside) throws Unreadable {
    expect("[");
    BigDecimal low = number();
    expect(",");
    BigDecimal high = number();
    expect("]");
    return new Part(new PlanCondition.Band(operand, low, high, inside), first.index());
  }

  private Optional<Relation> relation() throws Unreadable {
    if (takes("crosses")) {
      if (takes("above")) {
        return Optional.of(Relation.CROSSES_ABOVE);
      }
      if (!takes("below")) {
        throw unexpected("above, below");
      }
      return Optional.of(Relation.CROSSES_BELOW);
    }
    for (Relation relation : Relation.values()) {
      if (takes(relation.text())) {
        return Optional.of(relation);
      }
    }
    return Optional.empty();
  }

  private Operand operand() throws Unreadable {
    Token token = take();
    return switch (token.kind()) {
      case QUOTED_NAME -> new Operand.Metric(token.text());
      case WORD -> new Operand.Word(token.text());
      case NUMBER -> new Operand.Constant(number(token), peek().is(Kind.UNIT) ? take().text() : "");
      case NAME -> nameOperand(token);
      default ->
          throw new Unreadable(
              token.index(),
              token.told() + " is not something to compare",
              "a condition, a metric such as delta.60s, price, a number, or a word in quotes");
    };
  }

  private static Operand nameOperand(Token token) throws Unreadable {
    if (token.is("price")) {
      return new Operand.Price();
    } else if (isFreeName(token)) {
      return new Operand.Metric(token.text());
    }
    throw new Unreadable(
        token.index(),
        token.told() + " cannot stand here",
        "a condition, a metric such as delta.60s, price, a number, or a word in quotes");
  }

  private BigDecimal number() throws Unreadable {
    Token token = take();
    if (!token.is(Kind.NUMBER)) {
      throw new Unreadable(token.index(), token.told() + " is not a number", "a number");
    }
    return number(token);
  }

  private static BigDecimal number(Token token) throws Unreadable {
    return Quantities.number(token.text())
        .orElseThrow(
            () ->
                new Unreadable(
                    token.index(), token.told() + " has too many digits", "up to 60 of them"));
  }

  private Duration time() throws Unreadable {
    Token token = take();
    if (!token.is(Kind.TIME)) {
      throw new Unreadable(
          token.index(), token.told() + " is not a length of time", "such as 30s, 500ms, 5m or 1h");
    }
    return time(token);
  }

  private static Duration time(Token token) throws Unreadable {
    return Quantities.time(token.text())
        .orElseThrow(
            () ->
                new Unreadable(
                    token.index(), token.told() + " has too many digits", "such as 30s or 5m"));
  }

  private static boolean isFreeName(Token token) {
    return token.is(Kind.NAME) && !Lexer.RESERVED.contains(token.text().toLowerCase(Locale.ROOT));
  }

  private static boolean isRelation(Token token) {
    return token.is("crosses")
        || token.is("in")
        || token.is("outside")
        || token.is("from")
        || (token.is(Kind.SIGN) && "<>=!".indexOf(token.text().charAt(0)) >= 0);
  }

  private static String suggestion(Token token) {
    return token.is(Kind.NAME)
        ? Names.suggest(token.text(), List.of("crosses", "in", "outside", "from", "and", "or"))
        : "";
  }

  private void enter() throws Unreadable {
    if (++depth > DEEPEST) {
      throw new Unreadable(
          peek().index(), "It is nested too deeply", "up to " + DEEPEST + " levels");
    }
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = tokens.get(next);
    if (!token.is(Kind.END)) {
      next++;
    }
    return token;
  }

  private boolean takes(String word) {
    if (peek().is(word)) {
      next++;
      return true;
    }
    return false;
  }

  private void expect(String word) throws Unreadable {
    if (!takes(word)) {
      throw unexpected(word);
    }
  }

  /** YAML takes a colon for its own in a text without quotes, so there is another sign. */
  private void expectEither(String word, String other) throws Unreadable {
    if (!takes(other)) {
      expect(word);
    }
  }

  private Unreadable unexpected(String allowed) {
    Token token = peek();
    String hint =
        token.is(Kind.NAME)
            ? Names.suggest(
                token.text(), List.of("and", "or", "not", "for", "within", "cooldown", "until"))
            : "";
    return new Unreadable(token.index(), token.told() + " is not expected" + hint, allowed);
  }

  private static List<PlanCondition> conditions(List<Part> parts) {
    return parts.stream().map(it -> it.condition).toList();
  }

  /** A condition that was read, and where its parts were, by their paths below it. */
  private static final class Part {
    private final PlanCondition condition;
    private final int index;
    private final Map<String, Integer> places = new HashMap<>();

    Part(PlanCondition condition, int index) {
      this.condition = condition;
      this.index = index;
      places.put("", index);
    }

    static Part group(int index, PlanCondition condition, List<Part> parts) {
      Part group = new Part(condition, index);
      for (int i = 0; i < parts.size(); i++) {
        group.places.putAll(parts.get(i).placed("[" + i + ']'));
      }
      return group;
    }

    static Part operator(PlanCondition condition, Part part, int operatorIndex) {
      Part operator = new Part(condition, part.index);
      operator.places.putAll(part.placed(".part"));
      operator.places.put(".time", operatorIndex);
      return operator;
    }

    Part with(PlanCondition made) {
      Part part = new Part(made, index);
      part.places.putAll(places);
      return part;
    }

    Map<String, Integer> placed(String above) {
      Map<String, Integer> placed = new HashMap<>();
      places.forEach((path, place) -> placed.put(above + path, place));
      return placed;
    }
  }
}
