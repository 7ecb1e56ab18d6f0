package io.tapeflow.metrics.speed;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.metrics.MetricContract;
import java.util.Map;

class SpeedContractTest extends MetricContract {
  @Override
  protected MetricFactory factory() {
    return new SpeedFactory(
        Map.of(
            "windows.seconds", "1,15,60",
            "ewma.seconds", "2",
            "baseline.seconds", "30",
            "spike.seconds", "5"));
  }
}
