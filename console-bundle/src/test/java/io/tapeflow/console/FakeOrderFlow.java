package io.tapeflow.console;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.trade.Instrument;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The metrics of one instrument. */
record FakeOrderFlow(Instrument instrument, MetricSnapshot snapshot) implements OrderFlow {
  @Override
  public List<Instrument> instruments() {
    return List.of(instrument);
  }

  @Override
  public MetricSnapshot snapshot(String name) {
    return instrument.isCalled(name)
        ? snapshot
        : new MetricSnapshot(
            name,
            MetricStatus.UNKNOWN_INSTRUMENT,
            "nobody has it",
            null,
            -1,
            Duration.ZERO,
            Duration.ZERO,
            Map.of());
  }

  @Override
  public List<MetricInfo> metrics(String name) {
    return List.of();
  }

  @Override
  public List<String> faults(String name) {
    return List.of("The family b loses x to the family a");
  }
}
