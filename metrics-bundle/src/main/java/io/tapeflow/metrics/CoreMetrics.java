package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricInfo;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The metrics that the engine itself computes from a tape, by the part of it they are taken of. */
final class CoreMetrics {
  private static final String NO_TRADE = "No trade in it";
  private static final String BASE = "base";
  private static final String QUOTE = "quote";
  private static final String TRADES = "trades";

  private final List<Metric> metrics = new ArrayList<>();
  private final String suffix;
  private final String over;

  private CoreMetrics(String suffix, String over) {
    this.suffix = suffix;
    this.over = over;
  }

  static List<Group> groups(FlowSettings settings) {
    List<Group> groups = new ArrayList<>();
    groups.add(new Group(Scope.LAST, last()));
    for (int seconds : settings.windows()) {
      groups.add(new Group(Scope.window(seconds), window(seconds, settings.dominanceRatio())));
    }
    groups.add(new Group(Scope.START, start()));
    return List.copyOf(groups);
  }

  private static List<Metric> last() {
    return new CoreMetrics("", "")
        .add("price.last", "price", "Price of the last trade", Stretch::lastPrice)
        .list();
  }

  private static List<Metric> window(int seconds, BigDecimal dominance) {
    return new CoreMetrics("." + seconds + "s", " of the last " + seconds + " s")
        .add("volume.buy", BASE, "Bought volume", s -> s.flow().buyVolume())
        .add("volume.sell", BASE, "Sold volume", s -> s.flow().sellVolume())
        .add("volume", BASE, "Volume", s -> s.flow().volume())
        .add("value.buy", QUOTE, "Bought price x quantity", s -> s.flow().buyValue())
        .add("value.sell", QUOTE, "Sold price x quantity", s -> s.flow().sellValue())
        .add("delta", BASE, "Bought - sold volume", s -> s.flow().delta())
        .add("delta.value", QUOTE, "Bought - sold price x quantity", s -> s.flow().deltaValue())
        .add("trades.buy", TRADES, "Bought aggregate trades", s -> s.flow().buyTrades())
        .add("trades.sell", TRADES, "Sold aggregate trades", s -> s.flow().sellTrades())
        .add("trades", TRADES, "Aggregate trades", s -> s.flow().trades())
        .add(
            "pressure",
            "ratio",
            "Bought / sold volume",
            s -> s.flow().pressure(),
            "Nothing was sold in it")
        .add(
            "imbalance",
            "ratio",
            "(Bought - sold) / volume, -1 to 1,",
            s -> s.flow().imbalance(),
            NO_TRADE)
        .add(
            "dominant",
            "word",
            "The side with at least " + dominance + " times the other's volume, or NEUTRAL,",
            s -> s.flow().dominant(dominance),
            NO_TRADE)
        .add("vwap", "price", "Mean price weighted by quantity", s -> s.flow().vwap(), NO_TRADE)
        .add(
            "rate",
            "1/s",
            "Aggregate trades per second",
            s -> s.isCovered() ? s.flow().tradesPerSecond(seconds) : null,
            "A rate needs the whole window")
        .list();
  }

  private static List<Metric> start() {
    return new CoreMetrics(".start", " since the first trade known")
        .add("cvd", BASE, "Bought - sold volume", s -> s.flow().delta())
        .add("cvd.max", BASE, "Greatest bought - sold volume, at least 0,", Stretch::maxCvd)
        .add("cvd.min", BASE, "Least bought - sold volume, at most 0,", Stretch::minCvd)
        .add("volume.buy", BASE, "Bought volume", s -> s.flow().buyVolume())
        .add("volume.sell", BASE, "Sold volume", s -> s.flow().sellVolume())
        .add("value.buy", QUOTE, "Bought price x quantity", s -> s.flow().buyValue())
        .add("value.sell", QUOTE, "Sold price x quantity", s -> s.flow().sellValue())
        .add("trades", TRADES, "Aggregate trades", s -> s.flow().trades())
        .add("vwap", "price", "Mean price weighted by quantity", s -> s.flow().vwap(), NO_TRADE)
        .list();
  }

  private CoreMetrics add(
      String name, String unit, String what, Function<Stretch, Object> formula) {
    return add(name, unit, what, formula, "");
  }

  private CoreMetrics add(
      String name, String unit, String what, Function<Stretch, Object> formula, String absence) {
    metrics.add(new Metric(new MetricInfo(name + suffix, unit, what + over), formula, absence));
    return this;
  }

  private List<Metric> list() {
    return List.copyOf(metrics);
  }

  /** Metrics over the same part of the tape. */
  record Group(Scope scope, List<Metric> metrics) {}
}
