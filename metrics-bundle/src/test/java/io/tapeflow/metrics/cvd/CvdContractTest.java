package io.tapeflow.metrics.cvd;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.metrics.MetricContract;
import java.util.Map;

class CvdContractTest extends MetricContract {
  @Override
  protected MetricFactory factory() {
    return new CvdFactory(
        Map.of(
            "windows.seconds", "1,5",
            "anchors", "2025-10-04T23:51:00Z",
            "bars", "1s,20t",
            "slope.bars", "5",
            "slope.seconds", "3,10",
            "quotes.stable", "LY,ET,ES"));
  }
}
