package io.tapeflow.metrics.large;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.metrics.MetricContract;
import java.util.Map;

class LargeContractTest extends MetricContract {
  @Override
  protected MetricFactory factory() {
    return new LargeFactory(
        Map.of("recent.seconds", "20", "quotes.stable", "LY,ET,ES", "sample.orders", "500"));
  }
}
