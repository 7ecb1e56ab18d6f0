package io.tapeflow.console;

import io.tapeflow.api.stream.ListenerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether listeners keep up and lose nothing. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Tapeflow: consumers",
      HealthCheck.TAGS + "=tapeflow",
      HealthCheck.TAGS + "=consumers",
      HealthCheck.MBEAN_NAME + "=TapeflowConsumers"
    })
public final class ConsumersHealth extends Health {
  private static final Duration LONG_CALL = Duration.ofSeconds(10);

  /** How long a loss is worth a warning. */
  private static final Duration RECENT = Duration.ofMinutes(10);

  private final Map<String, Harm> harms = new HashMap<>();

  /** What a listener has lost or failed in, and when that last grew. */
  private record Harm(long lost, long failures, Instant at) {}

  /** Looks at what the services say. */
  @Activate
  public ConsumersHealth(@Reference RecentObservation recent) {
    super(recent);
  }

  @Override
  synchronized void examine(Observation seen, ResultLog log) {
    if (seen.delivery() && seen.listeners().isEmpty()) {
      enter(log, Result.Status.WARN, "No listener receives trades.");
    }
    seen.listeners().forEach(listener -> examine(listener, seen.at(), log));
    harms.keySet().retainAll(seen.listeners().stream().map(ListenerStatus::name).toList());
  }

  private void examine(ListenerStatus it, Instant at, ResultLog log) {
    Harm before = harms.get(it.name());
    boolean grew =
        before == null
            ? it.lost() > 0 || it.failures() > 0
            : it.lost() > before.lost() || it.failures() > before.failures();
    Harm harm = grew || before == null ? new Harm(it.lost(), it.failures(), at) : before;
    harms.put(it.name(), harm);
    if (it.inCallFor().compareTo(LONG_CALL) > 0) {
      enter(
          log,
          Result.Status.WARN,
          "Listener %s has been in one call for %s; %s trades wait."
              .formatted(it.name(), Words.seconds(it.inCallFor()), it.lag()));
    } else if ((harm.lost() > 0 || harm.failures() > 0)
        && Duration.between(harm.at(), at).compareTo(RECENT) < 0) {
      enter(
          log,
          Result.Status.WARN,
          "Listener %s has lost %s trades and failed %s times; %s wait."
              .formatted(it.name(), it.lost(), it.failures(), it.lag()));
    } else {
      enter(
          log,
          Result.Status.OK,
          "Listener %s took %s trades; %s wait.".formatted(it.name(), it.delivered(), it.lag()));
    }
  }
}
