package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.RestRequest;
import io.tapeflow.stream.binance.BinanceSpot;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

/** How missing trades are asked for, against a venue that has every id up to the last one. */
class RepairerTest {
  private static final URI REST = URI.create("https://rest.example.org");
  private static final Pattern QUERY = Pattern.compile("symbol=(\\w+)&fromId=(\\d+)&limit=(\\d+)$");
  private static final Duration TEND = Duration.ofMillis(50);
  private static final Duration LATE = Duration.ofMillis(200);
  private static final int LOST_EVERY = 7;

  private final ManualTime time = new ManualTime();
  private final BinanceSpot venue = new BinanceSpot();
  private final List<URI> asked = new ArrayList<>();
  private final List<InstrumentFeed> feeds = new ArrayList<>();
  private long lastId;
  private long mostWeight;
  private int status = 200;
  private final RestClient rest =
      new RestClient(
          venue,
          this::answer,
          new RestBudget("rest.example.org", time, new KeptPauses(null)),
          () -> Limits.of(Limits.Configured.VENUES_OWN, venue.limits()),
          time,
          time);
  private final Repairer repairer = new Repairer(venue, rest, REST, time, time, () -> {});

  @Test
  void severalHolesTakeOnePage() {
    open(1);
    IntStream.rangeClosed(1, 400).forEach(any -> print());
    assertThat(missing()).isEqualTo(57);
    time.pass(LATE);
    tend();
    assertThat(missing()).isZero();
    assertThat(asked).hasSize(1);
    assertThat(feeds.get(0).status().gaps()).isEqualTo(57);
    assertThat(feeds.get(0).status().repaired()).isEqualTo(57);
    assertThat(feeds.get(0).status().duplicates()).isZero();
  }

  @Test
  void aStreamThatGoesOnLosingTradesIsRepairedWithinOurShare() {
    open(50);
    for (int tick = 0; tick < Duration.ofMinutes(5).dividedBy(TEND); tick++) {
      if (tick % 4 == 0) {
        print();
      }
      time.pass(TEND);
      tend();
      mostWeight = Math.max(mostWeight, rest.status().used());
    }
    assertThat(feeds).allSatisfy(feed -> assertThat(feed.status().unrepaired()).isZero());
    assertThat(mostWeight).isLessThan(rest.status().limit());
    assertThat(feeds).allSatisfy(feed -> assertThat(feed.status().repaired()).isGreaterThan(200));
  }

  @Test
  void aLongHoleIsFetchedWithoutAPause() {
    open(1);
    lastId += 100_001;
    print();
    time.pass(LATE);
    tend();
    assertThat(missing()).isZero();
    assertThat(feeds.get(0).status().repaired()).isEqualTo(100_001);
  }

  /** To wait would not make a page bring more than all it can. */
  @Test
  void pagesFullOfHolesAreFetchedWithoutAPause() {
    open(1);
    IntStream.rangeClosed(1, 40_000).forEach(any -> print());
    time.pass(LATE);
    tend();
    assertThat(missing()).isZero();
    assertThat(feeds.get(0).status().unrepaired()).isZero();
    assertThat(feeds.get(0).status().repaired()).isGreaterThan(5_000);
  }

  @Test
  void whileRestMustBeLeftAloneThatIsTheReason() {
    open(1);
    status = 418;
    IntStream.rangeClosed(1, 10).forEach(any -> print());
    time.pass(LATE);
    tend();
    assertThat(feeds.get(0).status().reason()).endsWith("; REST: HTTP status 418");
    time.pass(Duration.ofSeconds(30));
    tend();
    tend();
    assertThat(feeds.get(0).status().unrepaired()).isEqualTo(1);
    assertThat(feeds.get(0).status().reason())
        .endsWith("; REST: rest.example.org answered HTTP status 418");
    assertThat(asked).hasSize(1);
  }

  private void open(int count) {
    StreamSettings settings = ConnectorRig.settings(URI.create("ws://h"), REST, "BTCUSDT");
    for (int i = 0; i < count; i++) {
      Instrument instrument = new Instrument(venue.venue(), "S" + i, 2, 5, 1);
      feeds.add(new InstrumentFeed(instrument, settings, true, null, time));
    }
    print();
  }

  /** One more trade of every instrument; some do not arrive. */
  private void print() {
    lastId++;
    if (lastId % LOST_EVERY != 0) {
      long flags = TapeRow.flags(true, 1, false, false);
      feeds.forEach(feed -> feed.trade(lastId, 1, 1, time.wallMicros(), time.wallMicros(), flags));
    }
  }

  private void tend() {
    repairer.check(feeds, LATE);
    feeds.forEach(InstrumentFeed::tick);
  }

  /** Ids that trades wait for or were released without. */
  private long missing() {
    InstrumentFeed feed = feeds.get(0);
    long arrivedOrRepaired = feed.status().received() + feed.status().repaired();
    return lastId - arrivedOrRepaired;
  }

  private CompletableFuture<Transport.Answer> answer(RestRequest request, Duration timeout) {
    URI uri = request.uri();
    asked.add(uri);
    Matcher query = QUERY.matcher(uri.getQuery());
    assertThat(query.find()).isTrue();
    long from = Long.parseLong(query.group(2));
    long to = Math.min(lastId, from + Long.parseLong(query.group(3)) - 1);
    StringBuilder json = new StringBuilder("[");
    for (long id = from; id <= to; id++) {
      json.append(id == from ? "" : ",")
          .append("{\"a\":%d,\"p\":\"0.01\",\"q\":\"0.00001\",\"f\":1,\"l\":1,".formatted(id))
          .append("\"T\":%d,\"m\":false,\"M\":true}".formatted(time.wallMicros() / 1_000));
    }
    byte[] body = json.append(']').toString().getBytes(StandardCharsets.US_ASCII);
    return CompletableFuture.completedFuture(
        new Transport.Answer(status, body, HttpFields.EMPTY, time.wallMicros(), 1));
  }
}
