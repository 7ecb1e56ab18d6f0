package io.tapeflow.metrics.family;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/** What a console fills in: the default of each property of a configuration type. */
public final class MetatypeDefaults {
  private MetatypeDefaults() {}

  /** The defaults by property. */
  public static Map<String, Object> of(Class<?> configuration) {
    Map<String, Object> defaults = new HashMap<>();
    for (Method method : configuration.getDeclaredMethods()) {
      defaults.put(method.getName().replace('_', '.'), method.getDefaultValue());
    }
    return defaults;
  }
}
