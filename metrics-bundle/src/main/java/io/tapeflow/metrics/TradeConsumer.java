package io.tapeflow.metrics;

/** Takes the trades of one instrument in the order of the tape; what it has had, it leaves out. */
interface TradeConsumer {
  /** A trade. */
  void trade(long id, long time, long price, long quantity, boolean buy, int fills);

  /** A block trade: its id is accounted for, and that is all. */
  void block(long id);

  /** Ids are missing. Those before the first trade are not missed. */
  void gap(long firstId, long lastId);
}
