package io.tapeflow.metrics;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.trade.Instrument;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to see the metrics at each single trade. */
final class Spectators {
  private static final Logger LOG = LoggerFactory.getLogger(Spectators.class);

  private final Supplier<FlowMetrics> core;
  private final List<OrderFlowListener> listeners = new CopyOnWriteArrayList<>();

  Spectators(Supplier<FlowMetrics> core) {
    this.core = core;
  }

  void add(OrderFlowListener listener) {
    listeners.add(listener);
  }

  void remove(OrderFlowListener listener) {
    listeners.remove(listener);
  }

  /** Who wants to see an instrument's metrics now, and which. */
  List<Seat> seats(Instrument instrument) {
    if (listeners.isEmpty()) {
      return List.of();
    }
    List<Seat> seats = new ArrayList<>();
    for (OrderFlowListener listener : listeners) {
      List<String> wanted = wanted(listener, instrument);
      if (!wanted.isEmpty()) {
        seats.add(new Seat(listener, wanted, core.get()));
      }
    }
    return seats;
  }

  private static List<String> wanted(OrderFlowListener listener, Instrument instrument) {
    try {
      return listener.metrics(instrument);
    } catch (Throwable t) {
      LOG.warn("{} threw when asked for its metrics of {}", listener, instrument.key(), t);
      return List.of();
    }
  }

  /**
   * One who watches.
   *
   * @param wanted names of metrics
   * @param core the core's metrics of this moment
   */
  record Seat(OrderFlowListener listener, List<String> wanted, FlowMetrics core) {
    Recording recording(Instrument instrument, int trades) {
      return new Recording(this, instrument, trades);
    }

    void show(FlowMoments moments) {
      try {
        listener.onMoments(moments);
      } catch (Throwable t) {
        LOG.warn(
            "{} threw on the metrics of {} at {} to {}",
            listener,
            moments.instrument().key(),
            moments.id(0),
            moments.id(moments.size() - 1),
            t);
      }
    }
  }
}
