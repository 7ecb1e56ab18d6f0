package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes trades through the registry, one tape per instrument, and makes snapshots of the tapes on
 * demand. It has no thread: the delivery's thread writes, whoever asks reads.
 */
@Component(
    service = {OrderFlow.class, TradeListener.class},
    immediate = true,
    configurationPid = OrderFlowComponent.PID,
    property = {
      TradeListener.FROM_HISTORY + ":Boolean=true",
      TradeListener.NAME + "=metrics",
      TradeListener.INSTRUMENTS + "=*"
    })
@Designate(ocd = FlowConfiguration.class)
public final class OrderFlowComponent implements OrderFlow, TradeListener {
  static final String PID = "io.tapeflow.metrics";

  private static final Logger LOG = LoggerFactory.getLogger(OrderFlowComponent.class);

  private final Clock clock;
  private final Map<Instrument, FlowTape> tapes = new ConcurrentHashMap<>();
  private final List<TradeStream> streams = new CopyOnWriteArrayList<>();
  private volatile FlowMetrics metrics;

  /** Starts with a configuration, or on the defaults if it is wrong. */
  @Activate
  public OrderFlowComponent(Map<String, Object> properties) {
    this(properties, Clock.SYSTEM);
  }

  OrderFlowComponent(Map<String, Object> properties, Clock clock) {
    this.clock = clock;
    SettingsReader reader = new SettingsReader(properties);
    FlowSettings settings = reader.read();
    boolean right = accepts(reader, "the defaults are used");
    use(right ? settings : FlowSettings.DEFAULT);
  }

  /** Takes a changed configuration, unless it is wrong. */
  @Modified
  void modified(Map<String, Object> properties) {
    SettingsReader reader = new SettingsReader(properties);
    FlowSettings settings = reader.read();
    if (accepts(reader, "the running settings stay") && !settings.equals(metrics.settings())) {
      use(settings);
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addStream(TradeStream stream) {
    streams.add(stream);
  }

  void removeStream(TradeStream stream) {
    streams.remove(stream);
  }

  @Override
  public void onTrades(TradeBatch trades) {
    FlowTape tape = tapes.get(trades.instrument());
    if (tape != null && tape.isContinuedBy(trades)) {
      append(tape, trades);
    } else {
      begin(trades);
    }
  }

  @Override
  public void onGap(TradeGap gap) {
    FlowTape tape = tapes.get(gap.instrument());
    if (tape != null) {
      tape.gap(gap);
    }
  }

  @Override
  public List<Instrument> instruments() {
    return List.copyOf(known(statuses()).values());
  }

  @Override
  public MetricSnapshot snapshot(String name) {
    List<StreamStatus> statuses = statuses();
    Collection<Instrument> known = known(statuses).values();
    List<Instrument> named =
        known.stream().filter(i -> name.equals(i.symbol()) || name.equals(i.key())).toList();
    if (named.size() != 1) {
      return unknown(name, named.isEmpty() ? known : named, named.isEmpty());
    }
    Instrument instrument = named.get(0);
    Feed feed = feed(instrument, statuses);
    FlowTape tape = tapes.get(instrument);
    FlowReading reading = tape == null ? null : tape.read();
    return reading == null
        ? metrics.noData(instrument, feed)
        : metrics.snapshot(reading, feed, clock.nanos());
  }

  @Override
  public List<MetricInfo> metrics(String name) {
    return List.of();
  }

  private void begin(TradeBatch trades) {
    Instrument instrument = trades.instrument();
    FlowTape tape = new FlowTape(instrument);
    append(tape, trades);
    boolean replaces = tapes.put(instrument, tape) != null;
    replaces |=
        tapes
            .keySet()
            .removeIf(other -> other.key().equals(instrument.key()) && !other.equals(instrument));
    if (replaces) {
      LOG.warn("{} begins anew: its ids or scales do not continue the old ones", instrument.key());
    }
  }

  private void append(FlowTape tape, TradeBatch trades) {
    tape.append(trades, clock.nanos(), clock.wallMicros(), metrics.settings().longestMicros());
  }

  private void use(FlowSettings settings) {
    metrics = new FlowMetrics(settings);
    LOG.info(
        "Metrics over {} s, stale after {} ms, dominance from a ratio of {}",
        settings.windows(),
        settings.staleAfter().toMillis(),
        settings.dominanceRatio());
  }

  private static boolean accepts(SettingsReader reader, String otherwise) {
    reader.faults().forEach(fault -> LOG.error("{}: {}; {}", PID, fault, otherwise));
    return reader.faults().isEmpty();
  }

  private List<StreamStatus> statuses() {
    return streams.stream().map(TradeStream::status).toList();
  }

  /** What trades have come of or a stream carries, by key. */
  private SortedMap<String, Instrument> known(List<StreamStatus> statuses) {
    SortedMap<String, Instrument> known = new TreeMap<>();
    for (StreamStatus status : statuses) {
      for (InstrumentStatus carried : status.instruments()) {
        known.put(carried.instrument().key(), carried.instrument());
      }
    }
    tapes.keySet().forEach(instrument -> known.put(instrument.key(), instrument));
    return known;
  }

  private static Feed feed(Instrument instrument, List<StreamStatus> statuses) {
    Feed feed = Feed.GONE;
    for (StreamStatus status : statuses) {
      for (InstrumentStatus carried : status.instruments()) {
        // One that leaves the instrument to another stream knows nothing of it.
        if (!feed.live()
            && carried.instrument().key().equals(instrument.key())
            && carried.state() != InstrumentState.CLAIMED_ELSEWHERE) {
          feed = Feed.of(status, carried);
        }
      }
    }
    return feed;
  }

  private static MetricSnapshot unknown(
      String name, Collection<Instrument> choices, boolean nobody) {
    String list = choices.stream().map(Instrument::key).collect(Collectors.joining(", "));
    String reason;
    if (choices.isEmpty()) {
      reason = "No stream carries " + name + ", nor anything else";
    } else if (nobody) {
      reason = "No stream carries " + name + "; there are " + list;
    } else {
      reason = name + " could be any of " + list;
    }
    return new MetricSnapshot(
        name,
        MetricStatus.UNKNOWN_INSTRUMENT,
        reason,
        null,
        -1,
        Duration.ZERO,
        Duration.ZERO,
        Map.of());
  }
}
