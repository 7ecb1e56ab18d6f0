package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShardPlanTest {
  @Test
  void symbolsAreSpreadOverAsFewConnectionsAsNeeded() {
    assertThat(ShardPlan.NONE.with(List.of("A", "B", "C", "D", "E"), 2).shards())
        .isEqualTo(Map.of(1, List.of("A", "B"), 2, List.of("C", "D"), 3, List.of("E")));
  }

  @Test
  void whatStaysStaysAndWhatComesGoesToTheEmptiest() {
    ShardPlan plan = ShardPlan.NONE.with(List.of("A", "B", "C", "D", "E", "F"), 3);
    assertThat(plan.with(List.of("E", "A", "B", "X", "Y"), 3).shards())
        .isEqualTo(Map.of(1, List.of("A", "B", "Y"), 2, List.of("E", "X")));
  }

  @Test
  void anEmptyConnectionGoesAndItsNumberIsUsedAgain() {
    ShardPlan plan = ShardPlan.NONE.with(List.of("A", "B", "C"), 1);
    ShardPlan without = plan.with(List.of("A", "C"), 1);
    assertThat(without.shards().keySet()).containsExactly(1, 3);
    assertThat(without.with(List.of("A", "C", "D"), 1).shards().get(2)).containsExactly("D");
  }

  @Test
  void aLowerLimitMovesOnlyWhatIsAboveIt() {
    assertThat(
            ShardPlan.NONE.with(List.of("A", "B", "C"), 3).with(List.of("A", "B", "C"), 2).shards())
        .isEqualTo(Map.of(1, List.of("A", "B"), 2, List.of("C")));
  }

  @Property(tries = 300)
  void everyPlanIsCompleteWithinItsLimitAndLeavesWhatStaysWhereItWas(
      @ForAll @Size(max = 12)
          List<@Size(max = 20) Set<@CharRange(from = 'A', to = 'Z') Character>> wanted,
      @ForAll @IntRange(min = 1, max = 6) int room) {
    ShardPlan plan = ShardPlan.NONE;
    for (Set<Character> symbols : wanted) {
      List<String> names = symbols.stream().map(String::valueOf).toList();
      ShardPlan next = plan.with(names, room);
      assertThat(next.shards().values().stream().flatMap(List::stream).toList())
          .containsExactlyInAnyOrderElementsOf(names);
      assertThat(next.shards().values())
          .allSatisfy(shard -> assertThat(shard).hasSizeBetween(1, room));
      plan.shards()
          .forEach(
              (number, shard) ->
                  shard.stream()
                      .filter(names::contains)
                      .forEach(symbol -> assertThat(next.shards().get(number)).contains(symbol)));
      plan = next;
    }
  }
}
