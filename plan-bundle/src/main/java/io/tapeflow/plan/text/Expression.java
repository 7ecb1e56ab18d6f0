package io.tapeflow.plan.text;

import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanFault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Conditions as short readable expressions. */
public final class Expression {
  private Expression() {}

  /**
   * What was read.
   *
   * @param condition null if it cannot be read
   * @param places index in the text of each part, by its path
   * @param faults why it cannot be read; empty if it can. Line and column are those in the text
   */
  public record Read(PlanCondition condition, Map<String, Integer> places, List<PlanFault> faults) {
    /** Takes copies. */
    public Read {
      places = Map.copyOf(places);
      faults = List.copyOf(faults);
    }
  }

  /**
   * Reads a condition.
   *
   * @param path of the condition in its plan
   */
  public static Read read(String text, String path) {
    try {
      Parser parser = new Parser(Lexer.tokens(text), path);
      PlanCondition condition = parser.whole();
      return new Read(condition, parser.places(), List.of());
    } catch (Unreadable e) {
      PlanFault fault = new PlanFault(path, e.getMessage(), e.allowed());
      return new Read(null, Map.of(path, e.index()), List.of(fault));
    }
  }

  /** Writes a condition, so that it can be read again as the same condition. */
  public static String write(PlanCondition condition) {
    if (condition instanceof PlanCondition.All all && all.parts().size() > 1) {
      return joined(all.parts(), " and ");
    } else if (condition instanceof PlanCondition.Any any && any.parts().size() > 1) {
      return joined(any.parts(), " or ");
    }
    return tight(condition);
  }

  /** Written so that it can stand before "for" and between "and". */
  private static String tight(PlanCondition condition) {
    if (condition instanceof PlanCondition.Comparison comparison) {
      return write(comparison.left())
          + ' '
          + comparison.relation().text()
          + ' '
          + write(comparison.right());
    } else if (condition instanceof PlanCondition.Band band) {
      return write(band.operand())
          + (band.inside() ? " in [" : " outside [")
          + plain(band.low())
          + ", "
          + plain(band.high())
          + ']';
    } else if (condition instanceof PlanCondition.Hysteresis latch) {
      return write(latch.operand()) + " from " + plain(latch.on()) + " until " + plain(latch.off());
    } else if (condition instanceof PlanCondition.Named named) {
      return name(named.name()) + arguments(named.arguments());
    } else if (condition instanceof PlanCondition.HeldFor held) {
      return operated(held.part()) + " for " + Quantities.write(held.time());
    } else if (condition instanceof PlanCondition.Within within) {
      return operated(within.part()) + " within " + Quantities.write(within.time());
    } else if (condition instanceof PlanCondition.Cooldown cooldown) {
      return operated(cooldown.part()) + " cooldown " + Quantities.write(cooldown.time());
    } else if (condition instanceof PlanCondition.Confluence confluence) {
      return write(confluence);
    } else if (condition instanceof PlanCondition.None none) {
      return none.parts().size() == 1
          ? "not " + operated(none.parts().get(0))
          : "none(" + list(none.parts()) + ')';
    } else if (condition instanceof PlanCondition.All all) {
      return "all(" + list(all.parts()) + ')';
    } else if (condition instanceof PlanCondition.Any any) {
      return "any(" + list(any.parts()) + ')';
    }
    throw new IllegalArgumentException("There is no expression for " + condition);
  }

  private static String write(PlanCondition.Confluence confluence) {
    return confluence.parts().stream()
            .map(it -> plain(it.weight()) + '*' + write(it.part()))
            .collect(Collectors.joining(", ", "confluence(", ""))
        + ", enable="
        + plain(confluence.enable())
        + ", suspend="
        + plain(confluence.suspend())
        + ')';
  }

  private static String list(List<PlanCondition> parts) {
    return parts.stream().map(Expression::write).collect(Collectors.joining(", "));
  }

  private static String joined(List<PlanCondition> parts, String by) {
    return parts.stream()
        .map(it -> isJoined(it) ? '(' + write(it) + ')' : write(it))
        .collect(Collectors.joining(by));
  }

  /** A part of an operator that binds more tightly than "not", "and" and "or". */
  private static String operated(PlanCondition part) {
    boolean loose =
        isJoined(part) || (part instanceof PlanCondition.None none && none.parts().size() == 1);
    return loose ? '(' + write(part) + ')' : write(part);
  }

  private static boolean isJoined(PlanCondition condition) {
    return (condition instanceof PlanCondition.All all && all.parts().size() > 1)
        || (condition instanceof PlanCondition.Any any && any.parts().size() > 1);
  }

  private static String arguments(Map<String, Object> arguments) {
    return arguments.isEmpty()
        ? ""
        : arguments.entrySet().stream()
            .map(
                it -> (it.getKey().isEmpty() ? "" : name(it.getKey()) + '=') + value(it.getValue()))
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String value(Object value) {
    if (value instanceof BigDecimal number) {
      return plain(number);
    } else if (value instanceof Duration time) {
      return Quantities.write(time);
    }
    return value instanceof Boolean ? value.toString() : word(value.toString());
  }

  private static String write(Operand operand) {
    if (operand instanceof Operand.Metric metric) {
      return name(metric.name());
    } else if (operand instanceof Operand.Constant constant) {
      return plain(constant.value()) + (constant.unit().isEmpty() ? "" : ' ' + constant.unit());
    } else if (operand instanceof Operand.Word word) {
      return word(word.value());
    }
    return "price";
  }

  private static String word(String word) {
    return '\'' + word.replace("'", "''") + '\'';
  }

  private static String name(String name) {
    boolean plain =
        Lexer.NAME.matcher(name).matches()
            && !Lexer.RESERVED.contains(name.toLowerCase(Locale.ROOT));
    return plain ? name : '`' + name.replace("`", "``") + '`';
  }

  private static String plain(BigDecimal number) {
    return Quantities.isSensible(number) ? number.toPlainString() : number.toString();
  }
}
