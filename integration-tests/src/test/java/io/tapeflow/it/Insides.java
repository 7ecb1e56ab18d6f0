package io.tapeflow.it;

import io.tapeflow.api.task.TaskLedger;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;

/** Reaches into a component to break it, as no service permits. */
final class Insides {
  private Insides() {}

  /** The executor whose heartbeat a ledger watches under a name. */
  static Executor executor(TaskLedger ledger, String name) {
    for (Object watched : (Collection<?>) field(ledger, "watched")) {
      Object pulse = call(watched, "pulse");
      if (name.equals(call(pulse, "name"))) {
        return (Executor) call(watched, "executor");
      }
    }
    throw new AssertionError("The ledger of " + ledger.status().owner() + " watches no " + name);
  }

  /** Kills an executor behind the back of its owner. */
  static void kill(Executor executor) {
    if (executor instanceof java.util.concurrent.ExecutorService service) {
      service.shutdownNow();
    } else {
      call(executor, "stop");
    }
  }

  /** Stops a part of a service, found by the name of its class, behind the back of its owner. */
  static void stop(Object service, String part) {
    Deque<Object> left = new ArrayDeque<>(List.of(service));
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!left.isEmpty()) {
      Object object = left.remove();
      if (!seen.add(object)) {
        continue;
      }
      if (object.getClass().getSimpleName().equals(part)) {
        call(object, "stop");
        return;
      }
      if (object instanceof Collection<?> several) {
        several.stream().filter(Objects::nonNull).forEach(left::add);
      } else if (object.getClass().getName().startsWith("io.tapeflow.stream.")) {
        partsOf(object).forEach(left::add);
      }
    }
    throw new AssertionError("There is no " + part + " in " + service);
  }

  private static List<Object> partsOf(Object object) {
    List<Object> parts = new ArrayList<>();
    for (Field field : object.getClass().getDeclaredFields()) {
      try {
        field.setAccessible(true);
        Object value = field.get(object);
        if (value != null && !field.getType().isPrimitive()) {
          parts.add(value);
        }
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("Could not read " + field, e);
      }
    }
    return parts;
  }

  private static Object field(Object object, String name) {
    try {
      Field field = object.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(object);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("There is no " + name + " in " + object.getClass(), e);
    }
  }

  private static Object call(Object object, String name) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == 0) {
          try {
            method.setAccessible(true);
            return method.invoke(object);
          } catch (ReflectiveOperationException e) {
            throw new LinkageError(name + " of " + object.getClass() + " failed", e);
          }
        }
      }
    }
    throw new AssertionError("There is no " + name + "() in " + object.getClass());
  }
}
