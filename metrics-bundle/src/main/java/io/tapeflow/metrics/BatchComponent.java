package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.tasks.Clock;
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
  private final OrderFlowComponent engine;
  private OrderFlowListener shown;

  /** A batch without a trade, with the configuration of the live metrics. */
  @Activate
  public BatchComponent(Map<String, Object> properties) {
    engine = new OrderFlowComponent(properties, new Still());
    engine.addStream(stream);
  }

  /** Only what is there at the start: a batch is computed by the same families throughout. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE)
  void addFamily(MetricFactory family, Map<String, ?> properties) {
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
  public List<MetricInfo> metrics(String instrument) {
    return engine.metrics(instrument);
  }

  /** A clock that stands at 0: nothing is ever older than it was when it came. */
  private static final class Still implements Clock {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public long wallMicros() {
      return 0;
    }
  }
}
