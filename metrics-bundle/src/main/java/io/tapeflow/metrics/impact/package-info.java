/** What a traded unit moves the price by. */
package io.tapeflow.metrics.impact;
