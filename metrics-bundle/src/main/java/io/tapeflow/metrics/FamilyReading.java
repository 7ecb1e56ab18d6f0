package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import java.util.Map;

/**
 * What one family said at a moment.
 *
 * @param infos its metrics, by name
 * @param readout its values; null if it has no calculator
 * @param status of all of them, if it has none
 * @param reason why it has none
 * @param holes ids that it has not had, though others have
 */
record FamilyReading(
    Map<String, MetricInfo> infos,
    Readout readout,
    MetricStatus status,
    String reason,
    IdRanges holes) {

  MetricValue value(MetricInfo info, Envelope envelope) {
    if (readout == null) {
      return envelope.none(info, status, reason);
    }
    Readout.Raw raw = readout.of(info.name());
    return raw == null
        ? envelope.none(info, MetricStatus.NO_DATA, "Its calculator gives no value")
        : envelope.value(info, raw, holes);
  }
}
