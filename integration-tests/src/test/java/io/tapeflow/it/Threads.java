package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The threads of this JVM. */
final class Threads {
  /** What the tests themselves begin, and what ends in its own time. */
  private static final Pattern TESTS = Pattern.compile("awaitility.*|HttpClient-.*|process reaper");

  private final List<String> baseline = names();

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

  /** Waits until no more threads of any name run than at the baseline. */
  void awaitNoMore() {
    Awaitility.await("threads")
        .atMost(Host.PATIENCE)
        .untilAsserted(() -> assertThat(more()).as("threads left behind").isEmpty());
  }

  private List<String> more() {
    List<String> names = names();
    baseline.forEach(names::remove);
    return names;
  }

  /** Names without running numbers and what threads say that they do, each as often as it is. */
  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Thread thread : all()) {
      if (!TESTS.matcher(thread.getName()).matches()) {
        names.add(thread.getName().replaceAll("\\d+", "#").replaceAll(" \\(.*", ""));
      }
    }
    return names;
  }

  private static Set<Thread> all() {
    return Thread.getAllStackTraces().keySet();
  }
}
