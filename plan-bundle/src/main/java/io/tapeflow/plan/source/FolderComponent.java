package io.tapeflow.plan.source;

import io.tapeflow.api.plan.PlanSource;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Offers each plan file of the home as a source of plans, for as long as it is there. */
@Component(
    service = {},
    immediate = true)
public final class FolderComponent {
  /** Framework property: the folder of the plan files. Without it there is none. */
  static final String DIRECTORY = "tapeflow.plans.directory";

  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration STOP_BOUND = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 500;
  private static final String VERSION = "tapeflow.plan.source.version";

  private final TaskScope scope = new TaskScope("plan-files", Clock.SYSTEM);
  private final ServiceRegistration<TaskLedger> ledger;

  @Activate
  public FolderComponent(BundleContext context) {
    ledger = context.registerService(TaskLedger.class, scope, null);
    String folder = context.getProperty(DIRECTORY);
    if (folder != null) {
      PlanFolder plans = new PlanFolder(Path.of(folder), QUIET, new Services(context));
      ScheduledExecutorService thread = scope.scheduler("tapeflow-plan-files");
      thread.scheduleWithFixedDelay(
          () -> plans.look(Clock.SYSTEM.now()), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      thread.scheduleWithFixedDelay(scope::pulse, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** The framework takes the sources back with the bundle, or the next folder takes them over. */
  @Deactivate
  void deactivate() {
    scope.close(STOP_BOUND);
    ledger.unregister();
  }

  /** Sources in the registry, by their files. */
  private static final class Services implements PlanFolder.Listing {
    private final BundleContext context;
    private final Map<FileSource, ServiceRegistration<PlanSource>> registrations = new HashMap<>();
    private final Map<FileSource, String> names = new HashMap<>();
    private long version;

    Services(BundleContext context) {
      this.context = context;
    }

    @Override
    public void added(FileSource source, String name) {
      names.put(source, name);
      registrations.put(
          source,
          context.registerService(
              PlanSource.class, source, FrameworkUtil.asDictionary(properties(source))));
    }

    @Override
    public void changed(FileSource source) {
      registrations.get(source).setProperties(FrameworkUtil.asDictionary(properties(source)));
    }

    @Override
    public void removed(FileSource source) {
      names.remove(source);
      registrations.remove(source).unregister();
    }

    private Map<String, Object> properties(FileSource source) {
      return Map.of(PlanSource.NAME, "conf/plans/" + names.get(source), VERSION, ++version);
    }
  }
}
