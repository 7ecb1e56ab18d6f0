package io.tapeflow.metrics.large;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Says by which rules an order is large. It is measured against the orders before it, not against
 * itself. The quantile is exact at each order; the other two thresholds are taken anew after each
 * {@link #RENEWAL} orders, so that they cost next to nothing.
 */
final class Judge {
  static final int TIER = 1;
  static final int QUANTILE = 2;
  static final int MEAN = 4;
  static final int ROBUST = 8;

  /** Before so many orders there are no statistical thresholds. */
  static final int LEAST_ORDERS = 200;

  /** After so many orders, and after the first {@link #LEAST_ORDERS}, these are taken anew. */
  static final int RENEWAL = 500;

  /** Makes the median absolute deviation of a normal distribution its standard deviation. */
  private static final double MAD_TO_SIGMA = 1.4826;

  private final LargeSettings settings;
  private final OrderedSample sample;
  private long orders;
  private double meanThreshold;
  private double robustThreshold;

  // Where the quantile is in a sample of this size, which soon does not change any more.
  private int quantileOf = -1;
  private int quantilePlace;

  Judge(LargeSettings settings) {
    this.settings = settings;
    sample = new OrderedSample(settings.sample());
  }

  /** The rules, as a sum of the constants above; 0 if it is not large. */
  int rules(long quantity, int tier) {
    int rules = tier == Tiers.NONE ? 0 : TIER;
    if (isReady()) {
      rules += quantity > quantileThreshold() ? QUANTILE : 0;
      rules += quantity > meanThreshold ? MEAN : 0;
      rules += quantity > robustThreshold ? ROBUST : 0;
    }
    return rules;
  }

  /** The rules in words. */
  static String words(int rules) {
    List<String> words = new ArrayList<>();
    if ((rules & TIER) != 0) {
      words.add("TIER");
    }
    if ((rules & QUANTILE) != 0) {
      words.add("QUANTILE");
    }
    if ((rules & MEAN) != 0) {
      words.add("MEAN");
    }
    if ((rules & ROBUST) != 0) {
      words.add("ROBUST");
    }
    return String.join(" ", words);
  }

  /** Takes an order into the sample. */
  void learn(long quantity) {
    sample.add(quantity);
    orders++;
    if (orders == LEAST_ORDERS || orders % RENEWAL == 0) {
      renewMean();
      renewRobust();
    }
  }

  boolean isReady() {
    return orders >= LEAST_ORDERS;
  }

  /** What it lacks, in words; empty if nothing. */
  String lack() {
    return isReady() ? "" : "Has " + orders + " of " + LEAST_ORDERS + " orders";
  }

  /** The smallest number that the quantile's share of the sample does not exceed. */
  long quantileThreshold() {
    if (quantileOf != sample.size()) {
      quantileOf = sample.size();
      BigDecimal share = settings.quantile().multiply(BigDecimal.valueOf(quantileOf));
      quantilePlace = share.setScale(0, RoundingMode.CEILING).intValueExact() - 1;
    }
    return sample.at(quantilePlace);
  }

  double meanThreshold() {
    return meanThreshold;
  }

  double robustThreshold() {
    return robustThreshold;
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(orders);
    out.writeDouble(meanThreshold);
    out.writeDouble(robustThreshold);
    sample.save(out);
  }

  void restore(DataInput in) throws IOException {
    orders = in.readLong();
    meanThreshold = in.readDouble();
    robustThreshold = in.readDouble();
    sample.restore(in);
  }

  private void renewMean() {
    int size = sample.size();
    double mean = sample.sum() / size;
    double squares = sample.squaresAround(mean);
    meanThreshold = mean + settings.meanDeviations() * Math.sqrt(squares / size);
  }

  private void renewRobust() {
    int middle = (sample.size() - 1) / 2;
    long median = sample.at(middle);
    long low = 0;
    long high = Math.max(median, sample.at(sample.size() - 1) - median);
    // The least distance within which there is at least half of the sample.
    while (low < high) {
      long distance = low + (high - low) / 2;
      long above = median + Math.min(distance, Long.MAX_VALUE - 1 - median) + 1;
      int within = sample.below(above) - sample.below(median - distance);
      if (within > middle) {
        high = distance;
      } else {
        low = distance + 1;
      }
    }
    robustThreshold = median + settings.robustDeviations() * MAD_TO_SIGMA * low;
  }
}
