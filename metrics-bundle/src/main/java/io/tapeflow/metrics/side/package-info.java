/** Whether the aggressor's side, on which all order flow rests, agrees with how prices move. */
package io.tapeflow.metrics.side;
