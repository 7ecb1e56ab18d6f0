package io.tapeflow.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The venue's REST answers. */
final class RestHandler extends Handler.Abstract.NonBlocking {
  private static final Logger LOG = LoggerFactory.getLogger(RestHandler.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final String SYMBOLS_RANGE =
      "^\\[(\"[A-Z0-9-_.]{1,20}\"(,\"[A-Z0-9-_.]{1,20}\"){0,}){0,}\\]$";
  private static final String JSON_TYPE = "application/json;charset=UTF-8";

  private final Exchange exchange;

  RestHandler(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!HttpMethod.GET.is(request.getMethod())) {
      return false;
    }
    RestQuery query = new RestQuery(Request.extractQueryParameters(request));
    String symbol = query.has("symbol") ? query.text("symbol") : "";
    RestFaults faults = new RestFaults(exchange, symbol);
    try {
      CompletableFuture<byte[]> body = answer(request, response, query, faults);
      if (body == null) {
        return false;
      }
      if (!faults.takeOver(request, response, callback)) {
        body.whenComplete(
            (bytes, failure) -> {
              if (failure == null) {
                response.setStatus(HttpStatus.OK_200);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON_TYPE);
                faults.send(request, response, bytes, callback);
              } else {
                callback.failed(failure);
              }
            });
      }
    } catch (RestError e) {
      response.setStatus(e.status());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON_TYPE);
      response.write(true, ByteBuffer.wrap(e.body().getBytes(StandardCharsets.UTF_8)), callback);
    }
    return true;
  }

  private CompletableFuture<byte[]> answer(
      Request request, Response response, RestQuery query, RestFaults faults) throws RestError {
    Dialect dialect = exchange.settings().dialect();
    String path = Request.getPathInContext(request);
    if (!path.startsWith(dialect.restPath())) {
      return null;
    }
    switch (path.substring(dialect.restPath().length())) {
      case "aggTrades" -> {
        weigh(response, dialect.tradesWeight());
        Market market = faults.told(market(query.symbol("symbol")));
        boolean micros =
            "MICROSECOND".equalsIgnoreCase(request.getHeaders().get("X-MBX-TIME-UNIT"));
        TradePage page = TradePage.select(market.tape(), faults.end(market), query);
        return done(faults.told(market, page).json(micros, dialect.hasNetQuantity()));
      }
      case "exchangeInfo" -> {
        weigh(response, dialect.infoWeight());
        return exchangeInfo(query);
      }
      case "time" -> {
        weigh(response, 1);
        return done("{\"serverTime\":" + nowMillis() + "}");
      }
      case "ping" -> {
        weigh(response, 1);
        return done("{}");
      }
      default -> {
        return null;
      }
    }
  }

  private CompletableFuture<byte[]> exchangeInfo(RestQuery query) throws RestError {
    List<CompletableFuture<SymbolRules>> rules = new ArrayList<>();
    for (Market market : selected(query)) {
      rules.add(market.rules());
    }
    return CompletableFuture.allOf(rules.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            known ->
                ExchangeInfo.json(
                    rules.stream().map(CompletableFuture::join).toList(),
                    nowMillis(),
                    exchange.weights().limit()));
  }

  private List<Market> selected(RestQuery query) throws RestError {
    // Futures list everything, whatever was asked for.
    if (exchange.settings().dialect() == Dialect.USDM) {
      return List.copyOf(exchange.markets());
    }
    if (query.has("symbol")) {
      return List.of(market(query.symbol("symbol")));
    }
    if (!query.has("symbols")) {
      return List.copyOf(exchange.markets());
    }
    List<Market> markets = new ArrayList<>();
    for (String symbol : strings(query.text("symbols"))) {
      markets.add(market(RestQuery.checkedSymbol("symbols", symbol)));
    }
    return markets;
  }

  private Market market(String symbol) throws RestError {
    Market market = exchange.market(symbol);
    if (market == null) {
      throw RestError.unknownSymbol();
    }
    return market;
  }

  private void weigh(Response response, int weight) throws RestError {
    WeightMeter.Reading reading =
        exchange.weights().use(weight, exchange.settings().clock().wallMicros());
    exchange.tally().request(reading.verdict() == WeightMeter.Verdict.ADMITTED);
    response.getHeaders().put("X-MBX-USED-WEIGHT", reading.used());
    response.getHeaders().put("X-MBX-USED-WEIGHT-1M", reading.used());
    switch (reading.verdict()) {
      case ADMITTED -> {}
      case TOO_MUCH -> {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, reading.secondsLeft());
        throw RestError.tooMuchWeight(exchange.weights().limit());
      }
      case BANNED -> {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, reading.secondsLeft());
        throw RestError.banned(nowMillis() + reading.secondsLeft() * 1_000);
      }
    }
  }

  private long nowMillis() {
    return exchange.clock().wallMicros() / 1_000;
  }

  private static List<String> strings(String json) throws RestError {
    List<String> strings = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
          strings.add(parser.getText());
        }
        if (parser.currentToken() == JsonToken.END_ARRAY && !strings.isEmpty()) {
          return strings;
        }
      }
    } catch (IOException e) {
      LOG.debug("The parameter symbols is no list", e);
    }
    throw RestError.illegal("symbols", SYMBOLS_RANGE);
  }

  private static CompletableFuture<byte[]> done(String json) {
    return done(json.getBytes(StandardCharsets.UTF_8));
  }

  private static CompletableFuture<byte[]> done(byte[] json) {
    return CompletableFuture.completedFuture(json);
  }
}
