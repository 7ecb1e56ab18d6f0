package io.tapeflow.metrics.divergence;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.metrics.MetricContract;
import java.util.Map;

class DivergenceContractTest extends MetricContract {
  @Override
  protected MetricFactory factory() {
    return new DivergenceFactory(
        Map.of(
            "bars", "1s,10t",
            "pivot.left", 2,
            "pivot.right", 2,
            "pivot.separation.min", 2,
            "pivot.separation.max", 20,
            "bar.median.bars", 5,
            "slope.bars", 6));
  }
}
