package io.tapeflow.console;

import io.tapeflow.tasks.Clock;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What the services said a moment ago, so that several who ask at once do not each ask them all.
 */
@Component(service = RecentObservation.class)
public final class RecentObservation {
  private static final long KEPT_NANOS = Duration.ofMillis(500).toNanos();

  private final LiveServices services;
  private final Scopes scopes;
  private final Clock clock;
  private Observation last;
  private long lastNanos;

  /** Uses the machine's clock. */
  @Activate
  public RecentObservation(@Reference LiveServices services, @Reference Scopes scopes) {
    this(services, scopes, Clock.SYSTEM);
  }

  RecentObservation(LiveServices services, Scopes scopes, Clock clock) {
    this.services = services;
    this.scopes = scopes;
    this.clock = clock;
  }

  LiveServices services() {
    return services;
  }

  Observation get() {
    long now = clock.nanos();
    synchronized (this) {
      if (last != null && now - lastNanos < KEPT_NANOS) {
        return last;
      }
    }
    // Without the lock, because it asks services of others; two at once do no harm.
    Observation seen = Observation.of(services, scopes, clock.now());
    synchronized (this) {
      last = seen;
      lastNanos = now;
    }
    return seen;
  }
}
