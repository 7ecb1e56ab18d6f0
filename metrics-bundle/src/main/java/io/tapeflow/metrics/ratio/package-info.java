/** By how much one side outweighs the other, in volume and in trades. */
package io.tapeflow.metrics.ratio;
