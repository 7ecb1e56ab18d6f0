/** Plans: read from their sources, judged, evaluated at each trade, kept and told. */
package io.tapeflow.plan;
