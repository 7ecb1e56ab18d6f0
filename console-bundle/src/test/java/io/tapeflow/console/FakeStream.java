package io.tapeflow.console;

import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.TradeHistory;
import java.util.Optional;

/** A stream that says what it is told to. */
final class FakeStream implements TradeStream {
  private final StreamStatus status;
  private TradeHistory history;
  int reconnects;

  FakeStream(StreamStatus status) {
    this.status = status;
  }

  FakeStream with(TradeHistory of) {
    history = of;
    return this;
  }

  @Override
  public StreamStatus status() {
    if (status == null) {
      throw new IllegalStateException("no status");
    }
    return status;
  }

  @Override
  public void reconnect() {
    reconnects++;
  }

  @Override
  public Optional<TradeHistory> history(String instrument) {
    return Optional.ofNullable(history).filter(it -> it.instrument().isCalled(instrument));
  }
}
