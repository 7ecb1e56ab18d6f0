/** Cumulative volume delta: anchors, windows, bars, size tiers and slope. */
package io.tapeflow.metrics.cvd;
