package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.stream.VenueClock;
import io.tapeflow.stream.binance.BinanceSpot;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class VenueTimerTest {
  private static final URI HOST = URI.create("https://rest.example.org");
  private static final BinanceSpot SPOT = new BinanceSpot();

  private final ManualTime time = new ManualTime();
  private final Budgets budgets = new Budgets(time, new KeptPauses(null));
  private final VenueTime venue = budgets.of(HOST).time();
  private final List<Long> roundTripsMillis = new ArrayList<>();
  private Duration offset = Duration.ofMillis(1_500);
  private int status = 200;
  private int asked;
  private final VenueTimer timer = timer(client());

  @Test
  void theSkewIsThatOfTheShortestRoundTrip() {
    // The way there takes all of the trip: the estimate is wrong by half of it.
    roundTripsMillis.addAll(List.of(80L, 20L, 6L, 40L, 90L));
    timer.check();
    VenueClock clock = venue.estimate();
    assertThat(asked).isEqualTo(5);
    assertThat(clock.roundTrip()).isEqualTo(Duration.ofMillis(6));
    assertThat(clock.skew()).isEqualTo(offset.plusMillis(3));
    assertThat(clock.measuredAt()).isBetween(time.now().minusSeconds(1), time.now());
  }

  @Test
  void itIsMeasuredOncePerTenMinutesForAllConnectors() {
    VenueTimer other = timer(client());
    timer.check();
    other.check();
    time.pass(Duration.ofMinutes(10).minusSeconds(1));
    timer.check();
    assertThat(asked).isEqualTo(5);
    time.pass(Duration.ofSeconds(1));
    other.check();
    timer.check();
    assertThat(asked).isEqualTo(10);
  }

  @Test
  void aClockThatWasSetIsMeasuredAgainAtOnce() {
    timer.check();
    time.jump(Duration.ofSeconds(-3));
    offset = offset.plusSeconds(3);
    timer.check();
    assertThat(venue.estimate().skew()).isEqualTo(Duration.ofMillis(4_500));
    timer.check();
    assertThat(asked).isEqualTo(10);
  }

  @Test
  void aVenueThatDoesNotAnswerIsAskedAgainLaterAndTheOldEstimateStays() {
    timer.check();
    VenueClock before = venue.estimate();
    status = 500;
    time.pass(Duration.ofMinutes(10));
    timer.check();
    assertThat(asked).isEqualTo(6);
    assertThat(venue.estimate()).isEqualTo(before);
    time.pass(Duration.ofSeconds(9));
    timer.check();
    assertThat(asked).isEqualTo(6);
    status = 200;
    time.pass(Duration.ofSeconds(1));
    timer.check();
    assertThat(venue.estimate()).isNotEqualTo(before);
  }

  @Test
  void aConnectorThatIsClosedLeavesItToAnother() {
    budgets.of(HOST).rest().pause(Duration.ofMinutes(1), 429);
    RestClient closing = client();
    timer(closing).check();
    timer.check();
    assertThat(asked).isZero();
    closing.close();
    timer.check();
    time.pass(Duration.ofMinutes(1));
    assertThat(venue.estimate()).isNotNull();
  }

  private VenueTimer timer(RestClient rest) {
    return new VenueTimer(SPOT, rest, HOST, venue, time);
  }

  private RestClient client() {
    Limits limits = Limits.of(Limits.Configured.VENUES_OWN, SPOT.limits());
    return new RestClient(
        SPOT,
        (request, timeout) -> CompletableFuture.completedFuture(answer()),
        budgets.of(HOST).rest(),
        () -> limits,
        time,
        time);
  }

  private Transport.Answer answer() {
    Duration trip =
        Duration.ofMillis(asked < roundTripsMillis.size() ? roundTripsMillis.get(asked) : 0);
    asked++;
    long sent = time.wallMicros();
    time.pass(trip);
    long millis = (time.wallMicros() + offset.toNanos() / 1_000) / 1_000;
    byte[] body = ("{\"serverTime\":" + millis + "}").getBytes(StandardCharsets.UTF_8);
    return new Transport.Answer(status, body, HttpFields.EMPTY, sent, trip.toNanos());
  }
}
