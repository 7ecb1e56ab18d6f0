package io.tapeflow.launcher;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * Stops an instance from the views down to the socket, tells how each part ended, and keeps within
 * a bound whatever hangs.
 */
final class OrderlyStop {
  private static final List<String> ORDER =
      List.of(
          "io.tapeflow.web",
          "io.tapeflow.plan",
          "io.tapeflow.metrics",
          "io.tapeflow.stream",
          "io.tapeflow.simulator");
  private static final String REPORT = "(tapeflow.role=shutdown-report)";

  /** For all of Tapeflow's bundles together, and for what comes after each bound has passed. */
  private static final Duration BUNDLES = Duration.ofMillis(3_500);

  private static final Duration REST = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofMillis(100);

  private final Framework framework;
  private final Terminal terminal;
  private final AtomicReference<String> last = new AtomicReference<>("");
  private volatile Callable<String> lastLine = () -> "";
  private volatile Thread screen;
  private boolean bundlesStopped;

  OrderlyStop(Framework framework, Terminal terminal) {
    this.framework = framework;
    this.terminal = terminal;
  }

  /**
   * What comes before the stop.
   *
   * @param watching is to be silent
   * @param last makes the line that is told at the end
   */
  void before(Thread watching, Callable<String> last) {
    lastLine = last;
    screen = watching;
  }

  /** Stops Tapeflow's bundles, then the framework. */
  void everything() {
    bundles();
    Bounded.run("tapeflow-stop-framework", REST, this::stopFramework);
    tellLast();
  }

  /** Prints the last line, once the framework has ended: its bundles have words of their own. */
  void tellLast() {
    String line = last.getAndSet("");
    if (!line.isEmpty()) {
      terminal.line(line);
    }
  }

  /** Stops Tapeflow's bundles and prints the report. Only the first call does something. */
  synchronized void bundles() {
    if (bundlesStopped) {
      return;
    }
    bundlesStopped = true;
    BundleContext context = framework.getBundleContext();
    if (context == null) {
      return;
    }
    silence();
    Bounded.run("tapeflow-stop-last-line", REST, () -> last.set(lastLine()));
    terminal.line("");
    terminal.line("Stopping.");
    StringJoiner times = new StringJoiner(", ", "Stopped ", ".");
    times.setEmptyValue("Nothing had been started yet.");
    long end = System.nanoTime() + BUNDLES.toNanos();
    for (String name : ORDER) {
      for (Bundle bundle : context.getBundles()) {
        if (name.equals(bundle.getSymbolicName()) && bundle.getState() == Bundle.ACTIVE) {
          times.add(stop(bundle, end));
        }
      }
    }
    terminal.line(times.toString());
    Bounded.run("tapeflow-stop-report", GRACE.multipliedBy(5), () -> report(context));
  }

  private String lastLine() {
    try {
      return lastLine.call();
    } catch (Exception e) {
      terminal.problem("there is no report: " + e.getMessage());
      return "";
    }
  }

  private void silence() {
    Thread watching = screen;
    if (watching != null) {
      watching.interrupt();
      Bounded.join(watching, GRACE);
    }
  }

  private String stop(Bundle bundle, long endNanos) {
    Duration left = Duration.ofNanos(endNanos - System.nanoTime());
    Duration bound = left.compareTo(GRACE) < 0 ? GRACE : left;
    String name = bundle.getSymbolicName();
    long begin = System.nanoTime();
    boolean ended =
        Bounded.run(
            "tapeflow-stop-" + name,
            bound,
            () -> {
              try {
                // Not transient: a start level still being climbed must not start it again.
                bundle.stop();
              } catch (BundleException e) {
                terminal.problem(name + " stopped with an error: " + e.getMessage());
              }
            });
    long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    return ended ? name + " in " + millis + " ms" : name + " NOT, given up after " + millis + " ms";
  }

  private void report(BundleContext context) {
    try {
      @SuppressWarnings("rawtypes") // The registry knows classes, not their parameters.
      Collection<ServiceReference<Supplier>> reports =
          context.getServiceReferences(Supplier.class, REPORT);
      if (reports.isEmpty()) {
        terminal.line("There is no shutdown report: io.tapeflow.console does not run.");
      }
      for (ServiceReference<?> reference : reports) {
        if (context.getService(reference) instanceof Supplier<?> report) {
          terminal.line(String.valueOf(report.get()).stripTrailing());
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("a constant filter", e);
    }
  }

  private void stopFramework() {
    try {
      framework.stop();
      framework.waitForStop(REST.toMillis());
    } catch (BundleException e) {
      terminal.problem("the framework stopped with an error: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
