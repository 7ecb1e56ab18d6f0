package io.tapeflow.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopesTest {
  private final Scopes scopes = new Scopes(Samples.CLOCK, 3);

  @Test
  void keepsTheFinalAccountOfALedgerThatGoes() {
    TaskScope scope = new TaskScope("stream demo", Clock.SYSTEM);
    scopes.addLedger(scope);
    assertThat(scopes.open()).containsExactly(scope);
    assertThat(scopes.closed().count()).isZero();

    scope.enter("socket", "venue", () -> {}, () -> {}).finished();
    scope.close(Duration.ofSeconds(5));
    scopes.removeLedger(scope);

    assertThat(scopes.open()).isEmpty();
    assertThat(scopes.closed().latest())
        .singleElement()
        .satisfies(
            closed -> {
              assertThat(closed.kept()).isTrue();
              assertThat(closed.goneAt()).isEqualTo(Samples.NOW);
              assertThat(closed.account().owner()).isEqualTo("stream demo");
              assertThat(closed.account().finished()).isEqualTo(1);
            });
  }

  @Test
  void seesCallbacksThatComeAfterTheLedgerHasGone() {
    TaskScope scope = new TaskScope("stream demo", Clock.SYSTEM);
    scopes.addLedger(scope);
    scope.close(Duration.ofSeconds(5));
    scopes.removeLedger(scope);
    assertThat(scopes.closed().latest().get(0).kept()).isTrue();

    scope.admits("onMessage");

    assertThat(scopes.closed().latest().get(0).kept()).isFalse();
    assertThat(scopes.closed().report()).contains("1 callbacks afterwards");
  }

  @Test
  void seesACloseThatEndsAfterTheLedgerHasGone() {
    TaskScope scope = new TaskScope("stream demo", Clock.SYSTEM);
    scope.enter("socket", "venue", () -> {}, () -> {});
    scopes.addLedger(scope);
    scopes.removeLedger(scope);
    assertThat(scopes.closed().latest().get(0).reported()).isFalse();
    assertThat(scopes.closed().report()).endsWith("Abandoned tasks: 1");

    scope.close(Duration.ofMillis(1));

    assertThat(scopes.closed().latest().get(0).reported()).isTrue();
  }

  @Test
  void doesNotHoldALedgerThatHasGone() {
    WeakReference<TaskLedger> gone = comeAndGo();

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(gone.get()).isNull();
            });

    assertThat(scopes.closed().latest().get(0).account().owner()).isEqualTo("short-lived");
  }

  private WeakReference<TaskLedger> comeAndGo() {
    TaskScope scope = new TaskScope("short-lived", Clock.SYSTEM);
    scopes.addLedger(scope);
    scope.close(Duration.ofSeconds(5));
    scopes.removeLedger(scope);
    return new WeakReference<>(scope);
  }

  @Test
  void foldsTheOldestIntoSums() {
    List<TaskLedger> held = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      LedgerStatus account = Samples.closedLedger("scope " + i, 0.1, i == 1 ? 2 : 0, 0);
      TaskLedger ledger = () -> account;
      held.add(ledger);
      scopes.addLedger(ledger);
      scopes.removeLedger(ledger);
    }

    ClosedScopes closed = scopes.closed();

    assertThat(closed.latest())
        .extracting(scope -> scope.account().owner())
        .containsExactly("scope 2", "scope 3", "scope 4");
    assertThat(closed.count()).isEqualTo(5);
    assertThat(closed.olderBroken()).isEqualTo(1);
    assertThat(closed.report())
        .startsWith("2 older ones, 1 of them not clean, are not listed.")
        .endsWith("\nAbandoned tasks: 2");
    assertThat(held).hasSize(5);
  }

  @Test
  void countsALedgerThatCannotBeRead() {
    TaskLedger broken =
        () -> {
          throw new IllegalStateException("gone");
        };
    scopes.addLedger(broken);
    scopes.removeLedger(broken);

    assertThat(scopes.closed().latest())
        .singleElement()
        .satisfies(it -> assertThat(it.kept()).isFalse());
  }

  @Test
  void reportsALineForEachAndTheSumLast() {
    assertThat(new ShutdownReport(scopes).get())
        .isEqualTo("No component has been stopped.\nAbandoned tasks: 0");
    List<TaskLedger> held =
        List.of(
            () -> Samples.closedLedger("metrics", 0.034, 0, 0),
            () -> Samples.closedLedger("stream", 4.5, 1, 0));
    held.forEach(scopes::addLedger);
    held.forEach(scopes::removeLedger);

    assertThat(new ShutdownReport(scopes).get())
        .isEqualTo(
            """
            metrics: closed in 34 ms of 5000 ms allowed: 1 finished, 4 cancelled, 1 forced, 0 abandoned
            stream: closed in 4500 ms of 5000 ms allowed: 1 finished, 3 cancelled, 1 forced, 1 abandoned
            Abandoned tasks: 1\
            """);
  }
}
