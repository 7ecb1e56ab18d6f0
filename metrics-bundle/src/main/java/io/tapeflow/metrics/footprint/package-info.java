/**
 * What was traded at which price within a bar: the footprint, and what is read from it, such as
 * diagonal imbalances and unfinished auctions. {@link io.tapeflow.metrics.footprint.Ladder} keeps
 * exact volumes by rows of price for anyone who needs them.
 */
package io.tapeflow.metrics.footprint;
