/**
 * Bars of trades: by time, number of trades, volume, value, range of price or imbalance. Other
 * families build on them: give each trade to {@link io.tapeflow.metrics.bar.Bars} and listen to
 * what it says of the bar that forms and of those that close.
 */
package io.tapeflow.metrics.bar;
