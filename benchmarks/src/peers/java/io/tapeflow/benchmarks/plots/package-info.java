/** Pictures of what has been measured. */
package io.tapeflow.benchmarks.plots;
