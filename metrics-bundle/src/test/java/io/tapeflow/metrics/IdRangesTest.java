package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.IdRange;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IdRangesTest {
  /** Three numbers make a step: where, how long, and whether to add or take away. */
  @Property(tries = 300)
  void aSetOfRangesIsASetOfIds(
      @ForAll @Size(min = 3, max = 60) List<@IntRange(min = 0, max = 40) Integer> steps) {
    IdRanges ranges = IdRanges.NONE;
    TreeSet<Long> ids = new TreeSet<>();
    for (int i = 0; i + 2 < steps.size(); i += 3) {
      long first = steps.get(i);
      long last = first + steps.get(i + 1) / 4;
      boolean add = steps.get(i + 2) % 3 > 0;
      ranges = add ? ranges.plus(first, last) : ranges.minus(first, last);
      for (long id = first; id <= last; id++) {
        if (add) {
          ids.add(id);
        } else {
          ids.remove(id);
        }
      }
      assertThat(expanded(ranges.list())).containsExactlyElementsOf(ids);
      assertThat(ranges.count(first, last + 3)).isEqualTo(ids.subSet(first, last + 4).size());
      assertThat(expanded(ranges.within(7, 21))).containsExactlyElementsOf(ids.subSet(7L, 22L));
    }
    for (int i = 1; i < ranges.list().size(); i++) {
      assertThat(ranges.list().get(i).firstId())
          .as("neighbours are one range")
          .isGreaterThan(ranges.list().get(i - 1).lastId() + 1);
    }
  }

  /** It may then name too many ids, but the newest exactly and never too few. */
  @Test
  void theNumberOfRangesIsBounded() {
    IdRanges ranges = IdRanges.NONE;
    for (long id = 0; id < 10 * IdRanges.MAX; id += 2) {
      ranges = ranges.plus(id, id);
    }
    assertThat(ranges.list()).hasSize(IdRanges.MAX);
    assertThat(ranges.list().get(0).firstId()).isZero();
    assertThat(ranges.count(10 * IdRanges.MAX - 100, 10 * IdRanges.MAX)).isEqualTo(50);
  }

  private static List<Long> expanded(List<IdRange> ranges) {
    List<Long> ids = new ArrayList<>();
    for (IdRange range : ranges) {
      for (long id = range.firstId(); id <= range.lastId(); id++) {
        ids.add(id);
      }
    }
    return ids;
  }
}
