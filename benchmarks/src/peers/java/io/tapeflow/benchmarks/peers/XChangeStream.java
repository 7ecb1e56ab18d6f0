package io.tapeflow.benchmarks.peers;

import info.bitrich.xchangestream.binance.BinanceStreamingExchange;
import info.bitrich.xchangestream.core.ProductSubscription;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tapeflow.benchmarks.race.Tally;
import java.net.URI;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.binance.BinanceAdapters;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.dto.Order.OrderType;
import org.knowm.xchange.dto.marketdata.Trade;

/**
 * XChange-stream. It has single trades only, and says the maker's side: the aggressor's is the
 * other one.
 */
final class XChangeStream implements Peer.Client {
  private static final String QUOTE = "USDT";

  /** Kept, so that it is not collected. */
  private Disposable subscription;

  @Override
  public void follow(URI venue, String symbol, Tally tally) {
    CurrencyPair pair = new CurrencyPair(symbol.replaceFirst(QUOTE + "$", ""), QUOTE);
    BinanceAdapters.putSymbolMapping(symbol, pair);
    BinanceStreamingExchange exchange = new LocalExchange(venue);
    ExchangeSpecification specification = exchange.getDefaultExchangeSpecification();
    specification.setShouldLoadRemoteMetaData(false);
    exchange.applySpecification(specification);
    exchange.connect(ProductSubscription.create().addTrades(pair).build()).blockingAwait();
    subscription =
        exchange
            .getStreamingMarketDataService()
            .getTrades(pair)
            .subscribe(trade -> take(trade, tally));
  }

  Disposable subscription() {
    return subscription;
  }

  private static void take(Trade trade, Tally tally) {
    // The venue writes eight decimals.
    long quantity = trade.getOriginalAmount().unscaledValue().longValue();
    // What it makes a date of are microseconds here.
    tally.trade(
        Long.parseLong(trade.getId()),
        quantity,
        trade.getType() != OrderType.BID,
        trade.getTimestamp().toInstant().toEpochMilli());
  }

  /** It has no setting for another address. */
  private static final class LocalExchange extends BinanceStreamingExchange {
    private final String address;

    LocalExchange(URI venue) {
      address = venue + "/";
    }

    @Override
    protected String getStreamingBaseUri() {
      return address;
    }
  }
}
