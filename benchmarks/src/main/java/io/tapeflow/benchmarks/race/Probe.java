package io.tapeflow.benchmarks.race;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A bundle of a host that is shown the running CVD at each trade, and takes the time at which it
 * is. The distribution is measured without it; it is there for latency alone.
 */
public final class Probe implements BundleActivator, OrderFlowListener {
  private static final List<Class<?>> CLASSES =
      List.of(Probe.class, Tally.class, TallyMXBean.class);
  private static final List<String> METRICS = List.of("cvd.start");

  private Tally tally;

  /** Writes the bundle. */
  static void write(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.putValue("Manifest-Version", "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "io.tapeflow.benchmarks.probe");
    main.putValue("Bundle-Activator", Probe.class.getName());
    main.putValue(
        "Import-Package",
        "io.tapeflow.api.metrics;version=\"[1,2)\",io.tapeflow.api.trade;version=\"[1,2)\","
            + "javax.management,org.osgi.framework");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      for (Class<?> type : CLASSES) {
        String name = type.getName().replace('.', '/') + ".class";
        entries.putNextEntry(new JarEntry(name));
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(entries);
        }
      }
    }
  }

  @Override
  public void start(BundleContext context) {
    tally = Tally.published();
    context.registerService(OrderFlowListener.class, this, null);
  }

  @Override
  public void stop(BundleContext context) {
    Tally.withdraw();
  }

  @Override
  public List<String> metrics(Instrument instrument) {
    return METRICS;
  }

  @Override
  public void onMoments(FlowMoments moments) {
    for (int i = 0; i < moments.size(); i++) {
      // Only that it is shown counts here: the sum comes from the report at the end.
      tally.trade(moments.id(i), 0, moments.aggressor(i) == Side.BUY, moments.timeMicros(i));
    }
  }
}
