package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.verification.Verification;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/**
 * Each of our bundles stops and starts fifty times while trades flow, and leaves nothing behind.
 */
public class RestartIT extends ShippedIT {
  private static final int TIMES = 50;
  private static final String SYMBOL = "BTCUSDT";

  @Test
  public void streamBundle() throws BundleException {
    leavesNothing("io.tapeflow.stream");
  }

  @Test
  public void metricsBundle() throws BundleException {
    leavesNothing("io.tapeflow.metrics");
  }

  @Test
  public void planBundle() throws BundleException {
    leavesNothing("io.tapeflow.plan");
  }

  @Test
  public void consoleBundle() throws BundleException {
    leavesNothing("io.tapeflow.console");
  }

  @Test
  public void webBundle() throws BundleException {
    leavesNothing("io.tapeflow.web");
  }

  @Test
  public void simulatorBundle() throws BundleException {
    leavesNothing("io.tapeflow.simulator");
  }

  private void leavesNothing(String name) throws BundleException {
    Bundle bundle = host().bundle(name);
    // The first times load classes and fill caches.
    restart(bundle, 2);
    Threads threads = Threads.now();
    OpenFiles files = OpenFiles.now();
    Map<String, Integer> services = services();
    LogFile log = LogFile.fromHere();

    restart(bundle, TIMES);

    assertThat(log.lines("ERROR")).isEmpty();
    assertThat(log.lines("WARN")).noneMatch(line -> line.contains("is refused; expected"));

    threads.awaitNoMore();
    files.awaitNoMore();
    Awaitility.await("services")
        .atMost(Host.PATIENCE)
        .untilAsserted(() -> assertThat(services()).isEqualTo(services));
    assertThat(host().ask(Verification.class, Verification::shutdownReport))
        .endsWith("Abandoned tasks: 0");

    LoaderWatch loader = LoaderWatch.of(bundle);
    Bundle anew = reinstall(bundle);
    loader.awaitCollected();
    restart(anew, 1);
  }

  /** Restarts a bundle while trades flow from the venue to the metrics, and waits for them. */
  private void restart(Bundle bundle, int times) throws BundleException {
    // A venue that has restarted listens elsewhere.
    boolean keepsItsPorts = !bundle.getSymbolicName().equals("io.tapeflow.simulator");
    Venue venue = Venue.generated(host(), "restart", 200, SYMBOL);
    Stream stream = Stream.to(venue, host(), "restart", SYMBOL);
    awaitTrades(stream);
    for (int i = 0; i < times; i++) {
      bundle.stop();
      assertThat(bundle.getRegisteredServices()).isNull();
      assertThat(bundle.getServicesInUse()).isNull();
      bundle.start();
      if (keepsItsPorts) {
        awaitTrades(stream);
      }
    }
    Verdicts verdicts = new Verdicts(host());
    verdicts.await(1, PASS);
    stream.close();
    venue.close();
  }

  private void awaitTrades(Stream stream) {
    stream.awaitLive();
    long seen = Metrics.of(host(), SYMBOL).lastTradeId();
    Metrics.await(host(), SYMBOL, snapshot -> snapshot.lastTradeId() > seen);
  }

  /** How many services each bundle has registered. */
  private Map<String, Integer> services() {
    Map<String, Integer> services = new TreeMap<>();
    for (Bundle bundle : host().context().getBundles()) {
      ServiceReference<?>[] registered = bundle.getRegisteredServices();
      services.put(bundle.getSymbolicName(), registered == null ? 0 : registered.length);
    }
    return services;
  }

  private Bundle reinstall(Bundle bundle) throws BundleException {
    bundle.uninstall();
    Redeploy.refresh(host().context(), null);
    Bundle anew = host().context().installBundle(bundle.getLocation());
    anew.start();
    return anew;
  }
}
