package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;

/** One call of a listener. */
sealed interface Notice {
  /** Makes the call. */
  void tell(TradeListener listener);

  /** How many trades it hands over. */
  int trades();

  /** What the listener has to be told if the call fails; null if nothing. */
  TradeGap ifFailed();

  /** Trades in their turn. */
  record Trades(TapeBatch batch) implements Notice {
    @Override
    public void tell(TradeListener listener) {
      listener.onTrades(batch);
    }

    @Override
    public int trades() {
      return batch.size();
    }

    @Override
    public TradeGap ifFailed() {
      return failed(batch.instrument(), batch.id(0), batch.id(batch.size() - 1));
    }
  }

  /** Ids that the listener does not get in their turn. */
  record Gap(TradeGap gap) implements Notice {
    @Override
    public void tell(TradeListener listener) {
      listener.onGap(gap);
    }

    @Override
    public int trades() {
      return 0;
    }

    @Override
    public TradeGap ifFailed() {
      return null;
    }
  }

  /** Late trades. */
  record Late(TradeAmendment amendment) implements Notice {
    @Override
    public void tell(TradeListener listener) {
      listener.onAmendment(amendment);
    }

    @Override
    public int trades() {
      return amendment.trades().size();
    }

    @Override
    public TradeGap ifFailed() {
      return failed(amendment.instrument(), amendment.firstId(), amendment.lastId());
    }
  }

  private static TradeGap failed(Instrument instrument, long first, long last) {
    return new TradeGap(instrument, first, last, TradeGap.Cause.LISTENER_FAILED);
  }
}
