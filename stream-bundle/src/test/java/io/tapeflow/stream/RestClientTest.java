package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.venue.RestRequest;
import io.tapeflow.stream.binance.BinanceSpot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestClientTest {
  private static final URI HOST = URI.create("https://rest.example.org");
  private static final BinanceSpot SPOT = new BinanceSpot();

  private final ManualTime time = new ManualTime();
  private final Budgets budgets = new Budgets(time, new KeptPauses(null));
  private final List<String> asked = new ArrayList<>();
  private Transport.Answer answer = answer(200);
  private Limits limits = limits(100, 100);
  private final RestClient rest = client();

  @Test
  void aRequestWithinTheBudgetIsSentAtOnce() {
    assertThat(get("a", 4, RestUse.REPAIR)).isCompleted();
    assertThat(rest.status())
        .isEqualTo(
            new BudgetStatus(
                "REST weight", "rest.example.org", 4, 100, Duration.ofMinutes(1), null, ""));
  }

  @Test
  void aWaitIsShownAndEndsByItselfAndRepairsGoFirst() {
    get("used", 100, RestUse.REPAIR);
    CompletableFuture<?> clock = get("clock", 60, RestUse.CLOCK);
    CompletableFuture<?> repair = get("repair", 60, RestUse.REPAIR);
    BudgetStatus status = rest.status();
    assertThat(status.waitingUntil()).isEqualTo(time.now().plusSeconds(60));
    assertThat(status.reason())
        .isEqualTo("the venue's time and 1 more must wait: our share is used up");

    time.pass(Duration.ofMinutes(1));
    assertThat(repair).isCompleted();
    assertThat(clock).isNotDone();
    time.pass(Duration.ofMinutes(1));
    assertThat(clock).isCompleted();
    assertThat(asked).containsExactly("used", "repair", "clock");
    assertThat(rest.status().waitingUntil()).isNull();
  }

  @Test
  void theBudgetIsThatOfTheWholeProcess() {
    get("here", 100, RestUse.REPAIR);
    RestClient other = client();
    CompletableFuture<?> there = other.get(request("there", 1), RestUse.REPAIR);
    assertThat(there).isNotDone();
    assertThat(other.status().used()).isEqualTo(100);
    assertThat(other.status().reason()).startsWith("missing trades must wait");
    assertThat(rest.status().reason()).isEmpty();
  }

  @Test
  void tooManyRequestsStopAllOfThemForAsLongAsTheVenueSays() {
    answer = answer(429, "Retry-After", "7");
    assertThat(get("first", 1, RestUse.PROBE).join().status()).isEqualTo(429);
    answer = answer(200);
    RestClient other = client();
    CompletableFuture<?> waiting = other.get(request("second", 1), RestUse.REPAIR);
    assertThat(rest.pause()).isEqualTo(Duration.ofSeconds(7));
    assertThat(rest.status().reason()).isEqualTo("rest.example.org answered HTTP status 429");
    time.pass(Duration.ofSeconds(7).minusNanos(1));
    assertThat(waiting).isNotDone();
    time.pass(Duration.ofNanos(1));
    assertThat(waiting).isCompleted();
    assertThat(rest.pause()).isZero();
    assertThat(rest.status().reason()).isEmpty();
  }

  @Test
  void aTimeToComeBackAtIsUnderstoodAsWell() {
    Instant end = time.now().plusSeconds(90).truncatedTo(ChronoUnit.SECONDS);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(end.atZone(ZoneOffset.UTC));
    HttpFields headers = answer(429, "Retry-After", date).headers();
    answer = new Transport.Answer(429, new byte[0], headers, time.wallMicros(), 0);
    get("first", 1, RestUse.PROBE);
    assertThat(rest.pause()).isBetween(Duration.ofSeconds(89), Duration.ofSeconds(91));
  }

  @Test
  void anUnreadableTimeToComeBackAtIsTheUsualOne() {
    answer = answer(429, "Retry-After", "soon");
    assertThat(get("first", 1, RestUse.PROBE)).isCompleted();
    assertThat(rest.pause()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aBanOutlivesTheProcess(@TempDir Path directory) {
    Path file = directory.resolve("state").resolve("pauses");
    RestBudget before = new RestBudget("venue", time, new KeptPauses(file));
    new RestBudget("other", time, new KeptPauses(file)).pause(Duration.ofSeconds(5), 429);
    before.pause(Duration.ofMinutes(3), 418);
    before.pause(Duration.ofMinutes(2), 429);
    time.pass(Duration.ofMinutes(1));
    RestBudget after = new RestBudget("venue", time, new KeptPauses(file));
    assertThat(after.pauseNanos()).isEqualTo(Duration.ofMinutes(2).toNanos());
    assertThat(after.reason(limits)).isEqualTo("venue answered HTTP status 418");
    assertThat(new RestBudget("other", time, new KeptPauses(file)).pauseNanos()).isZero();
    assertThat(new RestBudget("new", time, new KeptPauses(file)).pauseNanos()).isZero();
  }

  @Test
  void aDamagedFileOfPausesIsPassedOver(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("pauses");
    Files.writeString(file, "venue=tomorrow\nother=\\u12");
    assertThat(new RestBudget("venue", time, new KeptPauses(file)).pauseNanos()).isZero();
    Files.writeString(file, "venue=tomorrow 418");
    RestBudget budget = new RestBudget("venue", time, new KeptPauses(file));
    assertThat(budget.pauseNanos()).isZero();
    budget.pause(Duration.ofSeconds(9), 429);
    RestBudget again = new RestBudget("venue", time, new KeptPauses(file));
    assertThat(again.pauseNanos()).isPositive();
  }

  @Test
  void aShorterPauseDoesNotEndABan() {
    answer = answer(418);
    get("banned", 1, RestUse.REPAIR);
    budgets.of(HOST).rest().pause(Duration.ofSeconds(1), 429);
    assertThat(rest.pause()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void venuesAtOtherPortsOfAHostShareItsAttemptsAndNothingElse() {
    HostBudgets one = budgets.of(URI.create("http://127.0.0.1:9001"));
    HostBudgets other = budgets.of(URI.create("http://127.0.0.1:9002"));
    one.rest().pause(Duration.ofMinutes(1), 429);
    assertThat(other.rest().pauseNanos()).isZero();
    assertThat(other.time()).isNotSameAs(one.time());
    assertThat(other.attempts()).isSameAs(one.attempts());
    assertThat(budgets.of(URI.create("http://127.0.0.1:9001"))).isSameAs(one);
  }

  @Test
  void whatTheVenueCountsForOthersBehindOurAddressHoldsUsBack() {
    limits = limits(100, 1_000);
    answer = answer(200, SPOT.usedWeightHeader(), "999");
    get("a", 1, RestUse.REPAIR);
    assertThat(get("b", 1, RestUse.REPAIR)).as("999 is below 1000").isCompleted();
    answer = answer(200, SPOT.usedWeightHeader(), "1000");
    get("c", 1, RestUse.REPAIR);
    CompletableFuture<?> waiting = get("d", 1, RestUse.REPAIR);
    assertThat(waiting).isNotDone();
    assertThat(rest.status().reason())
        .isEqualTo("missing trades must wait: rest.example.org counts 1000 for this address");
    time.pass(Duration.ofMinutes(1));
    assertThat(waiting).isCompleted();
  }

  @Test
  void whatIsOfNoUseLaterGivesUpItsPlace() {
    get("used", 100, RestUse.REPAIR);
    CompletableFuture<?> scales = get("scales", 20, RestUse.SCALES);
    CompletableFuture<?> repair = get("repair", 90, RestUse.REPAIR);
    time.pass(Duration.ofSeconds(3));
    assertThat(scales)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(TimeoutException.class)
        .withMessageContaining("our share is used up");
    time.pass(Duration.ofSeconds(57));
    assertThat(repair).isCompleted();
  }

  @Test
  void whatABanOutlastsIsGivenUpAtOnce() {
    budgets.of(HOST).rest().pause(Duration.ofSeconds(30), 418);
    assertThat(get("scales", 20, RestUse.SCALES)).isCompletedExceptionally();
    CompletableFuture<?> repair = get("repair", 4, RestUse.REPAIR);
    assertThat(repair).isNotDone();
    time.pass(Duration.ofSeconds(30));
    assertThat(repair).isCompleted();
    assertThat(asked).containsExactly("repair");
  }

  @Test
  void aCloseGivesUpWhatWaits() {
    get("used", 100, RestUse.REPAIR);
    CompletableFuture<?> waiting = get("waiting", 100, RestUse.REPAIR);
    RestClient other = client();
    CompletableFuture<?> others = other.get(request("other", 1), RestUse.REPAIR);
    rest.close();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(waiting.isCancelled()).isTrue();
    time.pass(Duration.ofMinutes(1));
    assertThat(others).isCompleted();
    assertThat(get("late", 1, RestUse.REPAIR)).isCompletedExceptionally();
    assertThat(asked).containsExactly("used", "other");
  }

  private CompletableFuture<Transport.Answer> get(String name, int weight, RestUse use) {
    return rest.get(request(name, weight), use);
  }

  private static RestRequest request(String name, int weight) {
    return new RestRequest(URI.create(HOST + "/" + name), weight);
  }

  private RestClient client() {
    return new RestClient(
        SPOT,
        (request, timeout) -> {
          asked.add(request.uri().getPath().substring(1));
          return CompletableFuture.completedFuture(answer);
        },
        budgets.of(HOST).rest(),
        () -> limits,
        time,
        time);
  }

  private static Limits limits(long own, long all) {
    Duration minute = Duration.ofMinutes(1);
    return new Limits(
        5,
        1024,
        new Budget.Limit(250, Duration.ofMinutes(5)),
        new Budget.Limit(own, minute),
        new Budget.Limit(all, minute));
  }

  static Transport.Answer answer(int status, String... headers) {
    HttpFields.Mutable fields = HttpFields.build();
    for (int i = 0; i < headers.length; i += 2) {
      fields.put(headers[i], headers[i + 1]);
    }
    return new Transport.Answer(status, new byte[0], fields, 0, 0);
  }
}
