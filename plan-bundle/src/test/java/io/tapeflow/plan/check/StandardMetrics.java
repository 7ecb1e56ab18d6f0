package io.tapeflow.plan.check;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.metrics.BatchComponent;
import io.tapeflow.metrics.absorption.AbsorptionFactory;
import io.tapeflow.metrics.bar.BarsFamily;
import io.tapeflow.metrics.cvd.CvdFactory;
import io.tapeflow.metrics.divergence.DivergenceFactory;
import io.tapeflow.metrics.footprint.AuctionFamily;
import io.tapeflow.metrics.footprint.FootprintFamily;
import io.tapeflow.metrics.footprint.ImbalanceFamily;
import io.tapeflow.metrics.hawkes.HawkesFactory;
import io.tapeflow.metrics.impact.ImpactFactory;
import io.tapeflow.metrics.large.LargeFactory;
import io.tapeflow.metrics.profile.ProfileFamily;
import io.tapeflow.metrics.ratio.RatioFactory;
import io.tapeflow.metrics.speed.SpeedFactory;
import io.tapeflow.metrics.vpin.VpinFactory;
import io.tapeflow.metrics.vwap.VwapFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The metrics that there are in the standard configuration, from the metrics themselves. */
final class StandardMetrics {
  private static final Instrument BTC = new Instrument("venue", "BTCUSDT", 2, 5);

  private StandardMetrics() {}

  static List<MetricInfo> infos() {
    BatchComponent core = new BatchComponent(Map.of());
    core.trades(new OneTrade());
    List<MetricInfo> infos = new ArrayList<>(core.metrics("BTCUSDT"));
    Stream.<Function<Map<String, Object>, MetricFactory>>of(
            AbsorptionFactory::new,
            AuctionFamily::new,
            BarsFamily::new,
            CvdFactory::new,
            DivergenceFactory::new,
            FootprintFamily::new,
            HawkesFactory::new,
            ImbalanceFamily::new,
            ImpactFactory::new,
            LargeFactory::new,
            ProfileFamily::new,
            RatioFactory::new,
            SpeedFactory::new,
            VpinFactory::new,
            VwapFactory::new)
        .forEach(family -> infos.addAll(family.apply(Map.of()).create(BTC).metrics()));
    return infos;
  }

  private record OneTrade() implements TradeBatch {
    @Override
    public Instrument instrument() {
      return BTC;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public long id(int index) {
      return 1;
    }

    @Override
    public long price(int index) {
      return 100;
    }

    @Override
    public long quantity(int index) {
      return 1;
    }

    @Override
    public long timeMicros(int index) {
      return 1;
    }

    @Override
    public long receivedMicros(int index) {
      return 1;
    }

    @Override
    public Side aggressor(int index) {
      return Side.BUY;
    }

    @Override
    public int fills(int index) {
      return 1;
    }

    @Override
    public boolean repaired(int index) {
      return false;
    }

    @Override
    public boolean block(int index) {
      return false;
    }
  }
}
