/** Control over the embedded venue, an exchange in a bundle for demonstrations and tests. */
@Export
@Version("1.0.0")
package io.tapeflow.api.simulator;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
