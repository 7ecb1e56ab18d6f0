/**
 * What the parts of Tapeflow cost, measured on the bundles that are shipped and inside the
 * framework that they are shipped with.
 */
package io.tapeflow.benchmarks;
