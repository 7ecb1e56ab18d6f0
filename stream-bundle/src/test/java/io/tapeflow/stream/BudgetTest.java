package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Budget.Limit TEN_A_MINUTE = new Budget.Limit(10, Duration.ofMinutes(1));

  private final ManualTime time = new ManualTime();
  private final Budget budget = new Budget();

  @Test
  void whatFitsIsUsedAtOnceAndTheRestWaitsForTheWindowToPass() {
    assertThat(take(0, 6)).isZero();
    time.pass(Duration.ofSeconds(20));
    assertThat(take(0, 4)).isZero();
    Budget.Ticket ticket = budget.join(0, 5);
    assertThat(ask(ticket)).isEqualTo(Duration.ofSeconds(40).toNanos());
    time.pass(Duration.ofSeconds(40).minusNanos(1));
    assertThat(ask(ticket)).isEqualTo(1);
    time.pass(Duration.ofNanos(1));
    assertThat(ask(ticket)).isZero();
    assertThat(budget.used(TEN_A_MINUTE.window(), time.nanos())).isEqualTo(9);
  }

  @Test
  void theHigherPrecedenceGoesFirstAndRoomIsKeptForIt() {
    take(0, 10);
    Budget.Ticket late = budget.join(3, 5);
    Budget.Ticket urgent = budget.join(0, 8);
    time.pass(Duration.ofMinutes(1));
    assertThat(ask(late)).as("there is room, but not behind the urgent one").isPositive();
    assertThat(ask(urgent)).isZero();
    assertThat(ask(late)).isEqualTo(Duration.ofMinutes(1).toNanos());
  }

  @Test
  void whoLeavesTheLineMakesRoom() {
    Budget.Ticket first = budget.join(0, 10);
    Budget.Ticket second = budget.join(0, 10);
    assertThat(ask(second)).isPositive();
    budget.leave(first);
    assertThat(ask(second)).isZero();
  }

  @Test
  void whatIsLargerThanTheLimitGoesAlone() {
    take(0, 1);
    Budget.Ticket large = budget.join(0, 25);
    assertThat(ask(large)).isEqualTo(Duration.ofMinutes(1).toNanos());
    time.pass(Duration.ofMinutes(1));
    assertThat(ask(large)).isZero();
  }

  @Test
  void aHigherLimitHoldsAtOnce() {
    take(0, 10);
    Budget.Ticket ticket = budget.join(0, 1);
    assertThat(ask(ticket)).isPositive();
    assertThat(budget.take(ticket, new Budget.Limit(11, TEN_A_MINUTE.window()), time.nanos()))
        .isZero();
  }

  @Property(tries = 200)
  void noWindowEverHoldsMoreThanTheLimitAndNobodyWaitsForEver(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 10) Integer> weights) {
    ManualTime clock = new ManualTime();
    Budget shared = new Budget();
    record Use(long at, int weight) {}
    Deque<Use> uses = new ArrayDeque<>();
    for (int weight : weights) {
      Budget.Ticket ticket = shared.join(weight % 3, weight);
      Runnable[] ask = new Runnable[1];
      ask[0] =
          () -> {
            long wait = shared.take(ticket, TEN_A_MINUTE, clock.nanos());
            if (wait == 0) {
              uses.add(new Use(clock.nanos(), weight));
            } else {
              clock.schedule(ask[0], wait, java.util.concurrent.TimeUnit.NANOSECONDS);
            }
          };
      ask[0].run();
      clock.pass(Duration.ofSeconds(weight));
    }
    clock.pass(Duration.ofHours(2));
    assertThat(uses).hasSize(weights.size());
    List<Use> all = new ArrayList<>(uses);
    for (Use end : all) {
      long within =
          all.stream()
              .filter(use -> end.at - use.at >= 0)
              .filter(use -> end.at - use.at < TEN_A_MINUTE.windowNanos())
              .mapToLong(Use::weight)
              .sum();
      assertThat(within).isLessThanOrEqualTo(TEN_A_MINUTE.amount());
    }
  }

  private long take(int precedence, long weight) {
    return ask(budget.join(precedence, weight));
  }

  private long ask(Budget.Ticket ticket) {
    return budget.take(ticket, TEN_A_MINUTE, time.nanos());
  }
}
