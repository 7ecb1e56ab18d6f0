package io.tapeflow.metrics.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.Paper;
import io.tapeflow.metrics.Paper.Cell;
import io.tapeflow.metrics.RealDay;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The profiles of a whole day, several times in it, against paper and pencil. */
class ProfileOfARealDayTest {
  private static final long HOUR = 3_600_000_000L;
  private static final int LOOKS = 12;

  @ParameterizedTest
  @EnumSource
  void sessionAndHour(RealDay day) {
    List<Trade> trades = day.trades();
    CalculatorHarness harness =
        new CalculatorHarness(new ProfileFamily(Map.of()), day.instrument());
    BigDecimal size = Paper.rowSize(trades.get(0));
    int done = 0;
    for (int look = 1; look <= LOOKS; look++) {
      int upTo = trades.size() * look / LOOKS;
      harness.feed(trades.subList(done, upTo));
      done = upTo;
      List<Trade> soFar = trades.subList(0, upTo);
      assertProfile(harness, "session", Paper.rows(soFar, size), size);
      long now = harness.nowMicros();
      long from = now - now % (HOUR / 60) - HOUR;
      List<Trade> hour = soFar.stream().filter(trade -> trade.timeMicros() >= from).toList();
      assertProfile(harness, "3600s", Paper.rows(hour, size), size);
    }
  }

  private static void assertProfile(
      CalculatorHarness harness, String scope, SortedMap<BigDecimal, Cell> rows, BigDecimal size) {
    assertThat(harness.number("profile.row." + scope)).isEqualByComparingTo(size);
    List<MetricRow> shown = harness.rows("profile." + scope);
    assertThat(shown).hasSize(rows.size());
    for (MetricRow row : shown) {
      BigDecimal price = ((BigDecimal) row.fields().get("price")).setScale(rows.firstKey().scale());
      assertThat((BigDecimal) row.fields().get("sell"))
          .isEqualByComparingTo(rows.get(price).sell());
      assertThat((BigDecimal) row.fields().get("buy")).isEqualByComparingTo(rows.get(price).buy());
    }
    BigDecimal poc = Paper.poc(rows);
    assertThat(harness.number("profile.poc." + scope)).isEqualByComparingTo(poc);
    BigDecimal[] area = valueArea(rows, poc, size);
    assertThat(harness.number("profile.val." + scope)).isEqualByComparingTo(area[0]);
    assertThat(harness.number("profile.vah." + scope)).isEqualByComparingTo(area[1]);
  }

  /** 70 %, two rows at a time, ties below, as it is told. */
  private static BigDecimal[] valueArea(
      SortedMap<BigDecimal, Cell> rows, BigDecimal poc, BigDecimal size) {
    BigDecimal total = BigDecimal.ZERO;
    for (Cell cell : rows.values()) {
      total = total.add(cell.volume());
    }
    BigDecimal target = total.multiply(new BigDecimal("0.70"));
    BigDecimal low = poc;
    BigDecimal high = poc;
    BigDecimal captured = volume(rows, poc);
    while (captured.compareTo(target) < 0) {
      BigDecimal up = volume(rows, high.add(size)).add(volume(rows, high.add(size).add(size)));
      BigDecimal down =
          volume(rows, low.subtract(size)).add(volume(rows, low.subtract(size).subtract(size)));
      boolean nothing = up.signum() == 0 && down.signum() == 0;
      if (nothing ? isUpNearer(rows, low, high) : up.compareTo(down) > 0) {
        captured = captured.add(up);
        high = high.add(size).add(size).min(rows.lastKey());
      } else {
        captured = captured.add(down);
        low = low.subtract(size).subtract(size).max(rows.firstKey());
      }
    }
    return new BigDecimal[] {low, high};
  }

  private static boolean isUpNearer(
      SortedMap<BigDecimal, Cell> rows, BigDecimal low, BigDecimal high) {
    List<BigDecimal> above =
        rows.keySet().stream().filter(price -> price.compareTo(high) > 0).toList();
    List<BigDecimal> below =
        rows.keySet().stream().filter(price -> price.compareTo(low) < 0).toList();
    if (above.isEmpty() || below.isEmpty()) {
      return below.isEmpty();
    }
    BigDecimal up = above.get(0).subtract(high);
    BigDecimal down = low.subtract(below.get(below.size() - 1));
    return up.compareTo(down) < 0;
  }

  private static BigDecimal volume(SortedMap<BigDecimal, Cell> rows, BigDecimal price) {
    return rows.getOrDefault(price, Cell.NONE).volume();
  }
}
