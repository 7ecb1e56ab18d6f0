/**
 * Trades as an exchange printed them, the listener that receives them, and their history.
 *
 * <p>Prices and quantities are fixed-point longs at the {@linkplain
 * io.tapeflow.api.trade.Instrument instrument}'s scale, so that sums over them are exact. Times are
 * microseconds since 1970-01-01T00:00Z. All types are immutable; all may be used from any thread.
 */
@Export
@Version("1.0.0")
package io.tapeflow.api.trade;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
