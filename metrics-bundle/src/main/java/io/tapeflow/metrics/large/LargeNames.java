package io.tapeflow.metrics.large;

import io.tapeflow.api.metrics.MetricInfo;
import java.util.ArrayList;
import java.util.List;

/** The metrics of the family and what they are. */
final class LargeNames {
  static final String ALERT = "large.alert";
  static final String ALERT_ID = "large.alert.id";
  static final String QUANTILE = "large.threshold.quantile";
  static final String MEAN = "large.threshold.mean";
  static final String ROBUST = "large.threshold.robust";

  final String table;
  final String top;
  final String buyPeaks;
  final String sellPeaks;
  final String net;

  /** Of all large orders. */
  final Sums all;

  /** Of the tiers themselves. */
  final List<String> tierNames;

  /** Of the orders that reach each tier. */
  final List<Sums> tiers = new ArrayList<>();

  private final List<MetricInfo> infos = new ArrayList<>();
  private final List<String> ofLarge;

  LargeNames(LargeSettings settings) {
    String suffix = "." + settings.recentSeconds() + "s";
    String words = " in the last " + settings.recentSeconds() + " s";
    table = "large.trades" + suffix;
    top = "large.top" + suffix;
    buyPeaks = "large.peaks.buy" + suffix;
    sellPeaks = "large.peaks.sell" + suffix;
    net = "large.net" + suffix;
    all = new Sums("", suffix);
    say(table, "rows", "Large orders" + words + ", newest first");
    say(top, "rows", "Large orders" + words + ", largest first");
    String peaks = " orders" + words + " that no later one reaches in value, newest first";
    say(buyPeaks, "rows", "Buying" + peaks);
    say(sellPeaks, "rows", "Selling" + peaks);
    say(all, "large orders" + words);
    say(net, "base", "Bought less sold volume of large orders" + words);
    tierNames = settings.tiers().names();
    for (String tier : tierNames) {
      Sums sums = new Sums("." + tier, suffix);
      tiers.add(sums);
      say(sums, "orders of at least " + tier + " quote units" + words);
    }
    say(ALERT, "word", "Side of the newest large order" + words + " that was not in a cooldown");
    say(ALERT_ID, "id", "First trade of that order, by which it can be told from others");
    say(QUANTILE, "base", "Quantile " + settings.quantile() + " of the orders before");
    say(MEAN, "base", "Mean + " + settings.meanDeviations() + " standard deviations of orders");
    say(
        ROBUST,
        "base",
        "Median + " + settings.robustDeviations() + " x 1.4826 median absolute deviations");
    ofLarge =
        infos.stream()
            .map(MetricInfo::name)
            .filter(name -> !name.equals(buyPeaks) && !name.equals(sellPeaks))
            .toList();
  }

  List<MetricInfo> infos() {
    return List.copyOf(infos);
  }

  /** Those that rest on what is large; not the peaks, which are of all orders. */
  List<String> ofLarge() {
    return ofLarge;
  }

  private void say(Sums sums, String words) {
    say(sums.buyCount(), "orders", "Number of buying " + words);
    say(sums.sellCount(), "orders", "Number of selling " + words);
    say(sums.buyVolume(), "base", "Volume of buying " + words);
    say(sums.sellVolume(), "base", "Volume of selling " + words);
  }

  private void say(String name, String unit, String description) {
    infos.add(new MetricInfo(name, unit, description));
  }

  /** Counts and volumes of some orders. */
  record Sums(String buyCount, String sellCount, String buyVolume, String sellVolume) {
    Sums(String tier, String suffix) {
      this(
          "large.count.buy" + tier + suffix,
          "large.count.sell" + tier + suffix,
          "large.volume.buy" + tier + suffix,
          "large.volume.sell" + tier + suffix);
    }

    List<String> names() {
      return List.of(buyCount, sellCount, buyVolume, sellVolume);
    }
  }
}
