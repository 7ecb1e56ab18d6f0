/** Sums over windows and since anchors, for families that are differences of running sums. */
package io.tapeflow.metrics.window;
