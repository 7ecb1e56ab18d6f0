package io.tapeflow.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A venue's trades as its REST interface tells them, which is another way than the stream's. */
final class RestTape {
  private static final int PAGE = 1_000;
  private static final Pattern TRADE =
      Pattern.compile("\"a\":(\\d+),\"p\":\"[^\"]+\",\"q\":\"([^\"]+)\"[^}]*\"m\":(true|false)");

  private RestTape() {}

  /** The sum of all trades from one id to another; every id in between must be there. */
  static Tally sum(URI endpoint, String symbol, long firstId, long lastId) {
    HttpClient client = HttpClient.newHttpClient();
    Tally tally = Tally.NOTHING;
    long next = firstId;
    while (next <= lastId) {
      Matcher trade = TRADE.matcher(page(client, endpoint, symbol, next));
      long before = next;
      while (trade.find() && next <= lastId) {
        if (Long.parseLong(trade.group(1)) != next) {
          throw new AssertionError("Trade " + next + " expected, not " + trade.group(1));
        }
        tally = tally.plus(new BigDecimal(trade.group(2)), Boolean.parseBoolean(trade.group(3)));
        next++;
      }
      if (next == before) {
        throw new AssertionError("The venue has no trade " + next);
      }
    }
    return tally;
  }

  private static String page(HttpClient client, URI endpoint, String symbol, long fromId) {
    URI uri =
        endpoint.resolve(
            "/api/v3/aggTrades?symbol=%s&fromId=%d&limit=%d".formatted(symbol, fromId, PAGE));
    try {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }
}
