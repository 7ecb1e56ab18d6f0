package io.tapeflow.metrics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NodesTest {
  @Test
  void twoHillsHaveAValleyBetweenThem() {
    long[] rows = new long[41];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          Math.max(0, 100 - 10L * Math.abs(i - 10)) + Math.max(0, 80 - 10L * Math.abs(i - 30));
    }
    Nodes nodes = Nodes.of(wide(rows), 2);
    assertThat(nodes.high()).containsExactly(10, 30);
    assertThat(nodes.low()).hasSize(1).allMatch(row -> row >= 19 && row <= 23);
    assertThat(nodes.density()[10]).isEqualTo(1);
  }

  @Test
  void theKernelSmoothsWhatIsNarrowerThanIt() {
    long[] rows = new long[30];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % 2 == 0 ? 10 : 12;
    }
    assertThat(Nodes.of(wide(rows), 5).high()).hasSize(1);
    assertThat(Nodes.of(wide(rows), 1).density()[15])
        .as("a row of 12 between rows of 10, by hand")
        .isCloseTo(density(12, 10) / greatest(rows), within(1e-12));
  }

  @Test
  void oneRowIsItsOwnNode() {
    Nodes nodes = Nodes.of(wide(7), 3);
    assertThat(nodes.high()).containsExactly(0);
    assertThat(nodes.low()).isEmpty();
  }

  @Test
  void ofAPlateauTheLowestRowCounts() {
    Nodes nodes = Nodes.of(wide(0, 0, 0, 0, 5, 5, 0, 0, 0, 0), 1);
    assertThat(nodes.high()).hasSize(1);
    assertThat(nodes.high().get(0)).isEqualTo(4);
  }

  /** A row amid alternating ones, kernel of one row. */
  private static double density(int own, int other) {
    return own + 2 * other * Math.exp(-0.5) + 2 * own * Math.exp(-2) + 2 * other * Math.exp(-4.5);
  }

  private static double greatest(long[] rows) {
    double greatest = 0;
    for (int i = 0; i < rows.length; i++) {
      double sum = 0;
      for (int j = Math.max(0, i - 3); j <= Math.min(rows.length - 1, i + 3); j++) {
        sum += rows[j] * Math.exp(-(i - j) * (i - j) / 2.0);
      }
      greatest = Math.max(greatest, sum);
    }
    return greatest;
  }

  private static long[] wide(long... rows) {
    long[] wide = new long[2 * rows.length];
    for (int i = 0; i < rows.length; i++) {
      wide[2 * i + 1] = rows[i];
    }
    return wide;
  }
}
