/** Benchmarks of what the stream bundle does not show. */
package io.tapeflow.stream;
