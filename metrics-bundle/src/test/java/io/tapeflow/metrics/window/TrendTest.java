package io.tapeflow.metrics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final MathContext MANY = new MathContext(60);

  @Test
  void theWorkedVector() {
    Trend trend = Trend.of(new double[] {5, 0, -2, -1, 2});
    assertThat(trend.slope()).isCloseTo(-0.7, within(1e-15));
    assertThat(trend.r2()).isCloseTo(7 / 44.0, within(1e-15));
    // Residual variance 25.9 / 3, over the 10 of x: -0.7 / sqrt(0.8633).
    assertThat(trend.t()).isCloseTo(-0.7 / Math.sqrt(25.9 / 3 / 10), within(1e-14));
    assertThat(trend.direction(0.3)).isEqualTo("FLAT");
    assertThat(trend.direction(0.1)).isEqualTo("DOWN");
  }

  @Test
  void edges() {
    assertThat(Trend.of(new double[] {7}).slope()).isZero();
    assertThat(Trend.of(new double[] {3, 3, 3})).isEqualTo(new Trend(0, 0, 0));
    Trend line = Trend.of(new double[] {1, 2, 3});
    assertThat(line.slope()).isEqualTo(1);
    assertThat(line.r2()).isEqualTo(1);
    assertThat(line.t()).isPositive().isInfinite();
    assertThat(line.direction(1)).isEqualTo("UP");
  }

  /** Far from zero, where sums of squares would have lost all their digits. */
  @Test
  void nothingIsLostFarFromZero() {
    Random random = new Random(11);
    double[] points = new double[500];
    for (int i = 0; i < points.length; i++) {
      points[i] = 1e15 + Math.rint(1000 * random.nextGaussian()) + i;
    }
    BigDecimal slope = slope(points);
    assertThat(Trend.of(points).slope())
        .isCloseTo(slope.doubleValue(), within(1e-11 * slope.doubleValue()));
  }

  private static BigDecimal slope(double[] y) {
    BigDecimal n = BigDecimal.valueOf(y.length);
    BigDecimal sumX = BigDecimal.ZERO;
    BigDecimal sumY = BigDecimal.ZERO;
    BigDecimal sumXx = BigDecimal.ZERO;
    BigDecimal sumXy = BigDecimal.ZERO;
    for (int i = 0; i < y.length; i++) {
      BigDecimal x = BigDecimal.valueOf(i);
      BigDecimal value = new BigDecimal(y[i]);
      sumX = sumX.add(x);
      sumY = sumY.add(value);
      sumXx = sumXx.add(x.multiply(x));
      sumXy = sumXy.add(x.multiply(value));
    }
    return n.multiply(sumXy)
        .subtract(sumX.multiply(sumY))
        .divide(n.multiply(sumXx).subtract(sumX.multiply(sumX)), MANY);
  }
}
