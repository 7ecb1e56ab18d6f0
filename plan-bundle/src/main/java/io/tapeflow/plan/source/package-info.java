/** Where plans come from: files of a folder, and configurations. */
package io.tapeflow.plan.source;
