package io.tapeflow.metrics.large;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class OrderedSampleTest {
  @Property(tries = 200)
  void theOrderIsThatOfTheNumbersHeld(
      @ForAll @Size(min = 1, max = 3_000) List<@LongRange(min = 1, max = 500) Long> numbers,
      @ForAll @IntRange(min = 1, max = 1_000) int capacity) {
    OrderedSample sample = new OrderedSample(capacity);
    Deque<Long> held = new ArrayDeque<>();
    for (long number : numbers) {
      sample.add(number);
      held.addLast(number);
      if (held.size() > capacity) {
        held.removeFirst();
      }
    }
    List<Long> sorted = held.stream().sorted().toList();
    assertThat(sample.size()).isEqualTo(sorted.size());
    assertThat(IntStream.range(0, sample.size()).mapToObj(sample::at).toList()).isEqualTo(sorted);
    for (long number : new long[] {0, 1, 250, 499, 501}) {
      assertThat(sample.below(number))
          .isEqualTo((int) sorted.stream().filter(n -> n < number).count());
    }
  }
}
