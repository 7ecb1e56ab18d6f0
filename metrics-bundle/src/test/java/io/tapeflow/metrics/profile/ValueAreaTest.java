package io.tapeflow.metrics.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.metrics.profile.ValueArea.Adjacency;
import io.tapeflow.metrics.profile.ValueArea.Range;
import io.tapeflow.metrics.profile.ValueArea.Rule;
import io.tapeflow.metrics.profile.ValueArea.Tie;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueAreaTest {
  /** Rows 99 to 102 of the ten trades; the point of control is the third. */
  private static final long[] T10 = {2, 9, 11, 6};

  @ParameterizedTest
  @CsvSource({"PAIR, 0, 2", "PAIR_MINIMAL, 1, 2", "SINGLE, 1, 2"})
  void theVectorTellsTheVariantsApart(Rule rule, int low, int high) {
    assertThat(area(rule).of(wide(T10), 2)).isEqualTo(new Range(low, high));
  }

  @Test
  void theTargetIsReachedExactlyOrExceeded() {
    // 68.2 % of 1000 is 682, which the point of control alone has.
    long[] rows = {159, 682, 159};
    assertThat(area("68.2", Rule.PAIR, Tie.BELOW).of(wide(rows), 1)).isEqualTo(new Range(1, 1));
    assertThat(area("68.3", Rule.PAIR, Tie.BELOW).of(wide(rows), 1)).isEqualTo(new Range(0, 1));
  }

  @Test
  void aTieGoesToTheSideThatWasChosen() {
    long[] rows = {1, 2, 10, 2, 1};
    assertThat(area("70", Rule.PAIR, Tie.BELOW).of(wide(rows), 2)).isEqualTo(new Range(0, 2));
    assertThat(area("70", Rule.PAIR, Tie.ABOVE).of(wide(rows), 2)).isEqualTo(new Range(2, 4));
  }

  @Test
  void aSideWithoutRowsIsNeverChosen() {
    long[] rows = {0, 0, 0, 0, 3, 10};
    assertThat(area("100", Rule.PAIR, Tie.ABOVE).of(wide(rows), 5)).isEqualTo(new Range(3, 5));
  }

  @Test
  void betweenEmptyRowsTheNearerTradedOneIsGoneFor() {
    long[] rows = {4, 0, 0, 0, 0, 10, 0, 0, 0, 5};
    // Both pairs are empty; upwards the next volume is four rows away, downwards five.
    assertThat(area("70", Rule.PAIR, Tie.BELOW).of(wide(rows), 5)).isEqualTo(new Range(5, 9));
    assertThat(area("100", Rule.PAIR, Tie.BELOW).of(wide(rows), 5)).isEqualTo(new Range(0, 9));
  }

  @Test
  void printedRowsAreNeighbours() {
    long[] rows = {4, 0, 0, 0, 0, 10, 0, 0, 0, 5};
    ValueArea printed =
        new ValueArea(BigDecimal.valueOf(70), Rule.SINGLE, Tie.BELOW, Adjacency.PRINTED);
    assertThat(printed.of(wide(rows), 5)).isEqualTo(new Range(5, 9));
    ValueArea most =
        new ValueArea(BigDecimal.valueOf(80), Rule.SINGLE, Tie.BELOW, Adjacency.PRINTED);
    assertThat(most.of(wide(rows), 5)).isEqualTo(new Range(0, 9));
  }

  @Property
  void theAreaHoldsThePartAndThePocAndNoLessWouldDo(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 20) Integer> volumes,
      @ForAll @IntRange(min = 1, max = 100) int percent,
      @ForAll Rule rule,
      @ForAll Tie tie,
      @ForAll Adjacency adjacency) {
    int poc = 0;
    long total = 0;
    for (int i = 0; i < volumes.size(); i++) {
      poc = volumes.get(i) > volumes.get(poc) ? i : poc;
      total += volumes.get(i);
    }
    if (total == 0) {
      return;
    }
    long[] rows = volumes.stream().mapToLong(Integer::longValue).toArray();
    Range range =
        new ValueArea(BigDecimal.valueOf(percent), rule, tie, adjacency).of(wide(rows), poc);
    assertThat(range.low()).isLessThanOrEqualTo(poc);
    assertThat(range.high()).isGreaterThanOrEqualTo(poc);
    assertThat(100 * sum(rows, range.low(), range.high())).isGreaterThanOrEqualTo(percent * total);
    if (rule != Rule.PAIR && range.low() < range.high()) {
      // The row added last was needed: without one of the ends it is too little.
      long withoutLow = 100 * sum(rows, range.low() + 1, range.high());
      long withoutHigh = 100 * sum(rows, range.low(), range.high() - 1);
      assertThat(Math.min(withoutLow, withoutHigh)).isLessThan(percent * total);
    }
  }

  @Property
  void thePairRuleIsThatOfThePlainDescription(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 20) Integer> volumes,
      @ForAll @IntRange(min = 1, max = 100) int percent) {
    long[] rows = volumes.stream().mapToLong(Integer::longValue).toArray();
    int poc = 0;
    for (int i = 0; i < rows.length; i++) {
      poc = rows[i] > rows[poc] ? i : poc;
    }
    int low = poc;
    int high = poc;
    long total = sum(rows, 0, rows.length - 1);
    while (100 * sum(rows, low, high) < percent * total) {
      long up = sum(rows, high + 1, Math.min(high + 2, rows.length - 1));
      long down = sum(rows, Math.max(low - 2, 0), low - 1);
      if (up > down) {
        high = Math.min(high + 2, rows.length - 1);
      } else {
        low = Math.max(low - 2, 0);
      }
    }
    assertThat(area(String.valueOf(percent), Rule.PAIR, Tie.BELOW).of(wide(rows), poc))
        .isEqualTo(new Range(low, high));
  }

  private static long sum(long[] rows, int from, int to) {
    long sum = 0;
    for (int i = from; i <= to; i++) {
      sum += rows[i];
    }
    return sum;
  }

  private static ValueArea area(Rule rule) {
    return area("70", rule, Tie.BELOW);
  }

  private static ValueArea area(String percent, Rule rule, Tie tie) {
    return new ValueArea(new BigDecimal(percent), rule, tie, Adjacency.CONTIGUOUS);
  }

  private static long[] wide(long... rows) {
    long[] wide = new long[2 * rows.length];
    for (int i = 0; i < rows.length; i++) {
      wide[2 * i + 1] = rows[i];
    }
    return wide;
  }
}
