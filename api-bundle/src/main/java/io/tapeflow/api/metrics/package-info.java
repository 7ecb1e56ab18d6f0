/** Order-flow metrics: named values, each with its status, the reason for it, and its coverage. */
@Export
@Version("1.0.0")
package io.tapeflow.api.metrics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
