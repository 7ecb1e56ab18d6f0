package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.tasks.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The live engine on a clock that stands still: no time passes behind a trade, so every value is as
 * of the last one.
 */
@Component(
    service = OrderFlowBatch.class,
    scope = ServiceScope.PROTOTYPE,
    configurationPid = OrderFlowComponent.PID)
public final class BatchComponent implements OrderFlowBatch {
  private final BatchStream stream = new BatchStream();
  private final Still clock = new Still();
  private final OrderFlowComponent engine;
  private OrderFlowListener shown;

  /** A batch without a trade, with the configuration of the live metrics. */
  @Activate
  public BatchComponent(Map<String, Object> properties) {
    engine = new OrderFlowComponent(properties, clock);
    engine.addStream(stream);
  }

  /** Only what is there at the start: a batch is computed by the same families throughout. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE)
  public void addFamily(MetricFactory family, Map<String, ?> properties) {
    engine.addFamily(family, properties);
  }

  @Deactivate
  void deactivate() {
    engine.deactivate();
  }

  @Override
  public void trades(TradeBatch trades) {
    if (trades.size() > 0) {
      stream.carry(trades.instrument());
      engine.onTrades(trades);
    }
  }

  @Override
  public void gap(TradeGap gap) {
    engine.onGap(gap);
  }

  @Override
  public void show(OrderFlowListener listener) {
    if (shown != null) {
      engine.removeListener(shown);
    }
    shown = listener;
    engine.addListener(listener);
  }

  @Override
  public MetricSnapshot snapshot(String instrument) {
    return engine.snapshot(instrument);
  }

  @Override
  public MetricSnapshot snapshot(String instrument, Instant asOf) {
    MetricSnapshot last = snapshot(instrument);
    if (last.asOf() == null) {
      return last;
    }
    set(Math.max(0, last.asOf().until(asOf, ChronoUnit.NANOS)));
    try {
      return snapshot(instrument);
    } finally {
      set(0);
    }
  }

  @Override
  public List<MetricInfo> metrics(String instrument) {
    return engine.metrics(instrument);
  }

  private void set(long nanos) {
    clock.nanos = nanos;
    engine.clockWasSet();
  }

  /** All trades come at 0, and it stays 0 but for the moment of a question that is about later. */
  private static final class Still implements Clock {
    private long nanos;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public long wallMicros() {
      return 0;
    }
  }
}
