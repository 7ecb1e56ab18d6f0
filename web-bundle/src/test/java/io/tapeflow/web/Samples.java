package io.tapeflow.web;

import io.tapeflow.api.metrics.IdRange;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.DelayCounts;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.FeedLatency;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StateChange;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.stream.VenueClock;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.api.verification.CheckResult;
import io.tapeflow.api.verification.CheckStatus;
import io.tapeflow.api.verification.ReportFormat;
import io.tapeflow.api.verification.Verification;
import io.tapeflow.api.verification.VerificationReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services that say what they are told to. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-01-04T12:00:00Z");
  static final Instrument BTC = new Instrument("binance-spot", "BTCUSDT", 2, 5);
  static final Instrument ETH = new Instrument("binance-spot", "ETHUSDT", 2, 4);
  static final Instrument SOL = new Instrument("binance-spot", "SOLUSDT", 2, 3);
  static final Instrument OTHER_ETH = new Instrument("other", "ETHUSDT", 2, 4);

  /** Of 10 trades: 7 within 1 ms, 2 within 25 ms, 1 longer than a minute. */
  static final DelayCounts DELAYS =
      new DelayCounts(
          List.of(7L, 0L, 0L, 0L, 2L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L),
          Duration.ofMillis(61_040));

  private Samples() {}

  static InstrumentStatus account(Instrument instrument, InstrumentState state, long delivered) {
    return new InstrumentStatus(
        instrument,
        state,
        state == InstrumentState.LIVE ? "" : "because of " + state,
        delivered == 0 ? -1 : 1,
        delivered == 0 ? -1 : delivered,
        delivered + 1,
        delivered,
        1,
        2,
        3,
        4,
        0,
        delivered == 0 ? 0 : 2,
        5,
        8,
        6,
        7,
        delivered == 0 ? null : NOW.minusMillis(250),
        delivered == 0 ? null : NOW,
        Duration.ofMillis(35_500),
        delivered,
        48 * delivered,
        delivered == 0
            ? FeedLatency.NONE
            : new FeedLatency(
                delivered,
                Duration.ofMillis(4),
                Duration.ofMillis(80),
                Duration.ofMillis(1_250),
                DELAYS));
  }

  /** One that backs off after two attempts. */
  static StreamStatus backingOff(String id, InstrumentStatus... instruments) {
    return new StreamStatus(
        id,
        "binance-spot",
        "ws://127.0.0.1:9443",
        StreamState.BACKING_OFF,
        NOW,
        null,
        2,
        Duration.ofSeconds(10),
        new ConnectionError(ErrorKind.TIMEOUT, ConnectionPhase.UPGRADE, "no answer", 0, NOW),
        NOW.plusSeconds(2),
        0,
        0,
        null,
        new StreamStatus.Attempts(2, 0, 2, 0),
        7,
        "no price",
        null,
        List.of(),
        List.of(instruments),
        List.of(new StateChange(NOW, StreamState.BACKING_OFF, "for 2000 ms")),
        Map.of());
  }

  static StreamStatus live(String id, InstrumentStatus... instruments) {
    return new StreamStatus(
        id,
        "binance-spot",
        "ws://127.0.0.1:9443",
        StreamState.LIVE,
        NOW,
        null,
        0,
        Duration.ofSeconds(10),
        null,
        null,
        1,
        1,
        NOW.plusSeconds(80_000),
        new StreamStatus.Attempts(1, 1, 0, 0),
        0,
        null,
        new VenueClock(Duration.ofMillis(-1_500), Duration.ofMillis(40), NOW.minusSeconds(9)),
        List.of(
            new BudgetStatus(
                "REST weight",
                "host",
                1_800,
                1_800,
                Duration.ofMinutes(1),
                NOW.plusSeconds(7),
                "wait")),
        List.of(instruments),
        List.of(),
        Map.of());
  }

  static MetricSnapshot snapshot(Instrument instrument) {
    Map<String, MetricValue> metrics = new LinkedHashMap<>();
    add(metrics, "delta.60s", new BigDecimal("-1.2E+3"), MetricStatus.OK);
    add(metrics, "dominant.60s", "SELL", MetricStatus.OK);
    add(metrics, "delta.300s", null, MetricStatus.WARMING_UP);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("price", new BigDecimal("1E+2"));
    row.put("side", "BUY");
    add(metrics, "zones.60s", List.of(new MetricRow(row)), MetricStatus.OK);
    metrics.put(
        "cvd.start",
        new MetricValue(
            "cvd.start",
            new BigDecimal("7.50"),
            MetricStatus.OK,
            "",
            NOW,
            Duration.ofSeconds(90),
            false,
            1,
            30,
            List.of(new IdRange(4, 6)),
            2,
            Provenance.ESTIMATED_BVC));
    return new MetricSnapshot(
        instrument.key(),
        MetricStatus.OK,
        "",
        NOW,
        30,
        Duration.ofMillis(1_500),
        Duration.ofMillis(-20),
        metrics);
  }

  private static void add(
      Map<String, MetricValue> metrics, String name, Object value, MetricStatus status) {
    String reason = status == MetricStatus.OK ? "" : "35.5 s of 300 s";
    metrics.put(
        name,
        new MetricValue(
            name,
            value,
            status,
            reason,
            NOW,
            Duration.ofMillis(35_500),
            true,
            value == null ? -1 : 1,
            value == null ? -1 : 30,
            List.of(),
            0,
            Provenance.AGGRESSOR_EXACT));
  }

  record FakeStream(StreamStatus status, TradeHistory history) implements TradeStream {
    @Override
    public void reconnect() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<TradeHistory> history(String name) {
      return Optional.ofNullable(history).filter(it -> it.instrument().isCalled(name));
    }
  }

  record FakeOrderFlow(List<Instrument> instruments) implements OrderFlow {
    @Override
    public MetricSnapshot snapshot(String name) {
      return instruments.stream()
          .filter(it -> it.key().equals(name))
          .findFirst()
          .map(Samples::snapshot)
          .orElseGet(
              () ->
                  new MetricSnapshot(
                      name,
                      MetricStatus.UNKNOWN_INSTRUMENT,
                      "nobody",
                      null,
                      -1,
                      Duration.ZERO,
                      Duration.ZERO,
                      Map.of()));
    }

    @Override
    public List<MetricInfo> metrics(String name) {
      return List.of(new MetricInfo("delta.60s", "base", "Bought - sold volume"));
    }
  }

  static final class FakeVerification implements Verification {
    @Override
    public VerificationReport verify() {
      return new VerificationReport(
          NOW,
          List.of(
              new CheckResult(
                  1, "No task destroyed", CheckStatus.FAIL, NOW, List.of("gone"), List.of())),
          CheckStatus.FAIL.name());
    }

    @Override
    public String write(VerificationReport report, ReportFormat format) {
      return """
      {"at":"%s","rootCause":"%s","checks":[
        {"id":1,"name":"No task destroyed","status":"FAIL","since":"%s",
         "evidence":["written as %s"],"timeline":[]}]}
      """
          .formatted(report.at(), report.rootCause(), report.at(), format);
    }

    @Override
    public String shutdownReport() {
      throw new UnsupportedOperationException();
    }
  }

  /** Trades with the ids from 1 on; every third one was repaired. */
  record FakeHistory(Instrument instrument, int count) implements TradeHistory {
    @Override
    public TradeBatch latest(int most) {
      int size = Math.min(most, count);
      return new FakeBatch(instrument, count - size + 1, size);
    }

    @Override
    public TradeBatch from(long firstId, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<TradeGap> gaps(long firstId, long lastId) {
      return List.of();
    }

    @Override
    public long size() {
      return count;
    }

    @Override
    public long bytes() {
      return 48L * count;
    }
  }

  record FakeBatch(Instrument instrument, long first, int size) implements TradeBatch {
    @Override
    public long id(int index) {
      return first + index;
    }

    @Override
    public long price(int index) {
      return 6_401_230L + index;
    }

    @Override
    public long quantity(int index) {
      return 1;
    }

    @Override
    public long timeMicros(int index) {
      return 1_767_528_000_120_000L + index;
    }

    @Override
    public long receivedMicros(int index) {
      return timeMicros(index) + 900;
    }

    @Override
    public Side aggressor(int index) {
      return id(index) % 2 == 0 ? Side.BUY : Side.SELL;
    }

    @Override
    public int fills(int index) {
      return 2;
    }

    @Override
    public boolean repaired(int index) {
      return id(index) % 3 == 0;
    }

    @Override
    public boolean block(int index) {
      return false;
    }
  }
}
