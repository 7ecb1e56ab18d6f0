package io.tapeflow.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * A framework with the bundles of metrics and plans of the assembled home, and what they need. The
 * API comes from the class path, so that benchmarks can call the bundle's services.
 */
final class ShippedBundles implements AutoCloseable {
  private static final Path HOME =
      Path.of(System.getProperty("tapeflow.home", "distribution/target/tapeflow"));
  private static final Pattern NEEDED =
      Pattern.compile(
          "asm.*|logback.*|slf4j.*|org\\.osgi.*|org\\.apache\\.aries.*"
              + "|h2-mvstore|snakeyaml-engine|org\\.apache\\.felix\\.(configadmin|scr|log)"
              + "|io\\.tapeflow\\.(log|metrics|plan)");
  private static final List<String> API =
      List.of("trade", "stream", "venue", "metrics", "plan", "task", "verification", "simulator");

  private final Framework framework;

  private ShippedBundles(Framework framework) {
    this.framework = framework;
  }

  /** Starts the framework. */
  static ShippedBundles start() {
    if (!Files.isDirectory(HOME.resolve("bundle"))) {
      throw new IllegalStateException(
          HOME.toAbsolutePath() + " is no home that was assembled by 'mvn package'");
    }
    try {
      Path cache = Files.createTempDirectory("tapeflow-benchmarks");
      Framework framework =
          new FrameworkFactory()
              .newFramework(
                  Map.of(
                      Constants.FRAMEWORK_STORAGE,
                      cache.toString(),
                      Constants.FRAMEWORK_STORAGE_CLEAN,
                      Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                      Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                      apiPackages()));
      framework.start();
      List<Bundle> bundles = new ArrayList<>();
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(HOME.resolve("bundle"), "*.jar")) {
        for (Path jar : jars) {
          String name = jar.getFileName().toString().replaceAll("\\.jar$", "");
          if (NEEDED.matcher(name).matches()) {
            bundles.add(framework.getBundleContext().installBundle(jar.toUri().toString()));
          }
        }
      }
      for (Bundle bundle : bundles) {
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
          bundle.start();
        }
      }
      return new ShippedBundles(framework);
    } catch (IOException | BundleException e) {
      throw new IllegalStateException(HOME.toAbsolutePath() + " could not be started", e);
    }
  }

  /** Registers a service. */
  <S> void register(Class<S> type, S service) {
    framework.getBundleContext().registerService(type, service, null);
  }

  /** The services of a type, by one of their properties. */
  <S> Map<String, S> services(Class<S> type, String property) {
    BundleContext context = framework.getBundleContext();
    Map<String, S> services = new TreeMap<>();
    for (ServiceReference<S> reference : references(context, type)) {
      services.put(String.valueOf(reference.getProperty(property)), context.getService(reference));
    }
    return services;
  }

  private static <S> Collection<ServiceReference<S>> references(
      BundleContext context, Class<S> type) {
    try {
      return context.getServiceReferences(type, null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String apiPackages() {
    return String.join(
        ",", API.stream().map(name -> "io.tapeflow.api." + name + ";version=1.0.0").toList());
  }

  @Override
  public void close() {
    try {
      framework.stop();
      framework.waitForStop(0);
    } catch (BundleException e) {
      throw new IllegalStateException("The framework did not stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
