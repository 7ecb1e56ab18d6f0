package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;

/** The ways in which a bundle is exchanged while everything runs. */
enum Redeploy {
  /** It is stopped and started: the same classes, new objects. */
  RESTART {
    @Override
    void change(Bundle bundle) throws BundleException {
      bundle.stop();
      bundle.start();
    }
  },

  /** It gets a jar anew: new classes. */
  UPDATE {
    @Override
    void change(Bundle bundle) throws BundleException {
      String jar = bundle.getSymbolicName() + ".jar";
      try (InputStream bytes = Files.newInputStream(ShippedHome.jar(jar))) {
        bundle.update(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },

  /** The framework resolves it anew: new classes. */
  REFRESH {
    @Override
    void change(Bundle bundle) {
      refresh(bundle.getBundleContext(), List.of(bundle));
    }
  };

  abstract void change(Bundle bundle) throws BundleException;

  /** Has bundles resolved anew, and waits for it. */
  static void refresh(BundleContext context, Collection<Bundle> bundles) {
    CountDownLatch done = new CountDownLatch(1);
    context
        .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
        .adapt(FrameworkWiring.class)
        .refreshBundles(bundles, event -> done.countDown());
    try {
      assertThat(done.await(Host.PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("refreshed").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }
}
