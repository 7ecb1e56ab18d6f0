package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** Every jar that is shipped is a bundle that runs. */
public class BundlesIT extends ShippedIT {
  @Test
  public void everyShippedBundleIsActive() throws IOException {
    Map<String, String> states = new TreeMap<>();
    for (Path jar : ShippedHome.jars()) {
      states.put(jar.getFileName().toString(), stateOf(bundle(ShippedHome.location(jar))));
    }
    assertThat(states).containsKeys("io.tapeflow.api.jar", "io.tapeflow.stream.jar");
    assertThat(states).allSatisfy((jar, state) -> assertThat(state).isEqualTo("running"));
  }

  private Bundle bundle(String location) {
    return Arrays.stream(host().context().getBundles())
        .filter(installed -> installed.getLocation().equals(location))
        .findFirst()
        .orElseThrow(() -> new AssertionError(location + " is not installed"));
  }

  private static String stateOf(Bundle bundle) {
    boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
    int running = fragment ? Bundle.RESOLVED : Bundle.ACTIVE;
    return bundle.getState() == running ? "running" : "in state " + bundle.getState();
  }
}
