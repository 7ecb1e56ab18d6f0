/** Divergence between price and CVD, told on closed bars only. */
package io.tapeflow.metrics.divergence;
