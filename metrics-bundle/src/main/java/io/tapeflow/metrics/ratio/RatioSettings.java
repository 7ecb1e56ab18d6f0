package io.tapeflow.metrics.ratio;

import java.util.List;

/**
 * What the ratios are computed with.
 *
 * @param windows lengths in seconds, ascending
 */
record RatioSettings(List<Integer> windows) {}
