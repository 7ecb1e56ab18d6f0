/** How fast the tape runs: rates, bursts and spikes. */
package io.tapeflow.metrics.speed;
