package io.tapeflow.metrics;

import io.tapeflow.metrics.family.SettingValues;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads settings from a configuration, whatever types it came in: text from a file, numbers, arrays
 * or lists from a console. Says of each wrong value what would be right.
 */
final class SettingsReader {
  private static final String WINDOWS = "windows.seconds";
  private static final String STALE = "stale.ms";
  private static final String DOMINANCE = "dominance.ratio";
  private static final String FAMILIES_OFF = "families.off";

  private static final int MAX_WINDOWS = 8;

  private final Map<String, ?> properties;
  private final List<String> faults = new ArrayList<>();

  SettingsReader(Map<String, ?> properties) {
    this.properties = properties;
  }

  /** The settings; wherever {@link #faults()} has something to say, the default. */
  FlowSettings read() {
    return new FlowSettings(windows(), stale(), dominance(), familiesOff());
  }

  /** One line for each wrong value, naming property, value and what is allowed. */
  List<String> faults() {
    return faults;
  }

  private List<Integer> windows() {
    List<Integer> fallback = FlowSettings.DEFAULT.windows();
    Object value = properties.get(WINDOWS);
    if (value == null) {
      return fallback;
    }
    String allowed = "1 to " + MAX_WINDOWS + " whole numbers of seconds, each from 1 to 3600";
    List<Integer> windows = new ArrayList<>();
    for (Object element : SettingValues.elements(value)) {
      BigDecimal seconds = SettingValues.number(element);
      if (!isWhole(seconds, 1, 3600)) {
        return wrong(WINDOWS, value, allowed, fallback);
      }
      windows.add(seconds.intValueExact());
    }
    return windows.isEmpty() || windows.size() > MAX_WINDOWS
        ? wrong(WINDOWS, value, allowed, fallback)
        : windows;
  }

  private Duration stale() {
    Duration fallback = FlowSettings.DEFAULT.staleAfter();
    Object value = properties.get(STALE);
    if (value == null) {
      return fallback;
    }
    BigDecimal millis = SettingValues.number(value);
    return isWhole(millis, 1_000, 3_600_000)
        ? Duration.ofMillis(millis.longValueExact())
        : wrong(STALE, value, "a whole number of milliseconds from 1000 to 3600000", fallback);
  }

  private BigDecimal dominance() {
    BigDecimal fallback = FlowSettings.DEFAULT.dominanceRatio();
    Object value = properties.get(DOMINANCE);
    if (value == null) {
      return fallback;
    }
    BigDecimal ratio = SettingValues.number(value);
    return ratio != null && isBetween(ratio, 1, 1_000)
        ? ratio
        : wrong(DOMINANCE, value, "a number from 1 to 1000", fallback);
  }

  /** Any name will do: the family may come later. */
  private Set<String> familiesOff() {
    Object value = properties.get(FAMILIES_OFF);
    Set<String> names = new TreeSet<>();
    for (Object element : value == null ? List.of() : SettingValues.elements(value)) {
      names.add(element.toString().strip());
    }
    names.remove("");
    return Set.copyOf(names);
  }

  private <T> T wrong(String property, Object value, String allowed, T fallback) {
    Object shown = value instanceof String ? value : SettingValues.elements(value);
    faults.add(property + " is \"" + shown + "\", allowed is " + allowed);
    return fallback;
  }

  private static boolean isWhole(BigDecimal number, long least, long most) {
    return number != null
        && isBetween(number, least, most)
        && number.stripTrailingZeros().scale() <= 0;
  }

  private static boolean isBetween(BigDecimal number, long least, long most) {
    return number.compareTo(BigDecimal.valueOf(least)) >= 0
        && number.compareTo(BigDecimal.valueOf(most)) <= 0;
  }
}
