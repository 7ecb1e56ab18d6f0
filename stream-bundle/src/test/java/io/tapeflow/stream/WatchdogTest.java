package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final long FAULTY = 2;

  private final TaskScope scope = new TaskScope("test", Clock.SYSTEM);
  private final AtomicLong judged = new AtomicLong();
  private final Watchdog watchdog =
      new Watchdog(
          scope,
          Clock.SYSTEM,
          () -> {
            if (judged.incrementAndGet() == FAULTY) {
              throw new IllegalStateException("a fault in a verdict");
            }
          });

  @Test
  void aFaultInOneVerdictDoesNotEndIt() {
    watchdog.start("the-faulty-watchdog");
    await().until(() -> judged.get() > FAULTY + 2);
    watchdog.stop();
    await().until(() -> scope.status().live().isEmpty());
    assertThat(scope.status().failed()).isZero();
  }

  @Test
  void anInterruptByAStrangerDoesNotEndIt() {
    watchdog.start("the-watchdog");
    await().until(() -> judged.get() > 0);
    Thread thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(any -> any.getName().equals("the-watchdog"))
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < 3; i++) {
      thread.interrupt();
      long then = judged.get();
      await().until(() -> judged.get() > then + 2);
    }
    assertThat(thread.isAlive()).isTrue();

    assertThat(scope.close(Duration.ofSeconds(5)).kept()).isTrue();
    await().until(() -> !thread.isAlive());
  }
}
