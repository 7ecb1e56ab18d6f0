package io.tapeflow.console;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeHistory;
import java.util.List;

/** Trades with the ids from 1 on; every third one was repaired. */
record FakeHistory(Instrument instrument, int count) implements TradeHistory {
  @Override
  public TradeBatch latest(int most) {
    int size = Math.min(most, count);
    return new Batch(instrument, count - size + 1, size);
  }

  @Override
  public TradeBatch from(long firstId, int most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<TradeGap> gaps(long firstId, long lastId) {
    return List.of();
  }

  @Override
  public long size() {
    return count;
  }

  @Override
  public long bytes() {
    return 48L * count;
  }

  private record Batch(Instrument instrument, long first, int size) implements TradeBatch {
    @Override
    public long id(int index) {
      return first + index;
    }

    @Override
    public long price(int index) {
      return 6_401_230L + index;
    }

    @Override
    public long quantity(int index) {
      return 150_000;
    }

    @Override
    public long timeMicros(int index) {
      return 1_767_528_000_123_456L + index;
    }

    @Override
    public long receivedMicros(int index) {
      return timeMicros(index) + 900;
    }

    @Override
    public Side aggressor(int index) {
      return id(index) % 2 == 0 ? Side.BUY : Side.SELL;
    }

    @Override
    public int fills(int index) {
      return 2;
    }

    @Override
    public boolean repaired(int index) {
      return id(index) % 3 == 0;
    }

    @Override
    public boolean block(int index) {
      return false;
    }
  }
}
