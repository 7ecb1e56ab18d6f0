package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IdRangesTest {
  @Test
  void neighboursAreJoined() {
    IdRanges ranges = new IdRanges();
    ranges.add(5, 6);
    ranges.add(9, 9);
    ranges.add(7, 8);
    assertThat(ranges).hasToString("5 to 9");
    ranges.remove(6, 7);
    assertThat(ranges).hasToString("5 to 5, 8 to 9");
    assertThat(ranges.covers(8, 9)).isTrue();
    assertThat(ranges.covers(5, 8)).isFalse();
  }

  @Property(tries = 300)
  void theySayTheSameAsASetOfIds(@ForAll long seed) {
    Random random = new Random(seed);
    IdRanges ranges = new IdRanges();
    TreeSet<Long> ids = new TreeSet<>();
    for (int i = 0; i < 60; i++) {
      long first = random.nextInt(100);
      long last = first + random.nextInt(12);
      boolean add = random.nextInt(5) < 3;
      for (long id = first; id <= last; id++) {
        if (add) {
          ids.add(id);
        } else {
          ids.remove(id);
        }
      }
      if (add) {
        ranges.add(first, last);
      } else {
        ranges.remove(first, last);
      }
      assertThat(ranges.ids()).isEqualTo(ids.size());
      for (long id = 0; id < 115; id++) {
        assertThat(ranges.contains(id)).as("%d in %s", id, ranges).isEqualTo(ids.contains(id));
      }
      for (int r = 1; r < ranges.size(); r++) {
        assertThat(ranges.first(r)).isGreaterThan(ranges.last(r - 1) + 1);
      }
    }
    ranges.removeBelow(50);
    assertThat(ranges.ids()).isEqualTo(ids.tailSet(50L).size());
  }
}
