package io.tapeflow.it;

import java.lang.ref.WeakReference;
import org.awaitility.Awaitility;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** The class loader that a bundle has now, to be seen to go when the bundle has another one. */
final class LoaderWatch {
  private final String bundle;
  private final WeakReference<ClassLoader> loader;

  private LoaderWatch(Bundle bundle) {
    this.bundle = bundle.getSymbolicName();
    this.loader = new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
  }

  static LoaderWatch of(Bundle bundle) {
    return new LoaderWatch(bundle);
  }

  /** Waits until nothing holds it any more. */
  void awaitCollected() {
    Awaitility.await("the class loader of " + bundle + " is collected")
        .atMost(Host.PATIENCE)
        .until(
            () -> {
              System.gc();
              return loader.get() == null;
            });
  }
}
