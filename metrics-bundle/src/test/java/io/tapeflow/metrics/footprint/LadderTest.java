package io.tapeflow.metrics.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LadderTest {
  /** One trade. */
  record Print(long price, long quantity, boolean buy) {}

  @Provide
  Arbitrary<List<Print>> prints() {
    Arbitrary<Long> near = Arbitraries.longs().between(900, 1_100);
    Arbitrary<Long> anywhere = Arbitraries.longs().between(0, 1_000_000_000_000_000L);
    Arbitrary<Long> prices = Arbitraries.frequencyOf(Tuple.of(20, near), Tuple.of(1, anywhere));
    Arbitrary<Long> quantities = Arbitraries.longs().between(1, Long.MAX_VALUE);
    return Combinators.combine(prices, quantities, Arbitraries.of(true, false))
        .as(Print::new)
        .list()
        .ofMaxSize(120);
  }

  @Property
  void everyTradeIsInExactlyOneRowAndMergingLosesNothing(
      @ForAll("prints") List<Print> prints,
      @ForAll @IntRange(min = 1, max = 300) int mostRows,
      @ForAll @IntRange(min = 1, max = 7) int rowSize) {
    Ladder ladder = new Ladder(mostRows);
    ladder.begin(rowSize);
    prints.forEach(print -> ladder.add(print.price, print.quantity, print.buy, true));
    assertSame(ladder, prints, rowSize, mostRows);
  }

  @Property
  void whatIsTakenAwayLeavesWhatWasThereBefore(
      @ForAll("prints") List<Print> first,
      @ForAll("prints") List<Print> second,
      @ForAll @IntRange(min = 2, max = 300) int mostRows) {
    Ladder whole = new Ladder(mostRows);
    Ladder part = new Ladder(mostRows);
    whole.begin(3);
    part.begin(3);
    for (Print print : first) {
      whole.add(print.price, print.quantity, print.buy, true);
      part.add(print.price, print.quantity, print.buy, true);
    }
    second.forEach(print -> whole.add(print.price, print.quantity, print.buy, true));
    whole.subtract(part);
    SortedMap<Long, BigDecimal[]> rows = plain(second, whole.rowSize());
    assertThat(whole.isEmpty()).isEqualTo(second.isEmpty());
    assertRows(whole, rows);
  }

  @Property
  void partsAddUpToTheWhole(
      @ForAll("prints") List<Print> first, @ForAll("prints") List<Print> second) {
    Ladder sum = new Ladder(50);
    sum.begin(3);
    for (List<Print> prints : List.of(first, second)) {
      Ladder part = new Ladder(50);
      part.begin(3);
      prints.forEach(print -> part.add(print.price, print.quantity, print.buy, true));
      sum.add(part);
    }
    List<Print> all = new ArrayList<>(first);
    all.addAll(second);
    assertRows(sum, plain(all, sum.rowSize()));
  }

  @Property
  void aRestoredLadderIsTheSame(@ForAll("prints") List<Print> prints) throws IOException {
    Ladder ladder = new Ladder(40);
    ladder.begin(2);
    prints.forEach(print -> ladder.add(print.price, print.quantity, print.buy, true));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ladder.save(new DataOutputStream(bytes));
    Ladder restored = new Ladder(40);
    restored.begin(1);
    restored.add(5, 5, true, true);
    restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(restored.rowSize()).isEqualTo(ladder.rowSize());
    assertRows(restored, plain(prints, ladder.rowSize()));
  }

  @Test
  void aLadderThatBeginsAnewHoldsNothingOfBefore() {
    Ladder ladder = new Ladder();
    for (int bar = 0; bar < 50; bar++) {
      ladder.begin(1);
      for (int i = 0; i < 10; i++) {
        ladder.add(100 + 37L * bar + i, 1, i % 2 == 0, true);
      }
      assertThat(ladder.size()).isEqualTo(10);
      for (int i = 0; i < 10; i++) {
        assertThat(ladder.volume(i, 0)).isEqualTo(BigDecimal.ONE);
      }
    }
  }

  @Test
  void pocIsTheLowestOfEqualRows() {
    Ladder ladder = new Ladder();
    ladder.begin(1);
    ladder.add(105, 7, true, true);
    ladder.add(103, 4, false, true);
    ladder.add(103, 3, true, true);
    ladder.add(104, 6, true, true);
    assertThat(ladder.price(ladder.poc())).isEqualTo(103);
  }

  @Test
  void greatestTradesSurviveMerging() {
    Ladder ladder = new Ladder(2);
    ladder.begin(1);
    ladder.add(0, 5, true, true);
    ladder.add(1, 9, false, true);
    ladder.add(2, 3, true, true);
    assertThat(ladder.rowSize()).isEqualTo(2);
    assertThat(ladder.maxTrade(0)).isEqualTo(9);
    assertThat(ladder.buyTrades(0)).isEqualTo(1);
    assertThat(ladder.sellTrades(0)).isEqualTo(1);
  }

  private static void assertSame(Ladder ladder, List<Print> prints, long rowSize, int mostRows) {
    assertThat(ladder.isEmpty()).isEqualTo(prints.isEmpty());
    if (prints.isEmpty()) {
      return;
    }
    assertThat(ladder.size()).isLessThanOrEqualTo(mostRows);
    long lowest = prints.stream().mapToLong(Print::price).min().orElseThrow();
    long highest = prints.stream().mapToLong(Print::price).max().orElseThrow();
    long expected = rowSize;
    while (highest / expected - lowest / expected >= mostRows) {
      expected *= 2;
    }
    assertThat(ladder.rowSize()).isEqualTo(expected);
    assertThat(ladder.price(0)).isEqualTo(lowest / expected * expected);
    assertThat(ladder.price(ladder.size() - 1)).isEqualTo(highest / expected * expected);
    assertRows(ladder, plain(prints, expected));
  }

  private static void assertRows(Ladder ladder, SortedMap<Long, BigDecimal[]> rows) {
    int printed = 0;
    for (int i = 0; i < ladder.size(); i++) {
      BigDecimal[] row = rows.get(ladder.price(i));
      assertThat(ladder.isPrinted(i)).isEqualTo(row != null);
      if (row != null) {
        printed++;
        assertThat(ladder.sell(i, 0)).isEqualTo(row[0]);
        assertThat(ladder.buy(i, 0)).isEqualTo(row[1]);
        assertThat(BigDecimal.valueOf(ladder.sellTrades(i) + ladder.buyTrades(i)))
            .isEqualTo(row[2]);
      }
    }
    assertThat(printed).isEqualTo(rows.size());
  }

  private static SortedMap<Long, BigDecimal[]> plain(List<Print> prints, long rowSize) {
    SortedMap<Long, BigDecimal[]> rows = new TreeMap<>();
    for (Print print : prints) {
      BigDecimal[] row =
          rows.computeIfAbsent(
              print.price / rowSize * rowSize,
              price -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO});
      int side = print.buy ? 1 : 0;
      row[side] = row[side].add(BigDecimal.valueOf(print.quantity));
      row[2] = row[2].add(BigDecimal.ONE);
    }
    return rows;
  }
}
