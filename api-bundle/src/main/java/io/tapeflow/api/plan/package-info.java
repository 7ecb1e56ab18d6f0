/**
 * Plans: conditions over order flow that hold for the first time at one trade, or say why they
 * cannot be told.
 *
 * <p>All values are immutable and may be used from any thread. Prices are decimals in quote units,
 * times are the exchange's unless a text says otherwise.
 */
@Export
@Version("1.0.0")
package io.tapeflow.api.plan;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
