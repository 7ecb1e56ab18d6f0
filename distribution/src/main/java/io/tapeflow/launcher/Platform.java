package io.tapeflow.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** Felix with the distribution's bundles. */
final class Platform {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration HTTP_LIMIT = Duration.ofSeconds(10);
  private static final String HTTP_RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";
  private static final String HTTP_ENDPOINTS = "osgi.http.endpoint";

  private final Framework framework;
  private final Terminal terminal;
  private final StartLevels levels;

  Platform(Map<String, String> settings, Path bundles, Terminal terminal) throws CommandFailure {
    this.terminal = terminal;
    this.levels = StartLevels.of(settings);
    this.framework = new FrameworkFactory().newFramework(settings);
    try {
      framework.init();
    } catch (BundleException e) {
      throw new CommandFailure("the OSGi framework does not start", e);
    }
    install(bundles);
  }

  /** Installs the jars of a folder, in the order of their names. */
  private void install(Path bundles) throws CommandFailure {
    BundleContext context = framework.getBundleContext();
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(bundles, "*.jar")) {
      for (Path jar : sorted(folder)) {
        Bundle bundle = context.installBundle(jar.toUri().toString());
        bundle.adapt(BundleStartLevel.class).setStartLevel(levels.of(jar));
        if (!isFragment(bundle)) {
          bundle.start();
        }
      }
    } catch (IOException | BundleException e) {
      throw new CommandFailure("cannot install the bundles of " + bundles, e);
    }
  }

  Framework framework() {
    return framework;
  }

  /** Starts the framework and all bundles but those of the last level. */
  void start(OrderlyStop stop) throws CommandFailure {
    // Whoever stops the framework, a shell or a web console, our bundles are stopped in order.
    framework
        .getBundleContext()
        .addBundleListener(
            (SynchronousBundleListener)
                event -> {
                  if (event.getType() == BundleEvent.STOPPING
                      && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
                    stop.bundles();
                  }
                });
    try {
      // Levels are climbed after the start, so that a stop need not wait until the top is reached.
      framework.start();
      climb(Math.max(1, levels.last() - 1)).get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (BundleException | ExecutionException e) {
      throw new CommandFailure("the OSGi framework does not start", e);
    } catch (TimeoutException e) {
      throw new CommandFailure("the bundles have not all started within " + START_LIMIT);
    } catch (InterruptedException e) {
      throw new CommandFailure("interrupted at start", e);
    }
  }

  /** Starts the bundles of the last level, and names those of all levels that would not start. */
  CompletableFuture<Void> startRest() {
    return climb(levels.last()).thenRun(this::explain);
  }

  private CompletableFuture<Void> climb(int level) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    framework
        .adapt(FrameworkStartLevel.class)
        .setStartLevel(
            level,
            event -> {
              if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
                reached.complete(null);
              }
            });
    return reached;
  }

  private void explain() {
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      if (bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED) {
        explain(bundle);
      }
    }
  }

  private void explain(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    boolean fragment =
        revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    if (fragment && bundle.getState() == Bundle.RESOLVED) {
      return;
    }
    try {
      bundle.start(Bundle.START_TRANSIENT);
    } catch (BundleException e) {
      terminal.problem("bundle " + bundle.getSymbolicName() + " did not start: " + e.getMessage());
    }
  }

  private static boolean isFragment(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  private static List<Path> sorted(Iterable<Path> paths) {
    List<Path> list = new ArrayList<>();
    paths.forEach(list::add);
    Collections.sort(list);
    return list;
  }

  /** Where the HTTP server listens. */
  URI httpAddress() throws CommandFailure {
    long end = System.nanoTime() + HTTP_LIMIT.toNanos();
    try {
      do {
        BundleContext context = framework.getBundleContext();
        if (context == null) {
          break;
        }
        ServiceReference<?>[] runtimes = context.getAllServiceReferences(HTTP_RUNTIME, null);
        if (runtimes != null
            && runtimes[0].getProperty(HTTP_ENDPOINTS) instanceof String[] endpoints
            && endpoints.length > 0) {
          return URI.create(endpoints[0]);
        }
        Thread.sleep(20);
      } while (System.nanoTime() < end);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("there is no filter to be wrong", e);
    } catch (InterruptedException e) {
      throw new CommandFailure("interrupted at start", e);
    }
    throw new CommandFailure("the HTTP server does not listen; the log says why");
  }

  /** Stays until the framework has been stopped. */
  void awaitStop() throws CommandFailure {
    try {
      framework.waitForStop(0);
    } catch (InterruptedException e) {
      throw new CommandFailure("interrupted", e);
    }
  }
}
