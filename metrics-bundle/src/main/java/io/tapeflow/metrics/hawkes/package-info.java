/** Self-exciting intensities of buying and selling. */
package io.tapeflow.metrics.hawkes;
