package io.tapeflow.plan.check;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * What the values of a metric can be at all, so that a threshold out of reach is found.
 *
 * @param least the least number; null if there is no bound
 * @param most the greatest number; null if there is no bound
 * @param words the words, of one that is a word; empty if they are not known
 */
record MetricFacts(BigDecimal least, BigDecimal most, Set<String> words) {
  private static final MetricFacts ANY = new MetricFacts(null, null, Set.of());
  private static final MetricFacts NOT_NEGATIVE = new MetricFacts(BigDecimal.ZERO, null, Set.of());
  private static final MetricFacts SHARE =
      new MetricFacts(BigDecimal.ZERO, BigDecimal.ONE, Set.of());
  private static final MetricFacts SIGNED_SHARE =
      new MetricFacts(BigDecimal.ONE.negate(), BigDecimal.ONE, Set.of());
  private static final MetricFacts SIGNED_PERCENT =
      new MetricFacts(new BigDecimal("-100"), new BigDecimal("100"), Set.of());

  /** The first that a metric's name begins with counts. */
  private static final List<Fact> FACTS =
      List.of(
          fact("dominant.", words("BUY", "SELL", "NEUTRAL")),
          fact("large.alert.id", NOT_NEGATIVE),
          fact("large.alert", words("BUY", "SELL", "NONE")),
          fact("large.net.", ANY),
          fact("large.", NOT_NEGATIVE),
          fact("absorption.trade.side", words("BUY", "SELL", "NONE")),
          fact("absorption.delta.bar", words("BUY", "SELL", "NONE")),
          fact("absorption.trade.", NOT_NEGATIVE),
          fact("exhaustion.bar", words("BUY", "SELL", "NONE")),
          fact("cvd.slope.direction.", words("UP", "DOWN", "FLAT")),
          fact("cvd.slope.r2.", SHARE),
          fact("cvd.ratio.", SIGNED_SHARE),
          fact("imbalance.", SIGNED_SHARE),
          fact("ratio.imbalance.", SIGNED_SHARE),
          fact("ratio.aggressor.", SHARE),
          fact("hawkes.skew.", SIGNED_SHARE),
          fact("hawkes.", NOT_NEGATIVE),
          fact("vpin.exact.signed", SIGNED_SHARE),
          fact("vpin.bvc.signed", SIGNED_SHARE),
          fact("delta.percent.", SIGNED_PERCENT),
          fact("delta.strength.bar", words("BUY", "SELL", "NONE")),
          fact("volume.", NOT_NEGATIVE),
          fact("value.", NOT_NEGATIVE),
          fact("trades.", NOT_NEGATIVE),
          fact("fills.", NOT_NEGATIVE),
          fact("rate.", NOT_NEGATIVE),
          fact("pressure.", NOT_NEGATIVE),
          fact("speed.burst.", ANY),
          fact("speed.", NOT_NEGATIVE),
          fact("vwap.z.", ANY),
          fact("vwap.deviation.", ANY),
          fact("vwap.lower", ANY),
          fact("vwap.", NOT_NEGATIVE),
          fact("price.last", NOT_NEGATIVE),
          fact("open.", NOT_NEGATIVE),
          fact("high.", NOT_NEGATIVE),
          fact("low.", NOT_NEGATIVE),
          fact("close.", NOT_NEGATIVE),
          fact("poc.", NOT_NEGATIVE));

  static MetricFacts of(String metric) {
    if (metric.startsWith("divergence.")) {
      return metric.contains(".strength.") ? SHARE : words("BULL", "BEAR", "NONE");
    }
    return FACTS.stream()
        .filter(it -> metric.startsWith(it.prefix))
        .map(Fact::facts)
        .findFirst()
        .orElse(ANY);
  }

  /** The numbers it can be. */
  Interval range() {
    return new Interval(least, true, most, true);
  }

  private static MetricFacts words(String... words) {
    return new MetricFacts(null, null, Set.of(words));
  }

  private static Fact fact(String prefix, MetricFacts facts) {
    return new Fact(prefix, facts);
  }

  private record Fact(String prefix, MetricFacts facts) {}
}
