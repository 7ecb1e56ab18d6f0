package io.tapeflow.metrics.side;

import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.api.verification.SideConformance;
import io.tapeflow.api.verification.SideVerdict;
import io.tapeflow.api.verification.SideVerdict.Agreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows all trades and judges their sides. It has no thread of its own. */
@Component(
    service = {SideConformance.class, TradeListener.class},
    immediate = true,
    property = {
      TradeListener.FROM_HISTORY + ":Boolean=true",
      TradeListener.NAME + "=side-conformance",
      TradeListener.DELAY_MILLIS + ":Integer=100",
      TradeListener.INSTRUMENTS + "=*"
    })
public final class SideConformanceComponent implements SideConformance, TradeListener {
  private static final Logger LOG = LoggerFactory.getLogger(SideConformanceComponent.class);

  private final Map<String, SideTally> tallies = new ConcurrentSkipListMap<>();

  @Override
  public void onTrades(TradeBatch trades) {
    String instrument = trades.instrument().key();
    SideTally tally = tallies.computeIfAbsent(instrument, key -> new SideTally());
    Agreement before = tally.counts().agreement();
    tally.add(trades);
    if (tally.counts().agreement() != before) {
      tell(before, tally.counts().verdict(instrument));
    }
  }

  @Override
  public void onGap(TradeGap gap) {
    SideTally tally = tallies.get(gap.instrument().key());
    if (tally != null) {
      tally.interrupt();
    }
  }

  @Override
  public List<SideVerdict> verdicts() {
    List<SideVerdict> verdicts = new ArrayList<>();
    tallies.forEach((key, tally) -> verdicts.add(tally.counts().verdict(key)));
    return verdicts;
  }

  private static void tell(Agreement before, SideVerdict now) {
    if (now.agreement() == Agreement.DISAGREES) {
      LOG.error("{}: sides do not agree with prices: {}", now.instrument(), now.reason());
    } else if (before == Agreement.DISAGREES) {
      LOG.info("{}: sides {} again: {}", now.instrument(), now.agreement(), now.reason());
    }
  }
}
