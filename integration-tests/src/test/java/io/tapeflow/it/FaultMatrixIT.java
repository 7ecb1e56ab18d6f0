package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StateChange;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.Test;

/**
 * The same trades under every fault of the network and the venue: each is released once and in
 * order, the metrics are those of the undisturbed run to the last digit, the status tells the truth
 * meanwhile, and nothing is left behind.
 */
public class FaultMatrixIT extends ShippedIT {
  private static final int TRADES = 8_000;

  /** The trades are 10 ms apart, so they take about two seconds. */
  private static final String SPEED = "40";

  /** The venue has the same rules for all of them. */
  private static final List<String> SYMBOLS =
      java.util.stream.Stream.of("BTC", "ETH", "BNB", "SOL", "LTC")
          .flatMap(
              base ->
                  java.util.stream.Stream.of(
                          "USDT", "USDC", "FDUSD", "BUSD", "TUSD", "EUR", "GBP", "TRY", "BRL")
                      .map(quote -> base + quote))
          .toList();

  private static final AtomicInteger RUNS = new AtomicInteger();
  private static Map<String, Object> undisturbed;

  // ---- the network ----

  @Test
  public void aConnectionThatNothingPassesOnAnyMore() throws IOException {
    play(
        run -> {
          run.link.stall();
          run.awaitError(ErrorKind.IDLE);
          run.link.heal();
        });
  }

  @Test
  public void aStallThatEndsInTime() throws IOException {
    play(
        run -> {
          run.link.stall();
          long stuck = run.lastId();
          run.link.heal();
          run.stream.until("going on", status -> run.lastId() > stuck);
        });
  }

  @Test
  public void aResetInTheMiddleOfAFrame() throws IOException {
    play(
        run -> {
          for (int i = 0; i < 3; i++) {
            run.link.shred(7);
            run.awaitMore();
            run.link.cut(true);
            run.awaitNextConnection();
          }
          run.link.heal();
        });
  }

  @Test
  public void anEndInTheMiddleOfAFrame() throws IOException {
    play(
        run -> {
          run.link.shred(7);
          run.awaitMore();
          run.link.cut(false);
          run.awaitNextConnection();
          run.link.heal();
        });
  }

  @Test
  public void framesInPacketsOfOneByte() throws IOException {
    Run run =
        play(
            running -> {
              running.link.shred(1);
              running.awaitMore();
              running.link.heal();
            });
    assertThat(run.last.connections()).isEqualTo(1);
  }

  @Test
  public void whatTheClientSendsGetsLost() throws IOException {
    play(
        run -> {
          run.link.loseWhatIsSent();
          run.link.cut(true);
          run.awaitError(ErrorKind.TIMEOUT);
          run.link.heal();
        });
  }

  @Test
  public void packetsThatGetLostAndAreSentAgain() throws IOException {
    Run run =
        play(
            running -> {
              running.link.losePackets();
              running.awaitMore();
              running.awaitMore();
              running.link.heal();
            });
    assertThat(run.last.connections()).isEqualTo(1);
  }

  @Test
  public void tlsThatIsCutShreddedAndStalled() throws IOException {
    play(
        overTls(),
        Map.of(FaultKind.DROP, 97),
        run -> {
          run.link.shred(7);
          run.awaitMore();
          run.link.cut(true);
          run.awaitNextConnection();
          run.link.cut(false);
          run.awaitNextConnection();
          run.link.heal();
          run.venue.switchOn(FaultKind.RESET_MID_FRAME);
          run.awaitNextConnection();
          run.link.stall();
          run.awaitError(ErrorKind.IDLE);
          run.link.heal();
        });
  }

  @Test
  public void tlsWithAFlippedBitAndHalfAHandshake() throws IOException {
    play(
        overTls(),
        Map.of(),
        run -> {
          run.link.garble();
          run.awaitError(ErrorKind.TLS);
          run.link.heal();
          run.awaitMore();
          run.link.loseWhatIsSent();
          run.link.cut(true);
          run.stream.until(
              "half a handshake",
              status ->
                  status.lastError().kind() == ErrorKind.TIMEOUT
                      && status.lastError().phase() == ConnectionPhase.TLS);
          run.link.heal();
        });
  }

  // ---- the venue's stream ----

  @Test
  public void everyCloseCode() throws IOException {
    play(
        run -> {
          for (int code : new int[] {1_000, 1_001, 1_006, 1_012}) {
            run.venue.switchOn(FaultKind.CLOSE, code);
            run.awaitNextConnection();
          }
        });
  }

