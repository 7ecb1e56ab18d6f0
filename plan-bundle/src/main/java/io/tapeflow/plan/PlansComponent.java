package io.tapeflow.plan;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.api.plan.ConditionInfo;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.PlanListener;
import io.tapeflow.api.plan.PlanSource;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.Plans;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.plan.evaluate.Evaluation;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * Brings plans, conditions and metrics together through the registry. Trades come by the thread
 * that feeds the metrics; a thread of its own tells what has become of plans.
 */
@Component(service = Plans.class, immediate = true)
public final class PlansComponent implements Plans, OrderFlowListener, InstrumentPlans.History {
  private static final Duration STOP_BOUND = Duration.ofSeconds(5);
  private static final long TICK_MILLIS = 250;
  private static final String LISTENING = "tapeflow-plan-listeners";
  private static final String KEEPING = "tapeflow-plan-store";
  private static final String STATE_FILE = "plans.mv";

  /** Framework property: where state is kept that outlives the framework's cache. */
  private static final String STATE_DIRECTORY = "tapeflow.state.directory";

  private final TaskScope scope;
  private final ServiceRegistration<TaskLedger> ledger;

  /** Outlives the other one, whose threads may have something kept until they have ended. */
  private final TaskScope storeScope;

  private final ServiceRegistration<TaskLedger> storeLedger;
  private final List<TradeStream> streams = new CopyOnWriteArrayList<>();
  private final Registry registry = new Registry(() -> this.flow);
  private final Floor floor;
  private final ScheduledExecutorService thread;
  private final ScheduledExecutorService listening;
  private ServiceRegistration<OrderFlowListener> listener;
  private volatile OrderFlow flow;
  private volatile ComponentServiceObjects<OrderFlowBatch> batches;

  /** Starts. */
  @Activate
  public PlansComponent(BundleContext context) {
    this(Clock.SYSTEM, stateFile(context), context);
  }

  /**
   * Starts.
   *
   * @param state the file that keeps what becomes of plans
   * @param context null where there is no framework
   */
  PlansComponent(Clock clock, Path state, BundleContext context) {
    scope = new TaskScope("plans", clock);
    thread = scope.scheduler("tapeflow-plans");
    listening = scope.scheduler(LISTENING);
    // Listeners may block: that is why they have a thread of their own.
    scope.unwatch(LISTENING);
    storeScope = new TaskScope("plan-store", clock);
    ScheduledExecutorService keeping = storeScope.scheduler(KEEPING);
    // It waits for the disk, and whoever has something kept waits for it.
    storeScope.unwatch(KEEPING);
    floor =
        new Floor(
            registry,
            () -> flow,
            new Keeper(state, keeping, clock),
            clock,
            later(thread),
            later(listening),
            this);
    thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    ledger = register(context, scope);
    storeLedger = register(context, storeScope);
  }

  private static ServiceRegistration<TaskLedger> register(BundleContext context, TaskLedger it) {
    return context == null ? null : context.registerService(TaskLedger.class, it, null);
  }

  /**
   * Has trades come, now that plans, conditions and histories are there that were there before:
   * plans that come back could not look at the trades that they have missed without them.
   */
  @Activate
  void activate(BundleContext context) {
    // Not by the component itself: the metrics would ask for it while it waits for them.
    listener = context.registerService(OrderFlowListener.class, this, null);
  }

  /** Keeps how far it has come. */
  @Deactivate
  void deactivate() {
    if (listener != null) {
      listener.unregister();
    }
    floor.stop();
    scope.close(STOP_BOUND);
    floor.close();
    storeScope.close(STOP_BOUND);
    if (ledger != null) {
      ledger.unregister();
      storeLedger.unregister();
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setFlow(OrderFlow now) {
    flow = now;
  }

  void unsetFlow(OrderFlow gone) {
    if (flow == gone) {
      flow = null;
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      scope = ReferenceScope.PROTOTYPE_REQUIRED)
  void setBatches(ComponentServiceObjects<OrderFlowBatch> now) {
    batches = now;
  }

  void unsetBatches(ComponentServiceObjects<OrderFlowBatch> gone) {
    if (batches == gone) {
      batches = null;
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
  void addCondition(ConditionFactory factory) {
    registry.add(factory);
    floor.registryChanged();
  }

  void removeCondition(ConditionFactory factory) {
    registry.remove(factory);
    floor.registryChanged();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addSource(PlanSource source, Map<String, ?> properties) {
    floor.offer(source, name(source, properties));
  }

  void updatedSource(PlanSource source, Map<String, ?> properties) {
    floor.offer(source, name(source, properties));
  }

  void removeSource(PlanSource source) {
    floor.remove(source);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addListener(PlanListener added) {
    floor.add(added);
  }

  void removeListener(PlanListener removed) {
    floor.remove(removed);
  }

  @Override
  public List<PlanStatus> list() {
    return floor.list();
  }

  @Override
  public Optional<PlanStatus> find(String id) {
    return floor.find(id);
  }

  @Override
  public List<PlanFault> validate(Plan plan) {
    return floor.validate(plan);
  }

  @Override
  public boolean cancel(String id) {
    return floor.cancel(id);
  }

  @Override
  public List<ConditionInfo> conditions() {
    return registry.infos();
  }

  @Override
  public List<String> metrics(Instrument instrument) {
    return floor.metrics(instrument);
  }

  @Override
  public void onMoments(FlowMoments moments) {
    floor.look(moments);
  }

  @Override
  public long show(FlowMoments moments, Evaluation evaluation) {
    ComponentServiceObjects<OrderFlowBatch> source = batches;
    OrderFlowBatch batch = source == null ? null : source.getService();
    if (batch == null) {
      return Long.MAX_VALUE;
    }
    try {
      return history(moments.instrument())
          .map(history -> new CatchUp(batch, history).run(evaluation, moments))
          .orElse(Long.MAX_VALUE);
    } finally {
      source.ungetService(batch);
    }
  }

  @Override
  public boolean holds(Instrument instrument, long firstId, long lastId) {
    return history(instrument)
        .map(history -> CatchUp.holds(history, firstId, lastId))
        .orElse(false);
  }

  private Optional<TradeHistory> history(Instrument instrument) {
    return streams.stream()
        .map(stream -> stream.history(instrument.key()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private void tick() {
    scope.pulse();
    floor.tick();
  }

  private static Executor later(Executor thread) {
    return job -> {
      try {
        thread.execute(job);
      } catch (RejectedExecutionException e) {
        // It is being stopped. What was to be told of triggers is told after the next start.
      }
    };
  }

  private static String name(PlanSource source, Map<String, ?> properties) {
    Object name = properties.get(PlanSource.NAME);
    return name == null ? source.getClass().getName() : name.toString();
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
}
