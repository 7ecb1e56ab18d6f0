/**
 * The accounting of background work: every thread, timer, socket and pending future of Tapeflow is
 * entered in a ledger, and leaves it with a stated end.
 */
@Export
@Version("1.0.0")
package io.tapeflow.api.task;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
