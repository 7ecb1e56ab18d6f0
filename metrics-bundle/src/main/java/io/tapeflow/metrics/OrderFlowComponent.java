package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes trades and families of metrics through the registry, and makes snapshots on demand. The
 * delivery's thread writes, whoever asks reads; a thread of its own is there only while a family
 * that came late is built from history.
 */
@Component(
    service = {OrderFlow.class, TradeListener.class},
    immediate = true,
    configurationPid = OrderFlowComponent.PID,
    property = {
      TradeListener.FROM_HISTORY + ":Boolean=true",
      TradeListener.LOSSLESS + ":Boolean=true",
      TradeListener.NAME + "=metrics",
      TradeListener.INSTRUMENTS + "=*"
    })
@Designate(ocd = FlowConfiguration.class)
public final class OrderFlowComponent implements OrderFlow, TradeListener {
  static final String PID = "io.tapeflow.metrics";

  private static final Logger LOG = LoggerFactory.getLogger(OrderFlowComponent.class);
  private static final Duration STOP_BOUND = Duration.ofSeconds(5);
  private static final String STATE_FILE = "metrics.state";

  /** Framework property: where state is kept that outlives the framework's cache. */
  private static final String STATE_DIRECTORY = "tapeflow.state.directory";

  private final TaskScope scope;
  private final ServiceRegistration<TaskLedger> ledger;
  private final Streams streams = new Streams();
  private final Families families = new Families();
  private final NameClashes clashes = new NameClashes(this::coreInfos);
  private final Spectators spectators = new Spectators(() -> this.metrics);
  private final Engines engines;
  private volatile FlowMetrics metrics;

  /** Starts with a configuration, or on the defaults if it is wrong. */
  @Activate
  public OrderFlowComponent(Map<String, Object> properties, BundleContext context) {
    this(properties, Clock.SYSTEM, stateFile(context), context);
  }

  OrderFlowComponent(Map<String, Object> properties, Clock clock) {
    this(properties, clock, null, null);
  }

  /**
   * Starts.
   *
   * @param state the file that keeps the state through restarts; null for none
   * @param context null where there is no framework
   */
  OrderFlowComponent(
      Map<String, Object> properties, Clock clock, Path state, BundleContext context) {
    SettingsReader reader = new SettingsReader(properties);
    FlowSettings settings = reader.read();
    boolean right = accepts(reader, "the defaults are used");
    use(right ? settings : FlowSettings.DEFAULT);
    scope = new TaskScope("metrics", clock);
    ledger = context == null ? null : context.registerService(TaskLedger.class, scope, null);
    engines =
        new Engines(
            families,
            clashes,
            spectators,
            new SavedRuns(state),
            new Background(scope),
            clock,
            () -> metrics.settings().longestMicros(),
            streams::history);
  }

  /** Takes a changed configuration, unless it is wrong. */
  @Modified
  void modified(Map<String, Object> properties) {
    SettingsReader reader = new SettingsReader(properties);
    FlowSettings settings = reader.read();
    if (accepts(reader, "the running settings stay") && !settings.equals(metrics.settings())) {
      long longest = metrics.settings().longestMicros();
      use(settings);
      engines.familiesChanged();
      if (settings.longestMicros() > longest) {
        engines.windowsGrew();
      }
    }
  }

