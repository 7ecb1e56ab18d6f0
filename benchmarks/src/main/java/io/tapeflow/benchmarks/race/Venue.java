package io.tapeflow.benchmarks.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A venue on loopback that speaks as much of Binance spot as clients need, and is fast: streams by
 * address and by SUBSCRIBE, {@code aggTrade} and {@code trade}, and of REST {@code time}, {@code
 * exchangeInfo} and {@code aggTrades}. It sends when it is told to.
 */
final class Venue implements AutoCloseable {
  /** Frames made ahead, of all instruments together. */
  private static final int FRAMES = 1 << 16;

  private static final int LEAST_FRAMES = 256;

  /** Trades that REST knows, of all instruments together. */
  private static final int KEPT = 1 << 22;

  private final ServerSocket server;
  private final Map<String, Listing> listings = new LinkedHashMap<>();
  private final Set<VenueConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile Pace pace = Pace.IDLE;

  Venue(List<String> symbols) {
    int size = Math.max(LEAST_FRAMES, FRAMES / symbols.size());
    for (String symbol : symbols) {
      Round round = new Round(size, listings.size() + 1);
      listings.put(symbol, new Listing(symbol, round, KEPT / symbols.size()));
    }
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("venue-accept", this::accept);
  }

  /** Where it streams; no path. */
  URI webSocket() {
    return URI.create("ws://127.0.0.1:" + server.getLocalPort());
  }

  /** Where it answers requests; no path. */
  URI rest() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  Listing listing(String symbol) {
    return listings.get(symbol.toUpperCase(Locale.ROOT));
  }

  Pace pace() {
    return pace;
  }

  /** Begins to send. */
  void send(Pace next) {
    pace = next;
  }

  /** Sends no more; when this returns, what it says of its trades is final. */
  void idle() {
    pace = Pace.IDLE;
    connections.forEach(VenueConnection::awaitIdle);
  }

  /** How many instruments are subscribed to. */
  int subscriptions() {
    return connections.stream().mapToInt(VenueConnection::subscriptions).sum();
  }

  /** How many trades it has made. */
  long trades() {
    return listings.values().stream().mapToLong(l -> l.lastId() - Frames.FIRST_ID + 1).sum();
  }

  /** Breaks every connection off, without a word. */
  void drop() {
    connections.forEach(VenueConnection::close);
  }

  String exchangeInfo() {
    return listings.keySet().stream()
        .map(Venue::info)
        .collect(
            Collectors.joining(
                ",",
                "{\"timezone\":\"UTC\",\"serverTime\":%d,\"rateLimits\":[],\"exchangeFilters\":[],\"symbols\":["
                    .formatted(System.currentTimeMillis()),
                "]}"));
  }

  private static String info(String symbol) {
    String base = symbol.replaceFirst("USDT$", "");
    return ("{\"symbol\":\"%s\",\"status\":\"TRADING\",\"baseAsset\":\"%s\",\"baseAssetPrecision\":8,"
                + "\"quoteAsset\":\"USDT\",\"quotePrecision\":8,\"quoteAssetPrecision\":8,\"orderTypes\":[],"
                + "\"isSpotTradingAllowed\":true,\"permissions\":[\"SPOT\"],\"filters\":["
                + "{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"0.01000000\",\"maxPrice\":\"1000000.00000000\",\"tickSize\":\"0.01000000\"},"
                + "{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.00001000\",\"maxQty\":\"9000.00000000\",\"stepSize\":\"0.00001000\"}]}")
        .formatted(symbol, base);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        VenueConnection connection = new VenueConnection(this, socket, connections::remove);
        connections.add(connection);
        start("venue-connection", connection);
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    pace = Pace.IDLE;
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    drop();
  }
}
