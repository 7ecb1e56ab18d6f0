/**
 * What a bundle implements to add a venue: its addresses, its frames, its aggressor rule.
 *
 * <p>A venue is a {@link io.tapeflow.api.venue.VenueProtocol} service; the connector finds it in
 * the registry by its name.
 */
@Export
@Version("1.0.0")
package io.tapeflow.api.venue;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
