package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.trade.Instrument;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.osgi.framework.ServiceObjects;

/**
 * A real day, three ways: live through the socket, as an archive that is replayed, and in a batch
 * of trades that the test itself has read. At the same trade, all metrics of all families that are
 * shipped are the same, to the last digit.
 */
@RunWith(Recordings.class)
public class ParityIT extends ShippedIT {
  private static final String SYMBOL = "BTCUSDT";
  private static final Path ARCHIVE =
      Recordings.file("BTCUSDT-aggTrades-derived-2019-05-26.csv.gz");
  private static final long LAST_ID = 163_701;
  private static final Duration PLAYED_WITHIN = Duration.ofMinutes(10);

  /** Live snapshots are taken at least so many trades apart. */
  private static final long APART = 8_000;

  /** Of the lines of the replay, one a minute, so many are compared. */
  private static final int LINES = 40;

  @Test
  public void liveReplayedAndInABatchTheSameTradeGivesTheSameSnapshot() throws IOException {
    Path out = ShippedHome.work("parity").resolve("replay.jsonl");
    Venue venue =
        Venue.open(
            host(),
            "parity",
            Map.of(
                "archive",
                ARCHIVE.toString(),
                "archive.symbol",
                SYMBOL,
                "speed",
                "max",
                "weight.per.minute",
                1_000_000));
    host().configureOnly("io.tapeflow.web.replay", Map.of("symbol", SYMBOL, "out", out.toString()));
    Awaitility.await("the replay's listener")
        .atMost(Host.PATIENCE)
        .until(() -> host().has(Function.class, "(tapeflow.role=replay)"));
    Map<String, Object> values = Stream.values(venue, SYMBOL);
    // A day goes by in seconds: whoever falls behind must find it in history.
    values.put("history.seconds", 86_400L);
    Stream stream = Stream.open(host(), "parity", values);
    List<MetricSnapshot> live = follow();
    Awaitility.await("the end of the replay")
        .atMost(PLAYED_WITHIN)
        .until(() -> Boolean.TRUE.equals(replay("progress").get("arrived")));
    assertThat(replay("finish")).containsEntry("problem", "");

    Instrument instrument = stream.instrument(SYMBOL).instrument();
    ArchivedTrades trades = ArchivedTrades.read(ARCHIVE, instrument);
    assertThat(trades.size()).isEqualTo(LAST_ID);
    assertLive(live, trades);
    assertReplayed(Files.readAllLines(out), trades);
  }

  /** Live snapshots, as the trades flow. */
  private List<MetricSnapshot> follow() {
    List<MetricSnapshot> taken = new ArrayList<>();
    Awaitility.await("trade " + LAST_ID)
        .atMost(PLAYED_WITHIN)
        .until(
            () -> {
              MetricSnapshot now = Metrics.of(host(), SYMBOL);
              long last = taken.isEmpty() ? 0 : taken.get(taken.size() - 1).lastTradeId();
              if (now.lastTradeId() >= last + APART || now.lastTradeId() == LAST_ID) {
                taken.add(now);
              }
              return now.lastTradeId() == LAST_ID;
            });
    return taken;
  }

  private void assertLive(List<MetricSnapshot> live, ArchivedTrades trades) {
    inABatch(
        batch -> {
          long done = 0;
          for (MetricSnapshot snapshot : live) {
            batch.trades(trades.between(done, snapshot.lastTradeId()));
            done = snapshot.lastTradeId();
            assertSame(snapshot, batch.snapshot(SYMBOL, snapshot.asOf()));
          }
        });
  }

  private void assertReplayed(List<String> lines, ArchivedTrades trades) {
    assertThat(lines.size()).isGreaterThan(1_000);
    inABatch(
        batch -> {
          long done = 0;
          int step = lines.size() / LINES;
          for (int i = lines.size() % step - 1; i < lines.size(); i += step) {
            String line = lines.get(Math.max(i, 0));
            long last = Long.parseLong(line.replaceFirst(".*?\"lastTradeId\":(\\d+).*", "$1"));
            batch.trades(trades.between(done, last));
            done = last;
            assertWritten(line, batch.snapshot(SYMBOL), batch.metrics(SYMBOL));
          }
          assertThat(done).isEqualTo(LAST_ID);
        });
  }

  private static void assertSame(MetricSnapshot live, MetricSnapshot batched) {
    assertThat(live.metrics().size()).isGreaterThan(200);
    assertThat(batched.metrics().keySet()).isEqualTo(live.metrics().keySet());
    assertThat(batched.lastTradeId()).isEqualTo(live.lastTradeId());
    assertThat(batched.asOf()).isEqualTo(live.asOf());
    live.metrics()
        .forEach(
            (name, value) ->
                assertThat(batched.metric(name))
                    .as("%s at %s", name, live.lastTradeId())
                    .isEqualTo(value));
    assertThat(live.metrics().values().stream().filter(MetricValue::usable).count())
        .as("usable metrics at %s", live.lastTradeId())
        .isGreaterThan(10);
  }

  /** The line has each metric with its value, unit and status, in the snapshot's order. */
  private static void assertWritten(String line, MetricSnapshot batched, List<MetricInfo> infos) {
    assertThat(batched.status()).isNotEqualTo(MetricStatus.NO_DATA);
    Map<String, MetricInfo> known = new HashMap<>();
    infos.forEach(info -> known.put(info.name(), info));
    int from = 0;
    for (MetricValue value : batched.metrics().values()) {
      String expected =
          "\"%s\":{\"value\":%s,\"unit\":\"%s\",\"status\":\"%s\",\"reason\":\"%s\""
              .formatted(
                  value.name(),
                  json(value.value()),
                  known.get(value.name()).unit(),
                  value.status(),
                  value.reason());
      int at = line.indexOf(expected, from);
      assertThat(at)
          .withFailMessage(
              () -> "at %d: %s is not in the line".formatted(batched.lastTradeId(), expected))
          .isNotNegative();
      from = at;
    }
  }

  private static String json(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof BigDecimal number) {
      return '"' + number.toPlainString() + '"';
    }
    if (value instanceof MetricRow row) {
      return row.fields().entrySet().stream()
          .map(field -> '"' + field.getKey() + "\":" + json(field.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> rows) {
      return rows.stream().map(ParityIT::json).collect(Collectors.joining(",", "[", "]"));
    }
    return '"' + value.toString() + '"';
  }

  @SuppressWarnings("unchecked") // a map of words and numbers, as the launcher takes it
  private Map<String, Object> replay(String command) {
    return host()
        .ask(
            Function.class,
            "(tapeflow.role=replay)",
            function -> (Map<String, Object>) function.apply(command));
  }

  private void inABatch(Consumer<OrderFlowBatch> work) {
    ServiceObjects<OrderFlowBatch> objects =
        host()
            .context()
            .getServiceObjects(host().context().getServiceReference(OrderFlowBatch.class));
    OrderFlowBatch batch = objects.getService();
    try {
      work.accept(batch);
    } finally {
      objects.ungetService(batch);
    }
  }
}
