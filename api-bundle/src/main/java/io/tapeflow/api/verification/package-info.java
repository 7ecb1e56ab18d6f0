/** The six checks that say whether the system works, with their evidence. */
@Export
@Version("1.0.0")
package io.tapeflow.api.verification;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
