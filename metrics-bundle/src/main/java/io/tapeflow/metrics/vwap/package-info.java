/** Volume-weighted average price with bands, over windows and since anchors. */
package io.tapeflow.metrics.vwap;
