/** Volume-synchronised probability of informed trading, by exact and by estimated sides. */
package io.tapeflow.metrics.vpin;
