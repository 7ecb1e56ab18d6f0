package io.tapeflow.benchmarks.race;

import io.tapeflow.benchmarks.race.Lane.Channel;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.concurrent.atomic.AtomicLong;
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
  private volatile Traffic traffic = Traffic.NONE;

  /** While the venue is away: makes the trades that no connection carries. */
  private VenuePump unsent;

  private volatile boolean away;

  /** Requests for trades that REST has answered. */
  private final AtomicLong pages = new AtomicLong();

  Venue(List<String> symbols) {
    int size = Math.max(LEAST_FRAMES, FRAMES / symbols.size());
    for (String symbol : symbols) {
      int rank = listings.size() + 1;
      Round round = new Round(size, rank);
      listings.put(symbol, new Listing(symbol, rank, round, KEPT / symbols.size()));
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

  Traffic traffic() {
    return traffic;
  }

  /** What all instruments of a traffic weigh that share a pace. */
  double weight(Traffic of) {
    return listings.values().stream()
        .filter(listing -> !of.own().containsKey(listing.symbol()))
        .mapToDouble(Listing::weight)
        .sum();
  }

  /** Begins to send all instruments by Zipf's law. */
  void send(Pace shared) {
    traffic = new Traffic(shared, Map.of());
  }

  /** Begins to send one instrument at a pace of its own; others go on. */
  void send(String symbol, Pace pace) {
    traffic = traffic.with(symbol, pace);
  }

  /** Sends no more; when this returns, what it says of its trades is final. */
  void idle() {
    traffic = Traffic.NONE;
    connections.forEach(connection -> connection.pump().awaitIdle());
  }

  /** How many instruments are subscribed to. */
  int subscriptions() {
    return connections.stream().mapToInt(it -> it.pump().subscriptions()).sum();
  }

  /**
   * From now on the trades of an instrument go on while no connection carries it, and REST tells
   * them.
   */
  synchronized void goOn() {
    unsent = new VenuePump(this, OutputStream.nullOutputStream());
    start("venue-unsent", unsent);
  }

  /** Breaks every connection off, without a word, and takes no new stream. */
  void leave() {
    away = true;
    drop();
  }

  /** Takes streams again; what is subscribed to goes on by stream. */
  void comeBack() {
    away = false;
  }

  /** REST has been asked for trades. */
  void countPage() {
    pages.incrementAndGet();
  }

  long pages() {
    return pages.get();
  }

  boolean takesStreams() {
    return !away;
  }

  /** A connection sends these from now on, and no other does. */
  synchronized void takeOver(List<Channel> channels, VenuePump pump) {
    Set<Listing> taken = listings(channels);
    connections.stream()
        .map(VenueConnection::pump)
        .filter(other -> other != pump)
        .forEach(other -> other.remove(taken));
    if (unsent != null) {
      unsent.remove(taken);
    }
    pump.add(channels);
  }

  /** A connection has ended. */
  private synchronized void ended(VenueConnection connection) {
    connections.remove(connection);
    List<Channel> left = connection.pump().end();
    if (unsent != null) {
      unsent.add(left);
    }
  }

  private static Set<Listing> listings(List<Channel> channels) {
    return channels.stream().map(Channel::listing).collect(Collectors.toSet());
  }

  /** How many trades it has made. */
  long trades() {
    return listings.values().stream().mapToLong(l -> l.lastId() - Frames.FIRST_ID + 1).sum();
  }

  private void drop() {
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
        VenueConnection connection = new VenueConnection(this, socket, this::ended);
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
    traffic = Traffic.NONE;
    synchronized (this) {
      if (unsent != null) {
        unsent.end();
      }
    }
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    drop();
  }
}
