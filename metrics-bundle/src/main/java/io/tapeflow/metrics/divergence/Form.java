package io.tapeflow.metrics.divergence;

import java.util.Locale;

/** The ways in which price and CVD may diverge. */
enum Form {
  /** Price makes a new extreme at a pivot, CVD does not: a turn may follow. */
  PIVOT("a new extreme of the price at a pivot that CVD does not confirm"),
  /** CVD makes a new extreme at a pivot, price does not: the trend may go on. */
  HIDDEN("a new extreme of CVD at a pivot that the price does not follow"),
  /** A bar closes against its delta. */
  BAR("a bar that closes against its delta"),
  /** Two bars one way, and a third that turns with its delta at their extreme. */
  TURNAROUND("two bars one way and a third that turns at their extreme, with its delta"),
  /** Price and CVD have trends in opposite directions. */
  SLOPE("trends of price and CVD in opposite directions");

  private final String words;

  Form(String words) {
    this.words = words;
  }

  /** What it is, in words. */
  String words() {
    return words;
  }

  /** The name in metrics, such as {@code pivot}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
