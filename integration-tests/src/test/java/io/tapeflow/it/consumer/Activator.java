package io.tapeflow.it.consumer;

import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/**
 * All of a host's bundle: registers a listener, and passes what it is told on to a service of the
 * test's, on the thread on which it is told. It unregisters nothing; that its bundle stops must be
 * enough.
 */
public final class Activator implements BundleActivator, TradeListener {
  private BiConsumer<Object, long[]> ear;

  @Override
  @SuppressWarnings("unchecked") // there is no other such service
  public void start(BundleContext context) {
    ServiceReference<?> reference = context.getServiceReference(BiConsumer.class);
    ear = (BiConsumer<Object, long[]>) context.getService(reference);
    ear.accept("start", new long[0]);
    Map<String, Object> properties = new HashMap<>();
    for (String key : new String[] {INSTRUMENTS, FROM_HISTORY, NAME}) {
      properties.put(key, reference.getProperty(key));
    }
    context.registerService(TradeListener.class, this, FrameworkUtil.asDictionary(properties));
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public void onTrades(TradeBatch trades) {
    ear.accept("trades", IntStream.range(0, trades.size()).mapToLong(trades::id).toArray());
  }

  @Override
  public void onGap(TradeGap gap) {
    ear.accept(gap.cause().name(), new long[] {gap.firstId(), gap.lastId()});
  }
}
