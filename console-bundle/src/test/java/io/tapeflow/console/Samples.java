package io.tapeflow.console;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.stream.DelayCounts;
import io.tapeflow.api.stream.FeedLatency;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.task.CloseReport;
import io.tapeflow.api.task.Heartbeat;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.task.TaskInfo;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.tasks.Clock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What services say, made by hand. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-01-04T12:00:00Z");
  static final Instrument BTC = new Instrument("binance-spot", "BTCUSDT", 2, 5);
  static final Instrument ETH = new Instrument("binance-spot", "ETHUSDT", 2, 4);
  static final Clock CLOCK = clockAt(NOW);

  private Samples() {}

  static Clock clockAt(Instant at) {
    return new Clock() {
      @Override
      public long nanos() {
        return 0;
      }

      @Override
      public long wallMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
      }
    };
  }

  static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  /** Trades with the ids from 101 on, in history. */
  static InstrumentStatus account(
      Instrument instrument, InstrumentState state, long delivered, long unrepaired) {
    return new InstrumentStatus(
        instrument,
        state,
        "",
        delivered == 0 ? -1 : 101,
        delivered == 0 ? -1 : 100 + delivered + unrepaired,
        delivered,
        delivered,
        3,
        2,
        unrepaired == 0 ? 0 : 1,
        0,
        0,
        0,
        unrepaired,
        0,
        state == InstrumentState.LIVE ? 1 : 0,
        0,
        delivered == 0 ? null : NOW.minusMillis(250),
        delivered == 0 ? null : NOW.minusMillis(200),
        seconds(35),
        delivered,
        48 * delivered,
        delivered == 0
            ? FeedLatency.NONE
            : new FeedLatency(
                delivered,
                Duration.ofMillis(4),
                Duration.ofMillis(80),
                Duration.ofMillis(1_250),
                DelayCounts.NONE));
  }

  static InstrumentStatus live(Instrument instrument) {
    return account(instrument, InstrumentState.LIVE, 1_000, 0);
  }

  static LedgerStatus ledger(String owner, Heartbeat... heartbeats) {
    return new LedgerStatus(
        owner, 6, 1, 3, 0, List.of(task("a"), task("b")), List.of(), List.of(heartbeats), null, 0);
  }

  static TaskInfo task(String name) {
    return new TaskInfo("thread", name, seconds(7));
  }

  static Heartbeat beat(double age) {
    return new Heartbeat("watchdog", seconds(age));
  }

  static LedgerStatus closedLedger(String owner, double took, int abandoned, long lateCallbacks) {
    return new LedgerStatus(
        owner,
        5,
        1,
        4 - abandoned,
        0,
        List.of(),
        java.util.Collections.nCopies(abandoned, task("stuck")),
        List.of(),
        new CloseReport(NOW.minusSeconds(3), seconds(took), seconds(5), 3, 1, abandoned),
        lateCallbacks);
  }

  static ClosedScopes closed(LedgerStatus... accounts) {
    return new ClosedScopes(
        Arrays.stream(accounts).map(it -> new ClosedScope(NOW.minusSeconds(1), it)).toList(),
        0,
        0,
        0);
  }

  static MetricSnapshot snapshot(Instrument instrument, MetricStatus status, MetricStatus... of) {
    Map<String, MetricValue> metrics = new LinkedHashMap<>();
    for (int i = 0; i < of.length; i++) {
      String name = "delta." + 30 * (i + 1) + "s";
      BigDecimal value = of[i] == MetricStatus.OK ? new BigDecimal("-1.50000") : null;
      metrics.put(
          name,
          new MetricValue(
              name,
              value,
              of[i],
              "",
              NOW,
              seconds(30),
              true,
              101,
              1_100,
              List.of(),
              0,
              Provenance.AGGRESSOR_EXACT));
    }
    String reason = status == MetricStatus.OK ? "" : "because of " + status;
    return new MetricSnapshot(
        instrument.key(), status, reason, NOW, 1_100, seconds(0), seconds(0), metrics);
  }

  static ListenerStatus listener(long lost, long failures) {
    return new ListenerStatus(
        "metrics",
        1_000,
        0,
        lost,
        failures,
        failures == 0 ? null : "boom",
        Duration.ZERO,
        DelayCounts.NONE);
  }

  /** An observation in which all six checks pass; tests take from it. */
  static Seen well() {
    return new Seen()
        .streams(new StreamSample().live(live(BTC)).status())
        .ledgers(ledger("stream", beat(0.3)))
        .closed(closed(closedLedger("metrics", 0.2, 0, 0)))
        .snapshots(snapshot(BTC, MetricStatus.OK, MetricStatus.OK, MetricStatus.WARMING_UP));
  }

  /** Builds an observation. */
  static final class Seen {
    private List<StreamStatus> streams = List.of();
    private List<ListenerStatus> listeners = List.of(listener(0, 0));
    private List<LedgerStatus> ledgers = List.of();
    private ClosedScopes closed = ClosedScopes.NONE;
    private boolean orderFlow = true;
    private final Map<String, MetricSnapshot> snapshots = new LinkedHashMap<>();
    private List<Observation.Fault> faults = List.of();
    private Instant at = NOW;

    Seen streams(StreamStatus... of) {
      streams = List.of(of);
      return this;
    }

    Seen listeners(ListenerStatus... of) {
      listeners = List.of(of);
      return this;
    }

    Seen ledgers(LedgerStatus... of) {
      ledgers = List.of(of);
      return this;
    }

    Seen closed(ClosedScopes of) {
      closed = of;
      return this;
    }

    Seen noOrderFlow() {
      orderFlow = false;
      snapshots.clear();
      return this;
    }

    Seen snapshots(MetricSnapshot... of) {
      snapshots.clear();
      for (MetricSnapshot snapshot : of) {
        snapshots.put(snapshot.instrument(), snapshot);
      }
      return this;
    }

    Seen fault(int check, String sentence) {
      faults = List.of(new Observation.Fault(check, sentence));
      return this;
    }

    Seen at(Instant when) {
      at = when;
      return this;
    }

    Observation observation() {
      return new Observation(
          at, streams, true, listeners, ledgers, closed, orderFlow, snapshots, faults);
    }
  }
}
