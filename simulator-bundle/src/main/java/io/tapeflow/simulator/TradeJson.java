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
  private static final byte[] NET = ascii("\",\"nq\":\"");
  private static final byte[] FUTURES = ascii(",\"st\":1}");

  private TradeJson() {}

  /** The event of a stream. */
  static void event(
      JsonBytes out, Market market, AggTrade trade, long eventMicros, boolean micros) {
    out.raw(EVENT).number(time(eventMicros, micros)).raw(SYMBOL).raw(market.symbolBytes()).raw(ID);
    boolean futures = market.dialect().hasNetQuantity();
    rest(out, trade, micros, futures);
    out.raw(futures ? FUTURES : MATCH);
  }

  /** A row of the REST answer. */
  static void row(JsonBytes out, AggTrade trade, boolean micros, boolean futures) {
    out.raw(ROW);
    rest(out, trade, micros, futures);
    if (futures) {
      out.raw('}');
    } else {
      out.raw(MATCH);
    }
  }

  private static void rest(JsonBytes out, AggTrade trade, boolean micros, boolean futures) {
    out.number(trade.id()).raw(PRICE).fixed(trade.priceE8());
    out.raw(QUANTITY).fixed(trade.units(), trade.decimals());
    if (futures) {
      out.raw(NET).fixed(trade.netUnits(), trade.decimals());
    }
    out.raw(FIRST).number(trade.firstTradeId()).raw(LAST).number(trade.lastTradeId());
    out.raw(TIME).number(time(trade.timeMicros(), micros));
    out.raw(MAKER).bool(trade.aggressor() == Side.SELL);
  }

  private static long time(long inMicros, boolean micros) {
    return micros ? inMicros : inMicros / 1_000;
  }
}
