package io.tapeflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.trade.Instrument;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Jackson outlives this bundle, so nothing in it may hold the bundle's classes. */
class JsonLeakTest {
  @Test
  void writingJsonLeavesNoClassLoaderBehind() throws Exception {
    WeakReference<ClassLoader> gone = writeInALoaderOfItsOwn();

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(gone.get()).isNull();
            });
  }

  private static WeakReference<ClassLoader> writeInALoaderOfItsOwn() throws Exception {
    URL classes = Json.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader = new BundleLoader(classes)) {
      Method view =
          loader
              .loadClass("io.tapeflow.web.InstrumentView")
              .getDeclaredMethod("of", Instrument.class, String.class);
      view.setAccessible(true);
      Method bytes =
          loader.loadClass("io.tapeflow.web.Json").getDeclaredMethod("bytes", Object.class);
      bytes.setAccessible(true);
      assertThat(bytes.getDeclaringClass()).isNotEqualTo(Json.class);
      byte[] json = (byte[]) bytes.invoke(null, view.invoke(null, Samples.BTC, "BTCUSDT"));
      assertThat(new String(json, StandardCharsets.UTF_8)).contains("binance-spot:BTCUSDT");
      return new WeakReference<>(loader);
    }
  }

  /** Has classes of this package of its own, as a bundle does, and shares all others. */
  private static final class BundleLoader extends URLClassLoader {
    BundleLoader(URL classes) {
      super(new URL[] {classes}, JsonLeakTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.tapeflow.web.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }
  }
}
