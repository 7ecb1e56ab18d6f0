package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** The threads of this JVM. */
final class Threads {
  private final Set<Thread> baseline = all();

  private Threads() {}

  /** What runs now is the baseline. */
  static Threads now() {
    return new Threads();
  }

  /** The one thread of a name. */
  static Thread named(String name) {
    List<Thread> found = all().stream().filter(thread -> thread.getName().equals(name)).toList();
    assertThat(found).as("threads named " + name).hasSize(1);
    return found.get(0);
  }

  /** The names of those that have a word in their names. */
  static List<String> of(String word) {
    return all().stream().map(Thread::getName).filter(name -> name.contains(word)).toList();
  }

  /** Waits until no other threads run than those of the baseline. */
  void awaitNoOthers() {
    Awaitility.await("threads")
        .atMost(Host.PATIENCE)
        .untilAsserted(() -> assertThat(others()).as("threads left behind").isEmpty());
  }

  private List<String> others() {
    return all().stream()
        .filter(thread -> !baseline.contains(thread))
        .map(Thread::getName)
        .filter(name -> !name.startsWith("awaitility"))
        .sorted()
        .toList();
  }

  private static Set<Thread> all() {
    return Thread.getAllStackTraces().keySet();
  }
}
