/** Large trades: taker orders put together from their aggregate trades, and told by size. */
package io.tapeflow.metrics.large;