  @Test
  public void aHalfOpenVenue() throws IOException {
    play(run -> breakAndMend(run, FaultKind.HALF_OPEN, 0, ErrorKind.IDLE));
  }

  @Test
  public void pingsWithoutData() throws IOException {
    play(run -> breakAndMend(run, FaultKind.PINGS_ONLY, 0, ErrorKind.IDLE));
  }

  @Test
  public void silence() throws IOException {
    play(run -> breakAndMend(run, FaultKind.NO_DATA, 0, ErrorKind.IDLE));
  }

  @Test
  public void aVenueThatRefusesToComeBackForAWhile() throws IOException {
    play(run -> breakAndMend(run, FaultKind.REFUSE_TCP, 1_006, ErrorKind.CLOSED));
  }

  @Test
  public void everyStatusInsteadOfTheUpgrade() throws IOException {
    play(
        run -> {
          for (int code : new int[] {403, 429, 451, 503}) {
            run.venue.switchOn(FaultKind.HTTP_STATUS, code);
            run.link.cut(true);
            run.stream.until(
                "HTTP " + code,
                status ->
                    status.lastError() != null
                        && status.lastError().kind() == ErrorKind.HTTP
                        && status.lastError().message().contains(Integer.toString(code)));
            run.venue.clearFaults();
            run.stream.awaitLive();
          }
        });
  }

  @Test
  public void everySilenceOnTheWayBack() throws IOException {
    play(
        run -> {
          for (FaultKind kind :
              new FaultKind[] {
                FaultKind.SILENT_AFTER_TCP,
                FaultKind.SILENT_IN_UPGRADE,
                FaultKind.SILENT_IN_SUBSCRIBE
              }) {
            run.venue.switchOn(kind);
            run.link.cut(true);
            run.awaitError(ErrorKind.TIMEOUT);
            run.venue.clearFaults();
            run.stream.awaitLive();
          }
        });
  }

  // ---- the venue's trades ----

  @Test
  public void tradesDroppedDoubledSwappedAndGarbled() throws IOException {
    Run run =
        play(
            Map.of(
                FaultKind.DROP, 7,
                FaultKind.DUPLICATE, 5,
                FaultKind.REORDER, 6,
                FaultKind.MALFORMED, 11),
            running -> running.awaitMore());
    assertThat(run.instrument().duplicates()).isPositive();
    assertThat(run.instrument().repaired()).isPositive();
    assertThat(run.last.malformed() + run.instrument().rejected()).isPositive();
  }

  @Test
  public void tradesLeftOutDoubledAndShuffledByAPlan() throws IOException {
    Run run = play(Map.of(FaultKind.DISTURB, 42), Run::awaitMore);
    assertThat(run.instrument().duplicates()).isPositive();
    assertThat(run.instrument().repaired()).isPositive();
  }

  @Test
  public void idsThatGoBackwards() throws IOException {
    Run run = play(Map.of(FaultKind.IDS_BACKWARDS, 100), Run::awaitMore);
    assertThat(run.instrument().duplicates()).isPositive();
    assertThat(run.last.connections()).isEqualTo(1);
  }

  @Test
  public void jsonThatIsValidAndWrong() throws IOException {
    Run run = play(Map.of(FaultKind.WRONG_JSON, 101), Run::awaitMore);
    assertThat(run.last.malformed() + run.instrument().rejected()).isPositive();
    assertThat(run.last.connections()).isEqualTo(1);
  }

  @Test
  public void framesInFragmentsWithPingsBetween() throws IOException {
    Run run = play(Map.of(FaultKind.FRAGMENTED, 3), Run::awaitMore);
    assertThat(run.last.connections()).isEqualTo(1);
  }

  @Test
  public void bytesThatAreNoText() throws IOException {
    play(Map.of(FaultKind.INVALID_UTF8, 2_001), Run::awaitMore);
  }

  @Test
  public void aFrameCompressedThoughNobodyAgreed() throws IOException {
    play(Map.of(FaultKind.COMPRESSED, 2_001), Run::awaitMore);
  }

  @Test
  public void framesThatAreCutOffHalfOrMuchTooLong() throws IOException {
    play(
        run -> {
          for (FaultKind kind : new FaultKind[] {FaultKind.RESET_MID_FRAME, FaultKind.HALF_FRAME}) {
            run.venue.switchOn(kind);
            run.awaitNextConnection();
            run.venue.clearFaults();
          }
          run.venue.switchOn(FaultKind.OVERSIZED, 4_096);
          run.awaitNextConnection();
        });
  }

