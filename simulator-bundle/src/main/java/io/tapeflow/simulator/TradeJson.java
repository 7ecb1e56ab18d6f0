package io.tapeflow.simulator;

import static io.tapeflow.simulator.JsonBytes.ascii;

import io.tapeflow.api.trade.Side;

/** The venue's two spellings of an aggregate trade. */
final class TradeJson {
  private static final byte[] EVENT = ascii("{\"e\":\"aggTrade\",\"E\":");
  private static final byte[] SYMBOL = ascii(",\"s\":\"");
  private static final byte[] ID = ascii("\",\"a\":");
  private static final byte[] ROW = ascii("{\"a\":");
  private static final byte[] PRICE = ascii(",\"p\":\"");
  private static final byte[] QUANTITY = ascii("\",\"q\":\"");
  private static final byte[] FIRST = ascii("\",\"f\":");
  private static final byte[] LAST = ascii(",\"l\":");
  private static final byte[] TIME = ascii(",\"T\":");
  private static final byte[] MAKER = ascii(",\"m\":");
  private static final byte[] MATCH = ascii(",\"M\":true}");

  private TradeJson() {}

  /** The event of a stream. */
  static void event(
      JsonBytes out, Market market, AggTrade trade, long eventMicros, boolean micros) {
    out.raw(EVENT).number(time(eventMicros, micros)).raw(SYMBOL).raw(market.symbolBytes()).raw(ID);
    rest(out, trade, micros);
  }

  /** A row of the REST answer. */
  static void row(JsonBytes out, AggTrade trade, boolean micros) {
    out.raw(ROW);
    rest(out, trade, micros);
  }

  private static void rest(JsonBytes out, AggTrade trade, boolean micros) {
    out.number(trade.id()).raw(PRICE).fixed(trade.priceE8());
    out.raw(QUANTITY).fixed(trade.quantityE8());
    out.raw(FIRST).number(trade.firstTradeId()).raw(LAST).number(trade.lastTradeId());
    out.raw(TIME).number(time(trade.timeMicros(), micros));
    out.raw(MAKER).bool(trade.aggressor() == Side.SELL).raw(MATCH);
  }

  private static long time(long inMicros, boolean micros) {
    return micros ? inMicros : inMicros / 1_000;
  }
}
