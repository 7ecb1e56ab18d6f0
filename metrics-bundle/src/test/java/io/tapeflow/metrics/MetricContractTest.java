package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.trade.Instrument;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/** The contract on the smallest family there is, which also shows how one is written. */
class MetricContractTest extends MetricContract {
  @Override
  protected MetricFactory factory() {
    return LargestTrade::new;
  }

  /** The largest quantity since the start. */
  static final class LargestTrade implements MetricCalculator {
    static final String NAME = "example.largest.start";

    private final Instrument instrument;
    private long largest;
    private long firstId = -1;
    private long firstTime;

    LargestTrade(Instrument instrument) {
      this.instrument = instrument;
    }

    @Override
    public List<MetricInfo> metrics() {
      return List.of(new MetricInfo(NAME, "base", "The largest quantity of a trade"));
    }

    @Override
    public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
      if (firstId < 0) {
        firstId = id;
        firstTime = timeMicros;
      }
      largest = Math.max(largest, quantity);
    }

    @Override
    public void read(MetricReadout out) {
      if (firstId < 0) {
        out.absent(NAME, "No trade yet", new MetricBasis(-1, out.nowMicros(), ""));
        return;
      }
      BigDecimal quantity = instrument.quantity(largest);
      out.number(NAME, quantity, MetricBasis.whole(firstId, firstTime));
    }

    @Override
    public boolean save(DataOutput out) throws IOException {
      out.writeLong(largest);
      out.writeLong(firstId);
      out.writeLong(firstTime);
      return true;
    }

    @Override
    public void restore(DataInput in) throws IOException {
      largest = in.readLong();
      firstId = in.readLong();
      firstTime = in.readLong();
    }
  }
}
