package io.tapeflow.benchmarks.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a contestant is started with.
 *
 * @param distribution the home that is measured
 * @param home where it may write
 * @param symbols by rank: the first one has the most trades
 * @param connections that the distribution shares them among
 * @param properties of its Java
 */
record Setup(
    Path distribution,
    Path home,
    List<String> symbols,
    int connections,
    Map<String, String> properties) {

  static Setup of(Path distribution, Path home, List<String> symbols) {
    return new Setup(distribution, home, symbols, 1, Map.of());
  }

  /** Names for so many instruments. */
  static List<String> symbols(int count) {
    return IntStream.range(0, count).mapToObj("C%03dUSDT"::formatted).toList();
  }

  Setup with(int moreConnections) {
    return new Setup(distribution, home, symbols, moreConnections, properties);
  }

  Setup with(Map<String, String> itsProperties) {
    return new Setup(distribution, home, symbols, connections, itsProperties);
  }

  /**
   * The instruments of each connection, dealt out by rank. All connections but the first have the
   * same number of them.
   */
  List<List<String>> dealt() {
    int each = symbols.size() / connections;
    if (each == 0) {
      throw new IllegalArgumentException(
          "%d instruments are too few for %d connections".formatted(symbols.size(), connections));
    }
    List<List<String>> dealt = new ArrayList<>();
    IntStream.range(0, connections).forEach(i -> dealt.add(new ArrayList<>()));
    for (int i = 0; i < symbols.size(); i++) {
      dealt.get(i < each * connections ? i % connections : 0).add(symbols.get(i));
    }
    return dealt;
  }

  /**
   * Configures the connections beside the first, which is the command line's: one configuration,
   * which makes as many of them as its limit asks for.
   */
  void configure(Venue venue) throws IOException {
    if (connections > 1) {
      List<List<String>> others = dealt().subList(1, connections);
      Files.writeString(
          home.resolve("conf/io.tapeflow.stream-others.cfg"),
          """
          venue = binance-spot
          symbols = %s
          ws.endpoint = %s
          rest.endpoint = %s
          limit.streams.per.connection = %d
          """
              .formatted(
                  String.join(",", others.stream().flatMap(List::stream).toList()),
                  venue.webSocket(),
                  venue.rest(),
                  others.get(0).size()));
    }
  }
}
