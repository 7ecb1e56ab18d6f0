package io.tapeflow.web;

import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.trade.Instrument;

/** An instrument, in JSON. What concerns its stream is null if no stream carries it now. */
record InstrumentView(
    String instrument,
    String key,
    String venue,
    String symbol,
    int priceScale,
    int quantityScale,
    String stream,
    String state,
    String reason,
    Long lastId,
    String lastTradeAt) {
  static InstrumentView of(Instrument it, String name) {
    return new InstrumentView(
        name,
        it.key(),
        it.venue(),
        it.symbol(),
        it.priceScale(),
        it.quantityScale(),
        null,
        null,
        null,
        null,
        null);
  }

  static InstrumentView of(StreamStatus stream, InstrumentStatus status, String name) {
    Instrument it = status.instrument();
    return new InstrumentView(
        name,
        it.key(),
        it.venue(),
        it.symbol(),
        it.priceScale(),
        it.quantityScale(),
        stream.id(),
        status.state().name(),
        status.reason(),
        Json.id(status.lastId()),
        Json.time(status.lastTradeAt()));
  }
}
