package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.FAIL;
import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.task.Heartbeat;
import io.tapeflow.api.task.TaskLedger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.Before;
import org.junit.Test;

/** A dead executor is found by check 1, and by no deadline that it should have kept. */
public class ExecutorsIT extends ShippedIT {
  private static final Duration FOUND_WITHIN = Heartbeat.LIMIT.plusSeconds(1);

  private Venue venue;
  private Verdicts verdicts;

  @Before
  public void open() {
    venue = Venue.generated(host(), "executors", 100, "BTCUSDT");
    verdicts = new Verdicts(host());
  }

  @Test
  public void deadControlThreadFailsCheckOne() {
    Stream stream = live("control");
    kill(stream, "tapeflow-control-");
    assertFound("tapeflow-control-" + stream.pid());
    assertEndsClean(stream);
  }

  @Test
  public void deadInputOutputFailsCheckOne() {
    Stream stream = live("io");
    kill(stream, "tapeflow-io-");
    assertFound("tapeflow-io-" + stream.pid());
    assertEndsClean(stream);
  }

  @Test
  public void deadWatchdogFailsCheckOne() {
    Stream stream = live("watchdog");
    // An interrupt would not do: it survives those.
    stream.ask(
        service -> {
          Insides.stop(service, "Watchdog");
          return true;
        });
    assertFound("tapeflow-watchdog-" + stream.pid());
    assertEndsClean(stream);
  }

  @Test
  public void verdictOnAnAttemptNeedsNeitherControlNorInputOutput() {
    venue.switchOn(FaultKind.NO_DATA);
    Map<String, Object> values = new HashMap<>(Stream.values(venue, "BTCUSDT"));
    values.put("connect.timeout.ms", 3_000L);
    Stream stream = Stream.open(host(), "frozen", values);
    stream.until("waiting", status -> status.phase() == ConnectionPhase.FIRST_DATA);
    kill(stream, "tapeflow-control-");
    kill(stream, "tapeflow-io-");

    StreamStatus status = stream.until("a verdict", now -> now.lastError() != null);

    assertThat(status.lastError().kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(status.lastError().phase()).isEqualTo(ConnectionPhase.FIRST_DATA);
    assertThat(status.attempts().failed()).isEqualTo(1);
    assertFound("tapeflow-control-" + stream.pid());
    assertEndsClean(stream);
  }

  private Stream live(String name) {
    Stream stream = Stream.to(venue, host(), name, "BTCUSDT");
    stream.awaitLive();
    verdicts.await(1, PASS);
    return stream;
  }

  private void kill(Stream stream, String executor) {
    host().askAll(TaskLedger.class, null, ledger -> ledger).stream()
        .filter(ledger -> ledger.status().owner().endsWith(stream.pid()))
        .forEach(ledger -> Insides.kill(Insides.executor(ledger, executor + stream.pid())));
  }

  private void assertFound(String executor) {
    verdicts.await(1, FAIL, FOUND_WITHIN);
    assertThat(verdicts.report().rootCause()).startsWith("An executor is dead");
    Awaitility.await(executor + " in the evidence of check 1")
        .atMost(FOUND_WITHIN)
        .until(() -> verdicts.check(1).evidence().stream().anyMatch(it -> it.contains(executor)));
  }

  /** What is broken can still be stopped, and leaves nothing behind. */
  private void assertEndsClean(Stream stream) {
    stream.close();
    verdicts.await(1, PASS);
    verdicts.await(3, PASS);
    assertThat(Threads.of(stream.pid())).isEmpty();
  }
}
