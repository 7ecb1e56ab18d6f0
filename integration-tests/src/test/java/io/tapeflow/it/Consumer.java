package io.tapeflow.it;

import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.stream.TradeDelivery;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.it.consumer.Activator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * A listener in a bundle of its own, made and installed on the spot. It begins with the oldest
 * trade each time the bundle starts; what it hears is kept here, and it can be had to hang.
 */
final class Consumer implements AutoCloseable, BiConsumer<Object, long[]> {
  static final String NAME = "consumer";

  private final Host host;
  private final ServiceRegistration<?> ear;
  private final List<String> faults = new ArrayList<>();
  private final List<Long> lost = new ArrayList<>();
  private Bundle bundle;
  private boolean closed;
  private volatile CountDownLatch goOn = new CountDownLatch(0);
  private long firstId = -1;
  private long lastId = -1;

  private Consumer(Host host, String instrument) {
    this.host = host;
    this.ear =
        host.context()
            .registerService(
                BiConsumer.class.getName(),
                this,
                FrameworkUtil.asDictionary(
                    Map.of(
                        TradeListener.INSTRUMENTS,
                        instrument,
                        TradeListener.FROM_HISTORY,
                        true,
                        TradeListener.NAME,
                        NAME)));
  }

  /** Installs and starts the bundle, which stays until the test ends or uninstalls it. */
  static Consumer start(Host host, String instrument) throws BundleException {
    Consumer consumer = host.owns(new Consumer(host, instrument));
    consumer.bundle = host.context().installBundle("consumer.jar", jar());
    consumer.bundle.start();
    return consumer;
  }

  Bundle bundle() {
    return bundle;
  }

  void update() throws BundleException {
    bundle.update(jar());
  }

  /** From now on no call returns, whatever is done to its thread. */
  void hang() {
    goOn = new CountDownLatch(1);
  }

  void goOn() {
    goOn.countDown();
  }

  /** How delivery to it goes; empty if there is none. */
  Optional<ListenerStatus> delivery() {
    return host.ask(TradeDelivery.class, TradeDelivery::listeners).stream()
        .filter(listener -> listener.name().equals(NAME))
        .findFirst();
  }

  /** Called by the listener, on its thread. */
  @Override
  public void accept(Object what, long[] ids) {
    hear(what.toString(), ids);
    boolean interrupted = false;
    while (goOn.getCount() > 0) {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void hear(String what, long[] ids) {
    if (what.equals("start")) {
      firstId = -1;
      lastId = -1;
      return;
    }
    long first = ids[0];
    long last = ids[ids.length - 1];
    if (firstId < 0) {
      firstId = first;
    } else if (first != lastId + 1) {
      faults.add(first + " behind " + lastId);
    }
    if (what.equals(TradeGap.Cause.LISTENER_TOO_SLOW.name())) {
      lost.add(last - first + 1);
    } else if (!what.equals("trades") || last - first + 1 != ids.length) {
      faults.add(what + ' ' + first + " to " + last);
    }
    lastId = last;
  }

  /** All that was not in order, in any of its lives. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /** The trades that it was told it lost by being slow. */
  synchronized long lost() {
    return lost.stream().mapToLong(Long::longValue).sum();
  }

  synchronized long firstId() {
    return firstId;
  }

  synchronized long lastId() {
    return lastId;
  }

  /** Has the bundle and its classes go. */
  void uninstall() throws BundleException {
    bundle.uninstall();
    Redeploy.refresh(host.context(), null);
  }

  @Override
  public void close() throws BundleException {
    if (closed) {
      return;
    }
    closed = true;
    goOn();
    if (bundle != null && bundle.getState() != Bundle.UNINSTALLED) {
      uninstall();
    }
    ear.unregister();
  }

  private static InputStream jar() {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, NAME);
    headers.putValue(Constants.BUNDLE_ACTIVATOR, Activator.class.getName());
    headers.putValue(Constants.IMPORT_PACKAGE, "org.osgi.framework,io.tapeflow.api.trade");
    String entry = Activator.class.getName().replace('.', '/') + ".class";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
        InputStream code = Consumer.class.getClassLoader().getResourceAsStream(entry)) {
      jar.putNextEntry(new ZipEntry(entry));
      code.transferTo(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
