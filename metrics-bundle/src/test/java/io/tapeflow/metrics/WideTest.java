package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WideTest {
  @Property
  void sumsAreThoseOfBigIntegers(
      @ForAll @Size(max = 50) List<Long> added, @ForAll List<Long> taken) {
    long[] wide = new long[2];
    BigInteger plain = BigInteger.ZERO;
    for (long value : added) {
      Wide.add(wide, 0, value);
      plain = plain.add(BigInteger.valueOf(value));
    }
    for (long value : taken) {
      Wide.subtract(wide, 0, value);
      plain = plain.subtract(BigInteger.valueOf(value));
    }
    assertThat(Wide.decimal(wide, 0, 0)).isEqualByComparingTo(new BigDecimal(plain));
  }

  @Property
  void productsAndDifferencesAreThoseOfBigIntegers(
      @ForAll long x, @ForAll long y, @ForAll long z, @ForAll @IntRange(max = 36) int scale) {
    long[] first = new long[2];
    long[] second = new long[2];
    Wide.addProduct(first, 0, x, y);
    Wide.addProduct(second, 0, y, z);
    BigInteger plain =
        BigInteger.valueOf(x)
            .multiply(BigInteger.valueOf(y))
            .subtract(BigInteger.valueOf(y).multiply(BigInteger.valueOf(z)));
    // 127 bits hold each product, but not every difference of two.
    assumeThat(plain.bitLength()).isLessThan(128);
    assertThat(Wide.difference(first, second, 0, scale)).isEqualTo(new BigDecimal(plain, scale));
  }

  @Property
  void orderIsThatOfBigIntegers(@ForAll long x, @ForAll long y, @ForAll long z) {
    long[] wide = new long[4];
    Wide.addProduct(wide, 0, x, y);
    Wide.addProduct(wide, 2, x, z);
    BigInteger first = BigInteger.valueOf(x).multiply(BigInteger.valueOf(y));
    BigInteger second = BigInteger.valueOf(x).multiply(BigInteger.valueOf(z));
    assertThat(Integer.signum(Wide.compare(wide, 0, 2))).isEqualTo(first.compareTo(second));
  }

  @Test
  void carriesAndBorrowsAcrossTheLowLong() {
    long[] wide = new long[2];
    for (int i = 0; i < 3; i++) {
      Wide.add(wide, 0, Long.MAX_VALUE);
    }
    assertThat(Wide.decimal(wide, 0, 0)).isEqualTo(new BigDecimal("27670116110564327421"));
    for (int i = 0; i < 6; i++) {
      Wide.subtract(wide, 0, Long.MAX_VALUE);
    }
    assertThat(Wide.decimal(wide, 0, 0)).isEqualTo(new BigDecimal("-27670116110564327421"));
  }
}
