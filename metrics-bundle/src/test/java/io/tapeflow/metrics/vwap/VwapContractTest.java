package io.tapeflow.metrics.vwap;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.metrics.MetricContract;
import java.util.Map;

class VwapContractTest extends MetricContract {
  @Override
  protected MetricFactory factory() {
    return new VwapFactory(Map.of("windows.seconds", "1,2,60", "anchors", "2025-10-04T23:51:00Z"));
  }
}
