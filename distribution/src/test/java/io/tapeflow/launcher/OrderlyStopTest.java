package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;

class OrderlyStopTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(
          new PrintStream(written, true, StandardCharsets.UTF_8),
          new PrintStream(written, true, StandardCharsets.UTF_8));

  @TempDir private Path folder;
  private Framework framework;

  @BeforeEach
  void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString()));
    framework.start();
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
  }

  @Test
  void stopsTheViewsBeforeTheSocketAndPrintsTheReport() throws Exception {
    install("io.tapeflow.stream");
    install("io.tapeflow.web");
    install("io.tapeflow.metrics");
    Bundle other = install("org.example");
    report("one\nAbandoned tasks: 0");

    new OrderlyStop(framework, terminal).bundles();

    assertThat(lines())
        .anyMatch(
            line ->
                line.matches(
                    "Stopped io\\.tapeflow\\.web in \\d+ ms, io\\.tapeflow\\.metrics in \\d+ ms,"
                        + " io\\.tapeflow\\.stream in \\d+ ms\\."))
        .endsWith("one", "Abandoned tasks: 0");
    assertThat(other.getState()).isEqualTo(Bundle.ACTIVE);
  }

  @Test
  void doesItOnce() throws Exception {
    report("the report");
    OrderlyStop stop = new OrderlyStop(framework, terminal);

    stop.everything();
    stop.everything();

    assertThat(lines()).containsOnlyOnce("the report").contains("Nothing had been started yet.");
    assertThat(framework.getState()).isEqualTo(Bundle.RESOLVED);
  }

  @Test
  void aBundleThatHangsIsGivenUpAndTheOthersAreStillStopped() throws Exception {
    Bundle stream = install("io.tapeflow.stream");
    Bundle simulator = install("io.tapeflow.simulator");
    report("the report");
    CountDownLatch release = new CountDownLatch(1);
    framework
        .getBundleContext()
        .addBundleListener(
            (SynchronousBundleListener)
                event -> {
                  if (event.getType() == BundleEvent.STOPPING && event.getBundle() == stream) {
                    awaitUninterruptibly(release);
                  }
                });

    new OrderlyStop(framework, terminal).bundles();

    assertThat(lines())
        .anyMatch(line -> line.startsWith("Stopped io.tapeflow.stream NOT, given up after "))
        .contains("the report");
    assertThat(simulator.getState()).isEqualTo(Bundle.RESOLVED);
    release.countDown();
  }

  @Test
  void saysThatThereIsNoReport() {
    new OrderlyStop(framework, terminal).bundles();

    assertThat(lines()).anyMatch(line -> line.startsWith("There is no shutdown report"));
  }

  private void report(String text) {
    Supplier<String> report = () -> text;
    framework
        .getBundleContext()
        .registerService(
            Supplier.class,
            report,
            FrameworkUtil.asDictionary(Map.of("tapeflow.role", "shutdown-report")));
  }

  private Bundle install(String name) throws Exception {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
    Path jar = folder.resolve(name + ".jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    Bundle bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
    bundle.start();
    return bundle;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
