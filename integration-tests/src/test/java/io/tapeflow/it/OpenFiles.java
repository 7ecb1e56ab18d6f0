package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.awaitility.Awaitility;

/** The sockets, selectors and files that this JVM holds, where the system counts them. */
final class OpenFiles {
  private final long baseline = count();

  private OpenFiles() {}

  /** What is open now is the baseline. */
  static OpenFiles now() {
    return new OpenFiles();
  }

  /** Waits until no more are open than at the baseline. */
  void awaitNoMore() {
    Awaitility.await("open files")
        .atMost(Host.PATIENCE)
        .untilAsserted(() -> assertThat(count()).as("open files").isLessThanOrEqualTo(baseline));
  }

  private static long count() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      return system.getOpenFileDescriptorCount();
    }
    return 0;
  }
}
