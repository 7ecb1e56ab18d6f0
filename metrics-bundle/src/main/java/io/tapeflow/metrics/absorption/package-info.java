/**
 * Effort without result: volume that does not move the price, and moves that run out of volume. All
 * of it rests on trades alone; that liquidity is refilled can only be seen in a book.
 */
package io.tapeflow.metrics.absorption;
