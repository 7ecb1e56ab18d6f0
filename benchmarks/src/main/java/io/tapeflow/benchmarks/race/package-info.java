/**
 * The shipped distribution beside its peers: each in a process of its own, over loopback, from the
 * same venue, in one run.
 */
package io.tapeflow.benchmarks.race;
