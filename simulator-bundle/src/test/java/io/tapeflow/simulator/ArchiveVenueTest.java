package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueAccount;
import io.tapeflow.api.simulator.VenueFault;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveVenueTest {
  private static final String STREAM = "/ws/btcusdt@aggTrade";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "BTCUSDC-aggTrades-2025-10-04.zip, BTCUSDC, 140489, 184359103, 985.50626, 1002.0242",
    "BTCUSD_PERP-aggTrades-2026-05-08.zip, BTCUSD_PERP, 105280, 480537903, 2589631, 2329440",
    "BTCUSDT-aggTrades-derived-2019-05-26.csv.gz, BTCUSDT, 163701, 1, 10916.251557, 9678.767374",
    "ETHUSDT-aggTrades-derived-2019-06-01.csv.gz, ETHUSDT, 158232, 1, 244439.949, 211237.03713"
  })
  void aRealArchiveComesThroughTheSocketWhole(
      String name, String symbol, int trades, long firstId, BigDecimal bought, BigDecimal sold)
      throws Exception {
    try (Venue venue = Venue.start(VenueSettings.archive(recorded(name)).build());
        TextClient client =
            TextClient.open(venue, "/ws/" + symbol.toLowerCase(Locale.ROOT) + "@aggTrade")) {
      BigDecimal gotBought = BigDecimal.ZERO;
      BigDecimal gotSold = BigDecimal.ZERO;
      for (int i = 0; i < trades; i++) {
        var event = Json.map(client.next());
        assertThat(event).containsEntry("a", firstId + i);
        BigDecimal quantity = new BigDecimal((String) event.get("q"));
        if ((Boolean) event.get("m")) {
          gotSold = gotSold.add(quantity);
        } else {
          gotBought = gotBought.add(quantity);
        }
      }
      assertThat(gotBought).isEqualByComparingTo(bought);
      assertThat(gotSold).isEqualByComparingTo(sold);
      await().until(() -> market(venue, symbol).ended());
      assertThat(market(venue, symbol).trades()).isEqualTo(trades);
      assertThat(market(venue, symbol).bought()).isEqualByComparingTo(bought);
      assertThat(market(venue, symbol).sold()).isEqualByComparingTo(sold);
      assertThat(market(venue, symbol).lastId()).isEqualTo(firstId + trades - 1);
      assertThat(client.nextWithin(0)).isNull();
    }
  }

  @Test
  void timesAndPricesStayAsTheyAre() throws Exception {
    try (Venue venue =
            Venue.start(
                VenueSettings.archive(recorded("BTCUSDC-aggTrades-2025-10-04.zip")).build());
        TextClient client = TextClient.open(venue, "/ws/btcusdc@aggTrade?timeUnit=MICROSECOND")) {
      assertThat(client.next())
          .isEqualTo(
              "{\"e\":\"aggTrade\",\"E\":1759536000061015,\"s\":\"BTCUSDC\",\"a\":184359103,"
                  + "\"p\":\"122335.79000000\",\"q\":\"0.00084000\",\"f\":243254795,"
                  + "\"l\":243254804,\"T\":1759536000061015,\"m\":false,\"M\":true}");
    }
  }

  @Test
  void nothingIsPlayedBeforeTheFirstSubscription() throws Exception {
    try (Venue venue = Venue.start(VenueSettings.archive(archive(1_000)).build())) {
      try (TextClient idle = TextClient.open(venue, "/ws")) {
        idle.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
        // The rules are known when the player has looked into the file and waits.
        assertThat(get(venue, "/api/v3/exchangeInfo")).contains("BTCUSDT");
        assertThat(market(venue, "BTCUSDT").trades()).isZero();
        idle.ask("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":1}");
        assertThat(Json.map(idle.next())).containsEntry("a", 1L);
      }
    }
  }

  @Test
  void severalFilesOfASymbolAreOneTape() throws Exception {
    Path second = folder.resolve("BTCUSDT-aggTrades-2.csv");
    Files.writeString(second, lines(1_001, 1_500));
    VenueSettings settings =
        VenueSettings.archives(ArchiveFile.of(archive(1_000)), ArchiveFile.of(second)).build();
    try (Venue venue = Venue.start(settings);
        TextClient client = TextClient.open(venue, STREAM)) {
      for (long id = 1; id <= 1_500; id++) {
        assertThat(Json.map(client.next())).containsEntry("a", id);
      }
      await().until(() -> market(venue, "BTCUSDT").ended());
    }
  }

  @Test
  void aReaderThatDoesNotReadHoldsThePlayerBackAndLosesNothing() throws Exception {
    int trades = 300_000;
    try (Venue venue = Venue.start(VenueSettings.archive(archive(trades)).keep(20_000).build());
        RawClient client = new RawClient(venue, 4 * 1024)) {
      client.requestUpgrade(STREAM);
      client.readHead();
      long[] before = {-1};
      // Held back, when nothing has been printed between two looks.
      await()
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                long now = market(venue, "BTCUSDT").trades();
                boolean held = now > 0 && now == before[0];
                before[0] = now;
                return held;
              });
      assertThat(market(venue, "BTCUSDT").trades()).isLessThan(trades);
      assertThat(market(venue, "BTCUSDT").ended()).isFalse();
      for (long id = 1; id <= trades; id++) {
        assertThat(client.read(RawClient.TEXT).payload()).contains("\"a\":" + id + ",");
      }
      await().until(() -> market(venue, "BTCUSDT").ended());
    }
  }

  @Test
  void whatADroppedConnectionMissedIsAtRestAndTheTapeWaitsForTheNext() throws Exception {
    try (Venue venue = Venue.start(VenueSettings.archive(archive(100_000)).build())) {
      try (TextClient client = TextClient.open(venue, STREAM)) {
        assertThat(Json.map(client.next())).containsEntry("a", 1L);
        venue.switchOn(new VenueFault(FaultKind.CLOSE, 1_006));
        client.closeCode();
      }
      await().until(() -> venue.account().subscriptions().isEmpty());
      try (TextClient client = TextClient.open(venue, STREAM)) {
        long next = (Long) Json.map(client.next()).get("a");
        assertThat(get(venue, "/api/v3/aggTrades?symbol=BTCUSDT&fromId=" + (next - 1) + "&limit=1"))
            .contains("\"a\":" + (next - 1) + ",");
        while (next < 100_000) {
          assertThat(Json.map(client.next())).containsEntry("a", ++next);
        }
      }
    }
  }

  @Test
  void aDamagedLineLosesNothingElse() throws Exception {
    Path file = folder.resolve("BTCUSDT-aggTrades-1.csv");
    Files.writeString(file, lines(1, 10) + "nonsense\n3,1,1,1,1,1,true\n" + lines(11, 20));
    try (Venue venue = Venue.start(VenueSettings.archive(file).build());
        TextClient client = TextClient.open(venue, STREAM)) {
      for (long id = 1; id <= 20; id++) {
        assertThat(Json.map(client.next())).containsEntry("a", id);
      }
      await().until(() -> market(venue, "BTCUSDT").ended());
    }
  }

  @Test
  void aFileThatIsCutOffIsPlayedUpToThere() throws Exception {
    byte[] whole = lines(1, 50_000).getBytes(StandardCharsets.US_ASCII);
    Path file = folder.resolve("BTCUSDT-aggTrades-1.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(whole);
    }
    byte[] packed = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(packed, packed.length / 2));
    try (Venue venue = Venue.start(VenueSettings.archive(file).build());
        TextClient client = TextClient.open(venue, STREAM)) {
      assertThat(Json.map(client.next())).containsEntry("a", 1L);
      await().until(() -> market(venue, "BTCUSDT").ended());
      assertThat(market(venue, "BTCUSDT").trades()).isBetween(10_000L, 40_000L);
    }
  }

  @Test
  void aFactorOfRealTimeIsKept() throws Exception {
    // Trades are 10 ms apart: 100 of them take 1 s, or 0.25 s at 4 times the speed.
    long begin = System.nanoTime();
    try (Venue venue = Venue.start(VenueSettings.archive(archive(100)).speed(4).build());
        TextClient client = TextClient.open(venue, STREAM)) {
      for (int i = 0; i < 100; i++) {
        client.next();
      }
      assertThat(System.nanoTime() - begin).isGreaterThan(247_000_000L);
    }
  }

  @Test
  void decimalsAreThoseOfTheArchive() throws Exception {
    Path file = folder.resolve("NEWUSDT-aggTrades-1.csv");
    Files.writeString(file, "1,0.123456,7,1,1,1558828800453,true\n");
    try (Venue venue = Venue.start(VenueSettings.archive(file).build())) {
      assertThat(get(venue, "/api/v3/exchangeInfo?symbol=NEWUSDT"))
          .contains("\"tickSize\":\"0.00000100\"");
    }
  }

  /**
   * With the three further decimals that the connector takes, a long has to hold the quantities.
   */
  @Test
  void quantitiesOfTrillionsHaveNoMoreDecimalsThanALongHolds() throws Exception {
    Path file = folder.resolve("PEPEUSDT-aggTrades-1.csv");
    Files.writeString(file, "1,0.00001,1000000000000000.125,1,1,1558828800453,true\n");
    try (Venue venue = Venue.start(VenueSettings.archive(file).build());
        TextClient client = TextClient.open(venue, "/ws/pepeusdt@aggTrade")) {
      assertThat(get(venue, "/api/v3/exchangeInfo?symbol=PEPEUSDT"))
          .contains("\"stepSize\":\"1.00000000\"");
      assertThat(Json.map(client.next())).containsEntry("q", "1000000000000000.12500000");
    }
  }

  @Test
  void aStrictArchiveEndsAtItsFirstDamagedLine() throws Exception {
    Path file = folder.resolve("BTCUSDT-aggTrades-test.csv");
    Files.writeString(file, lines(1, 700) + "701,what?\n" + lines(702, 900));
    VenueSettings settings = VenueSettings.archive(file).strict(true).build();
    try (Venue venue = Venue.start(settings);
        TextClient client = TextClient.open(venue, STREAM)) {
      for (int id = 1; id <= 700; id++) {
        assertThat(Json.map(client.next())).containsEntry("a", (long) id);
      }
      await().until(() -> market(venue, "BTCUSDT").ended());
      VenueAccount.Market market = market(venue, "BTCUSDT");
      assertThat(market.lastId()).isEqualTo(700);
      assertThat(market.problem()).startsWith(file + " line 701: 7 or 8 columns were expected");
    }
  }

  @Test
  void ofACutFileAllWholeLinesBeforeTheCutArePlayed() throws Exception {
    Path file = folder.resolve("BTCUSDT-aggTrades-test.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(lines(1, 20_000).getBytes(StandardCharsets.US_ASCII));
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    int readable = 0;
    try (ArchiveReader reader = new ArchiveReader(file)) {
      while (reader.next() != null) {
        readable++;
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("end of ZLIB");
    }
    assertThat(readable).isBetween(1_000, 19_999);
    try (Venue venue = Venue.start(VenueSettings.archive(file).strict(true).build());
        TextClient client = TextClient.open(venue, STREAM)) {
      for (int id = 1; id <= readable; id++) {
        assertThat(Json.map(client.next())).containsEntry("a", (long) id);
      }
      await().until(() -> market(venue, "BTCUSDT").ended());
      assertThat(market(venue, "BTCUSDT").problem())
          .contains("cannot be read beyond line " + readable);
    }
  }

  @Test
  void isPlayedAsFarAsItIsAllowedAndTellsHowFarThatIs() throws Exception {
    try (Venue venue = Venue.start(VenueSettings.archive(archive(5_000)).build())) {
      venue.allow("BTCUSDT", 1_000);
      try (TextClient client = TextClient.open(venue, STREAM)) {
        for (int id = 1; id <= 1_000; id++) {
          client.next();
        }
        assertThat(market(venue, "BTCUSDT").trades()).isBetween(1_000L, 1_300L);
        assertThat(market(venue, "BTCUSDT").ended()).isFalse();
        venue.allow("BTCUSDT", Long.MAX_VALUE);
        for (int id = 1_001; id <= 5_000; id++) {
          assertThat(Json.map(client.next())).containsEntry("a", (long) id);
        }
        await().until(() -> market(venue, "BTCUSDT").ended());
        assertThat(market(venue, "BTCUSDT").played()).isEqualTo(1);
        assertThat(market(venue, "BTCUSDT").problem()).isEmpty();
      }
    }
  }

  private Path archive(int trades) throws Exception {
    Path file = folder.resolve("BTCUSDT-aggTrades-test.csv");
    return Files.writeString(file, lines(1, trades));
  }

  private static String lines(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int id = from; id <= to; id++) {
      text.append(id).append(",64000.1,0.5,").append(id).append(',').append(id).append(',');
      text.append(1_558_828_800_000L + id * 10L).append(",true,true\n");
    }
    return text.toString();
  }

  private static VenueAccount.Market market(Venue venue, String symbol) {
    return venue.account().markets().get(symbol);
  }

  private static String get(Venue venue, String path) throws Exception {
    URI uri = URI.create(venue.restEndpoint() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  /** A recording beside the project; without it the test is skipped. */
  private static Path recorded(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared/data/archives").resolve(name);
      if (Files.isRegularFile(candidate)) {
        return candidate;
      }
    }
    String missing = "SKIPPED: there is no ../shared/data/archives/" + name;
    System.err.println(missing);
    assumeTrue(false, missing);
    return null;
  }
}
