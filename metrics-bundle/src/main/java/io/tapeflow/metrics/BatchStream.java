package io.tapeflow.metrics;

import io.tapeflow.api.stream.FeedLatency;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stands where the engine expects a stream: whatever it carries is live, and it keeps nothing. */
final class BatchStream implements TradeStream {
  private final Map<Instrument, InstrumentStatus> carried = new LinkedHashMap<>();

  void carry(Instrument instrument) {
    carried.computeIfAbsent(instrument, BatchStream::live);
  }

  @Override
  public StreamStatus status() {
    return new StreamStatus(
        "batch",
        "batch",
        "none",
        StreamState.LIVE,
        Instant.EPOCH,
        null,
        0,
        Duration.ZERO,
        null,
        null,
        0,
        0,
        null,
        new StreamStatus.Attempts(0, 0, 0, 0),
        0,
        null,
        null,
        List.of(),
        List.copyOf(carried.values()),
        List.of(),
        Map.of());
  }

  @Override
  public void reconnect() {
    // There is no connection.
  }

  @Override
  public Optional<TradeHistory> history(String instrument) {
    return Optional.empty();
  }

  private static InstrumentStatus live(Instrument instrument) {
    return new InstrumentStatus(
        instrument,
        InstrumentState.LIVE,
        "",
        -1,
        -1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        null,
        null,
        Duration.ZERO,
        0,
        0,
        FeedLatency.NONE);
  }
}
