package io.tapeflow.benchmarks.race;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.management.JMException;
import javax.management.ObjectName;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * A bundle of a host that is shown the running CVD at each trade, and takes the time at which it
 * is. The distribution is measured without it; it is there for latency alone. If it is told to by
 * the framework's properties, it keeps the latency of each trade, of metrics and of a listener to
 * trades. It has slow listeners if they are wanted.
 */
public final class Probe implements BundleActivator, OrderFlowListener, ProbeMXBean {
  /** How many trades' latency is to be kept; none without it. */
  static final String SAMPLES = "probe.samples";

  /** Symbols whose latency is kept, separated by commas; all without it. */
  static final String INSTRUMENTS = "probe.instruments";

  /** What the names of the slow listeners begin with. */
  static final String SLOW_NAME = "slow-";

  private static final List<Class<?>> CLASSES =
      List.of(
          Probe.class,
          ProbeMXBean.class,
          Samples.class,
          SlowListener.class,
          Tally.class,
          TallyMXBean.class);
  private static final List<String> METRICS = List.of("cvd.start");

  private final List<SlowListener> slow = new CopyOnWriteArrayList<>();
  private BundleContext context;
  private Tally tally;
  private Samples ofMetrics;
  private Samples ofFeed;
  private volatile long slowMillis;

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
  public void start(BundleContext ours) throws JMException {
    context = ours;
    tally = Tally.published();
    String samples = context.getProperty(SAMPLES);
    int most = samples == null ? 0 : Integer.parseInt(samples);
    String instruments = context.getProperty(INSTRUMENTS);
    Set<String> wanted = instruments == null ? Set.of() : Set.of(instruments.split(",", -1));
    ofMetrics = new Samples(most, wanted);
    ofFeed = new Samples(most, wanted);
    if (most > 0) {
      register("probe", this::onTrades);
    }
    context.registerService(OrderFlowListener.class, this, null);
    ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(NAME));
  }

  private void register(String name, TradeListener listener) {
    context.registerService(
        TradeListener.class,
        listener,
        FrameworkUtil.asDictionary(Map.of(TradeListener.NAME, name)));
  }

  @Override
  public void stop(BundleContext ours) throws JMException {
    ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
    Tally.withdraw();
  }

  @Override
  public List<String> metrics(Instrument instrument) {
    return METRICS;
  }

  @Override
  public void onMoments(FlowMoments moments) {
    int number = ofMetrics.number(moments.instrument());
    if (number >= 0) {
      long now = Samples.nowMicros();
      for (int i = 0; i < moments.size(); i++) {
        ofMetrics.add(number, moments.timeMicros(i), now);
      }
    }
    for (int i = 0; i < moments.size(); i++) {
      // Only that it is shown counts here: the sum comes from the report at the end.
      tally.trade(moments.id(i), 0, moments.aggressor(i) == Side.BUY, moments.timeMicros(i));
    }
  }

  private void onTrades(TradeBatch trades) {
    int number = ofFeed.number(trades.instrument());
    if (number >= 0) {
      long now = Samples.nowMicros();
      for (int i = 0; i < trades.size(); i++) {
        ofFeed.add(number, trades.timeMicros(i), now);
      }
    }
  }

  @Override
  public void begin() {
    ofFeed.begin();
    ofMetrics.begin();
  }

  @Override
  public void write(String feed, String metrics) {
    try {
      ofFeed.write(Path.of(feed));
      ofMetrics.write(Path.of(metrics));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void addSlow(int listeners) {
    for (int i = 0; i < listeners; i++) {
      SlowListener listener = new SlowListener(() -> slowMillis);
      slow.add(listener);
      register(SLOW_NAME + slow.size(), listener);
    }
  }

  @Override
  public void setSlowMillis(long millis) {
    slowMillis = millis;
  }

  @Override
  public long[] getSlowTaken() {
    return each(SlowListener::taken);
  }

  @Override
  public long[] getSlowLost() {
    return each(SlowListener::lost);
  }

  private long[] each(ToLongFunction<SlowListener> count) {
    return slow.stream().mapToLong(count).toArray();
  }
}
