package io.tapeflow.plan;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.tasks.Clock;
import java.util.List;
import java.util.Set;

/**
 * Moments of which some metrics must not be acted upon.
 *
 * @param out their names
 */
record MomentsWithout(FlowMoments moments, Set<String> out) implements FlowMoments {
  @Override
  public Instrument instrument() {
    return moments.instrument();
  }

  @Override
  public List<String> metrics() {
    return moments.metrics();
  }

  @Override
  public int size() {
    return moments.size();
  }

  @Override
  public long id(int moment) {
    return moments.id(moment);
  }

  @Override
  public long timeMicros(int moment) {
    return moments.timeMicros(moment);
  }

  @Override
  public long receivedMicros(int moment) {
    return moments.receivedMicros(moment);
  }

  @Override
  public long price(int moment) {
    return moments.price(moment);
  }

  @Override
  public Side aggressor(int moment) {
    return moments.aggressor(moment);
  }

  @Override
  public boolean repaired(int moment) {
    return moments.repaired(moment);
  }

  @Override
  public Object usable(int moment, int metric) {
    return isOut(metric) ? null : moments.usable(moment, metric);
  }

  @Override
  public MetricValue value(int moment, int metric) {
    return isOut(metric)
        ? MetricValue.none(
            metrics().get(metric),
            MetricStatus.WARMING_UP,
            "History does not hold the trades that it rests on",
            Clock.instant(moments.timeMicros(moment)))
        : moments.value(moment, metric);
  }

  private boolean isOut(int metric) {
    return out.contains(metrics().get(metric));
  }
}
