package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricFactory;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.commons.support.ReflectionSupport;

/** The families that the bundle brings along, found as they are built, on their defaults. */
final class AllFamilies {
  private AllFamilies() {}

  /** New factories, by class name. */
  static Map<String, MetricFactory> make() {
    Map<String, MetricFactory> families = new TreeMap<>();
    ReflectionSupport.findAllClassesInPackage(
            "io.tapeflow.metrics", AllFamilies::isFamily, name -> true)
        .forEach(type -> families.put(type.getSimpleName(), make(type)));
    return families;
  }

  private static boolean isFamily(Class<?> type) {
    return MetricFactory.class.isAssignableFrom(type)
        && Modifier.isPublic(type.getModifiers())
        && !Modifier.isAbstract(type.getModifiers());
  }

  private static MetricFactory make(Class<?> type) {
    try {
      return (MetricFactory) type.getConstructor(Map.class).newInstance(Map.of());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " cannot be made from a configuration", e);
    }
  }
}