  @Test
  public void aShutdownThatIsAnnounced() throws IOException {
    Run run =
        play(
            running -> {
              running.venue.switchOn(FaultKind.SERVER_SHUTDOWN, 2_000);
              running.awaitNextConnection();
            });
    assertThat(run.instrument().gaps()).isZero();
    assertThat(run.last.timeline())
        .as("live from the first trade to the last")
        .noneMatch(line -> line.state() == StreamState.BACKING_OFF);
  }

  @Test
  public void aClockThatJumps() throws IOException {
    Run run =
        play(
            running -> {
              running.venue.switchOn(FaultKind.CLOCK_AHEAD, 3_600_000);
              running.awaitMore();
              running.venue.clearFaults();
              running.venue.switchOn(FaultKind.CLOCK_BEHIND, 3_600_000);
              running.awaitMore();
            });
    assertThat(run.last.connections()).isEqualTo(1);
  }

  // ---- the venue's REST interface, while the stream leaves trades out ----

  @Test
  public void restThatNeverAnswers() throws IOException {
    repairsOnceRestIsWell(FaultKind.REST_HANG, 0);
  }

  @Test
  public void restThatIsOutOfOrder() throws IOException {
    repairsOnceRestIsWell(FaultKind.REST_STATUS, 503);
  }

  @Test
  public void restThatAsksForPatience() throws IOException {
    repairsOnceRestIsWell(FaultKind.REST_LATE, 3_000);
  }

  @Test
  public void restThatBreaksOff() throws IOException {
    repairsOnceRestIsWell(FaultKind.REST_RESET, 0);
    repairsOnceRestIsWell(FaultKind.REST_TRUNCATED, 0);
  }

  @Test
  public void restThatHasNothing() throws IOException {
    repairsOnceRestIsWell(FaultKind.REST_EMPTY, 0);
    repairsOnceRestIsWell(FaultKind.REST_OUT_OF_RANGE, 0);
  }

  @Test
  public void restThatLags() throws IOException {
    play(Map.of(FaultKind.DROP, 97, FaultKind.REST_LAG, 700), run -> {});
  }

  @Test
  public void restThatTellsOfAnotherSymbol() throws IOException {
    repairsOnceRestIsWell(FaultKind.REST_OTHER_SYMBOL, 0);
  }

  @Test
  public void restThatLeavesOutWhatItHas() throws IOException {
    Run run = play(Map.of(FaultKind.DROP, 13, FaultKind.REST_LEAVES_OUT, 3), Run::awaitMore);
    assertThat(run.instrument().repaired()).isPositive();
    assertThat(run.instrument().absent()).isZero();
  }

  @Test
  public void restWithItsRowsInAnyOrder() throws IOException {
    repairsOnceRestIsWell(FaultKind.REST_SHUFFLED, 0);
  }

  private void repairsOnceRestIsWell(FaultKind fault, int number) throws IOException {
    Run run =
        play(
            Map.of(FaultKind.DROP, 97, fault, number),
            running -> {
              running.stream.until(
                  "holding",
                  status ->
                      status.instruments().stream()
                          .anyMatch(it -> it.received() > it.delivered() + TRADES / 50));
              running.stream.until(
                  "saying why",
                  status ->
                      status.instruments().get(0).reason().matches("\\d+ trades wait for ids .*"));
              running.venue.clearFaults();
            });
    assertThat(run.instrument().repaired()).isPositive();
  }

  // ---- what all of them share ----

  private static void breakAndMend(Run run, FaultKind fault, int number, ErrorKind kind) {
    run.venue.switchOn(fault, number);
    run.awaitError(kind);
    run.venue.clearFaults();
  }

  private Run play(Consumer<Run> fault) throws IOException {
    return play(Map.of(), fault);
  }

  private Run play(Map<FaultKind, Integer> faults, Consumer<Run> fault) throws IOException {
    return play(Map.of(), faults, fault);
  }

  private static Map<String, Object> overTls() {
    return Map.of("tls.host", "127.0.0.1");
  }

  /**
   * Plays the trades.
   *
   * @param how of the venue's configuration, what is not as usual
   * @param faults of the venue, that are there from the start
   * @param fault what happens meanwhile
   */
  private Run play(Map<String, Object> how, Map<FaultKind, Integer> faults, Consumer<Run> fault)
      throws IOException {
    if (undisturbed == null) {
      undisturbed = new Run(Map.of(), Map.of()).toTheEnd(running -> {});
    }
    Threads threads = Threads.now();
    OpenFiles files = OpenFiles.now();
    Run run = new Run(how, faults);
    Map<String, Object> disturbed = run.toTheEnd(fault);
    assertThat(disturbed).isEqualTo(undisturbed);
    threads.awaitNoMore();
    files.awaitNoMore();
    return run;
  }

