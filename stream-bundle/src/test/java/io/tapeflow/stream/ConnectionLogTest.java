package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.StateChange;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionLogTest {
  private final ManualClock clock = new ManualClock();
  private final ConnectionLog log = new ConnectionLog("pid", clock);

  @Test
  void aLifeIsToldInOrder() {
    log.connecting("ws://venue");
    log.reached(ConnectionPhase.TCP);
    assertThat(status().phase()).isEqualTo(ConnectionPhase.TCP);
    log.attemptFailed(new Faults(ErrorKind.TIMEOUT, "no connection"), ConnectionPhase.TCP);
    log.backingOff(Duration.ofMillis(250));
    assertThat(status().phase()).isNull();
    assertThat(status().nextRetryAt()).isEqualTo(clock.now().plusMillis(250));
    log.connecting("ws://venue");
    assertThat(status().attempt()).isEqualTo(2);
    log.reached(ConnectionPhase.FIRST_DATA);
    log.live("trades flow");
    log.lost(new Faults(ErrorKind.IDLE, "no trade"));
    log.stopping();
    log.stopped();

    assertThat(status().timeline())
        .extracting(StateChange::state)
        .containsExactly(
            StreamState.CONNECTING,
            StreamState.BACKING_OFF,
            StreamState.CONNECTING,
            StreamState.CONNECTING,
            StreamState.LIVE,
            StreamState.STALLED,
            StreamState.STOPPING,
            StreamState.STOPPED);
    assertThat(status().attempts()).isEqualTo(new StreamStatus.Attempts(2, 1, 1, 0));
  }

  @Test
  void newsOfAPhaseThatATradeHasOvertakenChangesNothing() {
    log.connecting("ws://venue");
    log.live("trades flow");
    log.reached(ConnectionPhase.FIRST_DATA);
    assertThat(status().state()).isEqualTo(StreamState.LIVE);
    assertThat(status().phase()).isNull();
  }

  @Test
  void eachAttemptHasItsOwnBeginning() {
    log.connecting("ws://venue");
    clock.pass(Duration.ofSeconds(9));
    log.connecting("ws://venue");
    assertThat(status().since()).isEqualTo(clock.now());
  }

  @Test
  void aRefusalLeavesWhatRuns() {
    log.connecting("ws://venue");
    log.live("trades flow");
    log.note("configuration refused");
    assertThat(status().state()).isEqualTo(StreamState.LIVE);
    assertThat(status().timeline().get(2).detail()).isEqualTo("configuration refused");
    log.refused("no such venue");
    assertThat(status().state()).isEqualTo(StreamState.STOPPED);
    assertThat(status().lastError().kind()).isEqualTo(ErrorKind.CONFIGURATION);
  }

  @Test
  void theTimelineIsBounded() {
    for (int i = 0; i < 500; i++) {
      log.note("line " + i);
    }
    assertThat(status().timeline()).hasSizeLessThanOrEqualTo(50);
    assertThat(status().timeline().get(status().timeline().size() - 1).detail())
        .isEqualTo("line 499");
  }

  private StreamStatus status() {
    return log.status(
        "venue",
        "ws://venue",
        Duration.ofSeconds(10),
        0,
        null,
        null,
        List.of(),
        List::of,
        Map.of());
  }

  private static final class ManualClock implements Clock {
    private long nanos;

    void pass(Duration time) {
      nanos += time.toNanos();
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public long wallMicros() {
      return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
  }
}
