package io.tapeflow.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.task.CloseReport;
import io.tapeflow.api.task.Heartbeat;
import io.tapeflow.api.task.LedgerStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TaskScopeTest {
  private static final Duration BOUND = Duration.ofSeconds(5);

  private final TaskScope scope = new TaskScope("test", Clock.SYSTEM);

  @Test
  void aTaskIsLiveUntilItSaysHowItEnded() {
    Task task = scope.enter("socket", "venue", () -> {}, () -> {});
    assertThat(scope.status().live()).hasSize(1);

    task.finished();
    task.cancelled();

    LedgerStatus status = scope.status();
    assertThat(status.started()).isEqualTo(1);
    assertThat(status.finished()).isEqualTo(1);
    assertThat(status.cancelled()).isZero();
    assertThat(status.live()).isEmpty();
    assertThat(status.balanced()).isTrue();
  }

  @Test
  void closingInterruptsThreadsAndEndsSchedulers() {
    scope.thread("sleeper", TaskScopeTest::parkUntilInterrupted);
    ScheduledExecutorService scheduler = scope.scheduler("timer");
    scheduler.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.MILLISECONDS);

    CloseReport report = scope.close(BOUND);

    assertThat(report.kept()).isTrue();
    assertThat(report.clean()).isEqualTo(2);
    assertThat(scope.status().cancelled()).isEqualTo(2);
    assertThat(scope.status().balanced()).isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("sleeper", "timer");
  }

  @Test
  void aThreadThatDiesByAnExceptionIsCountedAsFailed() {
    scope.thread(
        "bad",
        () -> {
          throw new IllegalStateException("on purpose");
        });
    await().until(() -> scope.status().failed() == 1);
    assertThat(scope.status().balanced()).isTrue();
  }

  @Test
  void aTaskThatIgnoresStopIsForced() {
    CountDownLatch forced = new CountDownLatch(1);
    Task[] task = new Task[1];
    task[0] =
        scope.enter(
            "socket",
            "stubborn",
            () -> {},
            () -> {
              forced.countDown();
              task[0].cancelled();
            });

    CloseReport report = scope.close(Duration.ofMillis(200));

    assertThat(forced.getCount()).isZero();
    assertThat(report.forced()).isEqualTo(1);
    assertThat(report.abandoned()).isZero();
  }

  @Test
  void aTaskThatNeverEndsIsAbandonedWithinTheBound() {
    scope.enter("socket", "immortal", () -> {}, () -> {});

    CloseReport report = scope.close(Duration.ofMillis(200));

    assertThat(report.abandoned()).isEqualTo(1);
    assertThat(report.kept()).isFalse();
    assertThat(scope.status().abandoned()).hasSize(1);
    assertThat(scope.status().balanced()).isTrue();
  }

  @Test
  void afterCloseNothingStartsAndLateCallbacksAreCounted() {
    assertThat(scope.admits("data")).isTrue();
    scope.close(BOUND);

    assertThatThrownBy(() -> scope.thread("late", () -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("late");
    assertThat(scope.admits("data")).isFalse();
    assertThat(scope.status().lateCallbacks()).isEqualTo(1);
    assertThat(scope.status().started()).isZero();
  }

  @Test
  void concurrentClosesReportTheSameClose() throws Exception {
    scope.thread("sleeper", TaskScopeTest::parkUntilInterrupted);
    CloseReport[] other = new CloseReport[1];
    Thread closer = new Thread(() -> other[0] = scope.close(BOUND));
    closer.start();
    CloseReport mine = scope.close(BOUND);
    closer.join();
    assertThat(other[0]).isSameAs(mine);
  }

  @Test
  void aKilledExecutorLosesItsHeartbeat() {
    ScheduledExecutorService scheduler = scope.scheduler("victim");
    scope.pulse();
    await().until(() -> age("victim").compareTo(Duration.ofMillis(100)) < 0);

    scheduler.shutdownNow();

    await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              scope.pulse();
              return scope.status().heartbeats().stream().anyMatch(Heartbeat::late);
            });
    scope.close(BOUND);
  }

  @Test
  void aLoopIsNamedBeforeTheExecutorsItProbes() {
    scope.scheduler("probed");
    scope.pulseOf("prober").beat();
    assertThat(scope.status().heartbeats())
        .extracting(Heartbeat::name)
        .containsExactly("prober", "probed");
    scope.close(BOUND);
  }

  private Duration age(String name) {
    scope.pulse();
    return scope.status().heartbeats().stream()
        .filter(beat -> beat.name().equals(name))
        .findFirst()
        .orElseThrow()
        .age();
  }

  private static void parkUntilInterrupted() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
  }
}
