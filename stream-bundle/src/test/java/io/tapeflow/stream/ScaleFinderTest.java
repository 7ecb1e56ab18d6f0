package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.venue.InstrumentScales;
import io.tapeflow.api.venue.RestRequest;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.stream.binance.BinanceSpot;
import io.tapeflow.stream.binance.BinanceUsdm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class ScaleFinderTest {
  /** What servers and clients take at the least. */
  private static final int LONGEST_LINE = 4_000;

  private final ManualTime time = new ManualTime();
  private final List<URI> asked = new ArrayList<>();
  private final List<String> symbols =
      IntStream.range(0, 1_000).mapToObj("SYMBOL%04dUSDT"::formatted).toList();

  @Test
  void aThousandInstrumentsAreAskedForInPartsThatFitIntoARequest() {
    assertThat(find(new BinanceSpot())).containsOnlyKeys(symbols);
    assertThat(asked).hasSizeGreaterThan(1).allMatch(uri -> uri.toString().length() < LONGEST_LINE);
  }

  @Test
  void aVenueThatTellsOfAllIsAskedOnce() {
    assertThat(find(new BinanceUsdm())).containsOnlyKeys(symbols);
    assertThat(asked).hasSize(1);
  }

  private Map<String, InstrumentScales> find(VenueProtocol protocol) {
    Budget.Limit wide = new Budget.Limit(6_000, Duration.ofMinutes(1));
    Limits limits = new Limits(5, 1_024, wide, wide, wide);
    RestClient rest =
        new RestClient(
            protocol,
            (request, timeout) -> answer(request),
            new Budgets(time, new KeptPauses(null))
                .of(URI.create("https://rest.example.org"))
                .rest(),
            () -> limits,
            time,
            time);
    return new ScaleFinder(protocol, rest, URI.create("https://rest.example.org"))
        .find(symbols)
        .join();
  }

  /** Of the symbols that the request names, or of all. */
  private CompletableFuture<Transport.Answer> answer(RestRequest request) {
    asked.add(request.uri());
    String query = request.uri().getQuery();
    String listed =
        symbols.stream()
            .filter(symbol -> query == null || query.contains('"' + symbol + '"'))
            .map(
                """
                {"symbol":"%s","filters":[
                {"filterType":"PRICE_FILTER","tickSize":"0.01"},
                {"filterType":"LOT_SIZE","stepSize":"0.001"}]}\
                """
                    ::formatted)
            .collect(Collectors.joining(",", "{\"symbols\":[", "]}"));
    return CompletableFuture.completedFuture(
        new Transport.Answer(
            200, listed.getBytes(StandardCharsets.UTF_8), HttpFields.EMPTY, time.wallMicros(), 0));
  }
}