  /** One run of the trades, from the first to the last. */
  private final class Run {
    private final String symbol;
    private final Archive archive;
    private final Venue venue;
    private final FaultyLink link;
    private final Map<FaultKind, Integer> faults;
    private final Recorder recorder;
    private final Stream stream;
    private StreamStatus last;

    Run(Map<String, Object> how, Map<FaultKind, Integer> faults) throws IOException {
      this.faults = faults;
      // Each run has a symbol of its own: metrics outlive a stream.
      symbol = SYMBOLS.get(RUNS.getAndIncrement());
      archive = Archive.write(symbol, TRADES);
      Archive neighbour = Archive.write("NEXT" + symbol, TRADES - 1);
      Map<String, Object> venueValues = new HashMap<>(how);
      venueValues.put(
          "archive", new String[] {archive.file().toString(), neighbour.file().toString()});
      venueValues.put("speed", SPEED);
      venueValues.put("messages.per.second", 0);
      venueValues.put("weight.per.minute", 1_000_000);
      venue = Venue.open(host(), "matrix", venueValues);
      link = FaultyLink.to(host(), venue.streamEndpoint());
      recorder = Recorder.fromHistory(host(), symbol);
      String[] symbols =
          faults.containsKey(FaultKind.REST_OTHER_SYMBOL)
              ? new String[] {symbol, neighbour.symbol()}
              : new String[] {symbol};
      Map<String, Object> values = Stream.values(venue, symbols);
      values.put("ws.endpoint", link.endpoint().toString());
      values.put("connect.timeout.ms", how.containsKey("tls.host") ? 3_000L : 1_000L);
      values.put("idle.timeout.ms", 1_000L);
      stream = Stream.open(host(), "matrix", values);
    }

    Map<String, Object> toTheEnd(Consumer<Run> fault) {
      awaitId(TRADES / 10);
      faults.forEach(venue::switchOn);
      fault.accept(this);
      Awaitility.await("the last trade")
          .atMost(Host.PATIENCE)
          .until(() -> recorder.lastId() == TRADES && metrics().lastTradeId() == TRADES);
      last = stream.status();
      assertExact();
      Map<String, Object> values = timeless(metrics());
      host().close();
      return values;
    }

    long lastId() {
      return stream.lastId(symbol);
    }

    void awaitId(long id) {
      stream.until("trade " + id, status -> lastId() >= id);
    }

    void awaitMore() {
      awaitId(lastId() + TRADES / 50);
    }

    void awaitNextConnection() {
      long connections = stream.status().connections();
      stream.until("connected again", status -> status.connections() > connections);
    }

    /** The error, and that it was acted upon. */
    void awaitError(ErrorKind kind) {
      stream.until(
          kind.toString(),
          now ->
              now.lastError() != null
                  && now.lastError().kind() == kind
                  && now.timeline().stream()
                      .map(StateChange::state)
                      .anyMatch(it -> it == StreamState.BACKING_OFF || it == StreamState.STALLED));
    }

    InstrumentStatus instrument() {
      return last.instruments().get(0);
    }

    private MetricSnapshot metrics() {
      return Metrics.of(host(), symbol);
    }

    private void assertExact() {
      assertThat(recorder.faults()).isEmpty();
      assertThat(recorder.gaps()).isEmpty();
      assertThat(recorder.firstId()).isEqualTo(1);
      assertThat(recorder.tally()).isEqualTo(archive.tally());
      assertThat(instrument().delivered()).isEqualTo(TRADES);
      assertThat(instrument().unrepaired()).isZero();
      assertThat(metrics().metric("cvd.start").complete()).isTrue();
      new Verdicts(host()).await(5, PASS);
    }

    /** The metrics whose values depend on the trades alone. */
    private Map<String, Object> timeless(MetricSnapshot snapshot) {
      Map<String, Object> values = Metrics.timeless(snapshot);
      // Sizes are sorted by their worth, which is known for some quote currencies only.
      values.keySet().removeIf(name -> name.startsWith("cvd.tier."));
      assertThat(values).containsKeys("cvd.start", "vwap.start", "cvd.session", "price.last");
      return values;
    }
  }
}
