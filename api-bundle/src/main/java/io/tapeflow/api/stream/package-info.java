/**
 * The state of the connections to venues: what is connected, since when, and what went wrong.
 *
 * <p>All status types are immutable snapshots.
 */
@Export
@Version("1.0.0")
package io.tapeflow.api.stream;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