  /** Keeps where each computation stands for the next start. */
  @Deactivate
  void deactivate() {
    engines.close();
    scope.close(STOP_BOUND);
    if (ledger != null) {
      ledger.unregister();
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addStream(TradeStream stream) {
    streams.add(stream);
  }

  void removeStream(TradeStream stream) {
    streams.remove(stream);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addFamily(MetricFactory family, Map<String, ?> properties) {
    families.add(family, properties);
    engines.familiesChanged();
  }

  void removeFamily(MetricFactory family) {
    families.remove(family);
    engines.familiesChanged();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addListener(OrderFlowListener listener) {
    spectators.add(listener);
  }

  void removeListener(OrderFlowListener listener) {
    spectators.remove(listener);
  }

  @Override
  public void onTrades(TradeBatch trades) {
    engines.continuedBy(trades).onTrades(trades);
  }

  @Override
  public void onGap(TradeGap gap) {
    engines.of(gap.instrument()).onGap(gap);
  }

  @Override
  public void onAmendment(TradeAmendment amendment) {
    engines.amend(amendment);
  }

  @Override
  public List<Instrument> instruments() {
    return List.copyOf(known(streams.statuses(), engines.traded()).values());
  }

  @Override
  public MetricSnapshot snapshot(String name) {
    List<StreamStatus> statuses = streams.statuses(name);
    Named named = named(name, statuses);
    if (named.instrument() == null) {
      return unknown(name, named.reason());
    }
    Feed feed = Streams.feed(named.instrument(), statuses);
    InstrumentEngine engine = engines.of(named.instrument());
    Capture capture = engine.captures().all();
    return capture.reading() == null
        ? metrics.noData(named.instrument(), feed, infos(engine).values())
        : metrics.snapshot(capture, feed);
  }

  @Override
  public MetricValue metric(String instrument, String name) {
    List<StreamStatus> statuses = streams.statuses(instrument);
    Named named = named(instrument, statuses);
    if (named.instrument() == null) {
      return MetricValue.none(name, MetricStatus.UNKNOWN_INSTRUMENT, named.reason(), null);
    }
    Feed feed = Streams.feed(named.instrument(), statuses);
    InstrumentEngine engine = engines.of(named.instrument());
    FlowMetrics core = metrics;
    boolean own = core.has(name);
    Capture capture = own ? engine.captures().core() : engine.captures().familyOf(name);
    FlowReading reading = capture.reading();
    if (reading == null) {
      boolean known = infos(engine).containsKey(name);
      return known ? core.none(name, feed) : absent(name);
    }
    if (own) {
      return core.value(name, reading, capture.continuity(), feed, capture.nanos());
    }
    return capture.families().stream()
        .findFirst()
        .map(
            family ->
                family.value(
                    family.infos().get(name),
                    core.envelope(reading, capture.continuity(), feed, capture.nanos())))
        .orElseGet(() -> absent(name));
  }

  @Override
  public List<MetricInfo> metrics(String instrument) {
    List<StreamStatus> statuses = streams.statuses(instrument);
    Named named = named(instrument, statuses);
    if (named.instrument() == null) {
      return List.of();
    }
    List<MetricInfo> infos = List.copyOf(infos(engines.of(named.instrument())).values());
    String choices = Streams.choices(named.instrument(), statuses);
    return choices.isEmpty() ? infos : infos.stream().map(info -> with(info, choices)).toList();
  }

  @Override
  public List<String> faults(String instrument) {
    Named named = named(instrument, streams.statuses(instrument));
    if (named.instrument() == null) {
      return List.of();
    }
    Captures captures = engines.of(named.instrument()).captures();
    List<String> faults = new ArrayList<>(captures.failures());
    faults.addAll(clashes.of(captures.announced()));
    return faults;
  }

  /** The clock it was made with has been set to another time. */
  void clockWasSet() {
    engines.clockWasSet();
  }

  /** In the directory that the platform names, else in the bundle's data area, if there is one. */
  private static Path stateFile(BundleContext context) {
    String directory = context.getProperty(STATE_DIRECTORY);
    if (directory != null) {
      return Path.of(directory, STATE_FILE);
    }
    File file = context.getDataFile(STATE_FILE);
    return file == null ? null : file.toPath();
  }

  private void use(FlowSettings settings) {
    metrics = new FlowMetrics(settings);
    families.want(settings::computes);
    LOG.info(
        "Metrics over {} s, stale after {} ms, dominance from a ratio of {}",
        settings.windows(),
        settings.staleAfter().toMillis(),
        settings.dominanceRatio());
  }

  /** The same metric, saying also which of a venue's kinds of trades it is made of. */
  private static MetricInfo with(MetricInfo info, String choices) {
    String description = info.description() + "; trades " + choices;
    return new MetricInfo(info.name(), info.unit(), description, info.provenance());
  }

  private Map<String, MetricInfo> infos(InstrumentEngine engine) {
    return metrics.infos(engine.captures().announced().values());
  }

  private List<MetricInfo> coreInfos() {
    return metrics.infos();
  }

  private static boolean accepts(SettingsReader reader, String otherwise) {
    reader.faults().forEach(fault -> LOG.error("{}: {}; {}", PID, fault, otherwise));
    return reader.faults().isEmpty();
  }

  /** Looks at all instruments only where one has to be told which there are. */
  private Named named(String name, List<StreamStatus> statuses) {
    Named named = Named.of(name, known(statuses, engines.traded(name)).values());
    return named.instrument() != null
        ? named
        : Named.of(name, known(streams.statuses(), engines.traded()).values());
  }

  /** What a stream carries or trades have come of, by key. */
  private static SortedMap<String, Instrument> known(
      List<StreamStatus> statuses, List<Instrument> traded) {
    SortedMap<String, Instrument> known = new TreeMap<>();
    for (StreamStatus status : statuses) {
      for (InstrumentStatus carried : status.instruments()) {
        known.put(carried.instrument().key(), carried.instrument());
      }
    }
    traded.forEach(instrument -> known.put(instrument.key(), instrument));
    return known;
  }

  private static MetricValue absent(String name) {
    return MetricValue.none(name, MetricStatus.NO_DATA, "There is no metric " + name, null);
  }

  private static MetricSnapshot unknown(String name, String reason) {
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
