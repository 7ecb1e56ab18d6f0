package io.tapeflow.stream.binance;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.FrameSink;
import java.util.ArrayList;
import java.util.List;

/** Notes all that a decoder tells, a line for each thing. */
final class Heard implements FrameSink {
  final List<String> lines = new ArrayList<>();

  @Override
  public void trade(
      Instrument instrument,
      long id,
      long price,
      long quantity,
      long timeMicros,
      long eventMicros,
      boolean buy,
      int fills,
      boolean block) {
    lines.add(
        "trade %s %d %d %d %d at %d %s fills %d%s"
            .formatted(
                instrument.symbol(),
                id,
                price,
                quantity,
                timeMicros,
                eventMicros,
                buy ? "buy" : "sell",
                fills,
                block ? " block" : ""));
  }

  @Override
  public void noTrade(Instrument instrument, long id) {
    lines.add("no trade " + instrument.symbol() + " " + id);
  }

  @Override
  public void invalidTrade(Instrument instrument, String reason) {
    lines.add("invalid " + instrument.symbol() + " " + reason);
  }

  @Override
  public void unknownInstrument(String symbol) {
    lines.add("unknown " + symbol);
  }

  @Override
  public void acknowledged(long requestId) {
    lines.add("ack " + requestId);
  }

  @Override
  public void refused(long requestId, String reason) {
    lines.add("refused " + requestId + " " + reason);
  }

  @Override
  public void goingAway(String notice) {
    lines.add("going away");
  }

  @Override
  public void ignored(String type) {
    lines.add("ignored " + type);
  }

  @Override
  public void malformed(String reason) {
    lines.add("malformed " + reason);
  }
}
