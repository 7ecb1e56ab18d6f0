package io.tapeflow.console;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.tasks.Clock;
import java.util.List;

/**
 * What the command {@code trades} returns. Its string is for a terminal.
 *
 * @param instrument what was traded
 * @param trades the newest last
 */
public record Trades(Instrument instrument, List<Trade> trades) {
  /** Takes a copy of the list. */
  public Trades {
    trades = List.copyOf(trades);
  }

  @Override
  public String toString() {
    if (trades.isEmpty()) {
      return "No trade of " + instrument.key() + " has come yet.";
    }
    Table table = new Table("", "Id", "Time", "Side", "Price", "Quantity", "Fills", "Remarks");
    for (Trade trade : trades) {
      table.row(
          trade.id(),
          Clock.instant(trade.timeMicros()),
          trade.aggressor(),
          trade.priceDecimal().toPlainString(),
          trade.quantityDecimal().toPlainString(),
          trade.fills(),
          (trade.repaired() ? "repaired " : "") + (trade.block() ? "block" : ""));
    }
    return instrument.key() + '\n' + table;
  }
}
