package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.Test;

/**
 * Fifty instruments under one random fault after another, for as long as {@code
 * -Dtapeflow.soak.seconds} says: no trade is lost or repeated, and nothing grows.
 */
public class SoakIT extends ShippedIT {
  private static final int INSTRUMENTS = 50;
  private static final double RATE = 20;
  private static final int MOST_PAUSE_MILLIS = 2_000;
  private static final Duration BACK_WITHIN = Duration.ofSeconds(60);
  private static final Duration HIT_WITHIN = Duration.ofSeconds(5);
  private static final long MEGABYTE = 1 << 20;
  private static final long TOLERATED_GROWTH = 48 * MEGABYTE;

  /** The embedded venue keeps what it has printed, so that it can be compared with. */
  private static final long PRINTED_BYTES = 100;

  /** Longer than these, windows would still fill in the second half of ten minutes. */
  private static final int LONGEST_WINDOW_SECONDS = 300;

  private final int seconds = Integer.getInteger("tapeflow.soak.seconds", 60);
  private final long seed = Long.getLong("tapeflow.soak.seed", 20_260_104);
  private final Random random = new Random(seed);

  private Venue venue;
  private FaultyLink link;
  private Stream stream;

  /** Something that goes wrong, and takes as long as it must to be noticed. */
  private record Fault(String name, Runnable happens) {}

  @Test
  public void nothingIsLostOrRepeatedAndNothingGrows() throws IOException {
    host()
        .configureOnly(
            "io.tapeflow.metrics.cvd", Map.of("windows.seconds", LONGEST_WINDOW_SECONDS));
    String[] symbols =
        IntStream.range(0, INSTRUMENTS)
            .mapToObj(i -> "C%02dUSDT".formatted(i))
            .toArray(String[]::new);
    venue = Venue.generated(host(), "soak", RATE, symbols);
    link = FaultyLink.to(host(), venue.streamEndpoint());
    List<Recorder> recorders = new ArrayList<>();
    for (String symbol : symbols) {
      recorders.add(Recorder.fromHistory(host(), symbol));
    }
    Map<String, Object> values = Stream.values(venue, symbols);
    values.put("ws.endpoint", link.endpoint().toString());
    values.put("connect.timeout.ms", 2_000L);
    values.put("idle.timeout.ms", 1_000L);
    values.put("history.trades", 4_096L);
    stream = Stream.open(host(), "soak", values);
    stream.awaitLive();

    List<Fault> faults = faults();
    List<String> survived = new ArrayList<>();
    Trend trend = new Trend();
    Instant end = Instant.now().plusSeconds(seconds);
    Instant half = Instant.now().plusSeconds(seconds / 2);
    while (Instant.now().isBefore(end)) {
      Fault fault = faults.get(random.nextInt(faults.size()));
      fault.happens.run();
      heal();
      survived.add(fault.name);
      if (!trend.begun() && Instant.now().isAfter(half)) {
        trend.begin(printed(symbols));
      }
      awaitMoreTrades(random.nextInt(MOST_PAUSE_MILLIS));
    }
    trend.end(printed(symbols));

    Account account = settle(symbols, recorders);
    System.out.printf(
        "Soak: %d s, seed %d, %d instruments, %d faults survived (%s)%n"
            + "Soak: %d trades, lost %d, repeated %d, repaired %d; %s%n",
        seconds,
        seed,
        INSTRUMENTS,
        survived.size(),
        String.join(", ", survived.stream().distinct().sorted().toList()),
        account.trades,
        account.lost,
        account.repeated,
        account.repaired,
        trend);
    assertThat(account.lost).as("trades lost").isZero();
    assertThat(account.repeated).as("trades repeated").isZero();
    trend.assertFlat();
  }

  private List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    faults.add(new Fault("stall", () -> untilLost(link::stall)));
    faults.add(new Fault("reset", () -> untilLost(() -> link.cut(true))));
    faults.add(new Fault("end", () -> untilLost(() -> link.cut(false))));
    faults.add(
        new Fault(
            "reset within a frame",
            () -> {
              link.shred(5);
              awaitMoreTrades(100);
              untilLost(() -> link.cut(true));
            }));
    faults.add(new Fault("reconnect by hand", () -> untilLost(stream::reconnect)));
    for (FaultKind kind :
        new FaultKind[] {FaultKind.HALF_OPEN, FaultKind.NO_DATA, FaultKind.PINGS_ONLY}) {
      faults.add(new Fault(kind.name(), () -> untilLost(() -> venue.switchOn(kind))));
    }
    for (int code : new int[] {1_000, 1_001, 1_006, 1_012}) {
      faults.add(
          new Fault("close " + code, () -> untilLost(() -> venue.switchOn(FaultKind.CLOSE, code))));
    }
    for (FaultKind kind :
        new FaultKind[] {
          FaultKind.SILENT_AFTER_TCP,
          FaultKind.SILENT_IN_UPGRADE,
          FaultKind.SILENT_IN_SUBSCRIBE,
          FaultKind.REFUSE_SUBSCRIBE,
          FaultKind.HTTP_STATUS
        }) {
      faults.add(
          new Fault(
              kind.name(),
              () -> {
                venue.switchOn(kind, kind == FaultKind.HTTP_STATUS ? 503 : 0);
                untilLost(() -> link.cut(true));
                long failed = stream.status().attempts().failed();
                stream.until(kind.name(), status -> status.attempts().failed() > failed);
              }));
    }
    for (FaultKind kind :
        new FaultKind[] {FaultKind.RESET_MID_FRAME, FaultKind.HALF_FRAME, FaultKind.OVERSIZED}) {
      int number = kind == FaultKind.OVERSIZED ? 4_096 : 20;
      faults.add(new Fault(kind.name(), () -> untilLost(() -> venue.switchOn(kind, number))));
    }
    faults.add(
        new Fault(
            FaultKind.SERVER_SHUTDOWN.name(),
            () -> untilLost(() -> venue.switchOn(FaultKind.SERVER_SHUTDOWN, 1_000))));
    for (FaultKind kind :
        new FaultKind[] {
          FaultKind.DROP,
          FaultKind.DUPLICATE,
          FaultKind.REORDER,
          FaultKind.MALFORMED,
          FaultKind.FRAGMENTED,
          FaultKind.INVALID_UTF8,
          FaultKind.WRONG_JSON,
          FaultKind.IDS_BACKWARDS,
          FaultKind.DISTURB
        }) {
      faults.add(
          new Fault(
              kind.name(),
              () -> {
                venue.switchOn(kind, 2 + random.nextInt(9));
                awaitMoreTrades(MOST_PAUSE_MILLIS / 2);
              }));
    }
    for (FaultKind kind : new FaultKind[] {FaultKind.CLOCK_AHEAD, FaultKind.CLOCK_BEHIND}) {
      faults.add(
          new Fault(
              kind.name(),
              () -> {
                venue.switchOn(kind, 1 + random.nextInt(3_600_000));
                awaitMoreTrades(MOST_PAUSE_MILLIS / 2);
              }));
    }
    for (FaultKind kind :
        new FaultKind[] {
          FaultKind.REST_HANG,
          FaultKind.REST_STATUS,
          FaultKind.REST_LATE,
          FaultKind.REST_RESET,
          FaultKind.REST_TRUNCATED,
          FaultKind.REST_EMPTY,
          FaultKind.REST_SHUFFLED,
          FaultKind.REST_OUT_OF_RANGE,
          FaultKind.REST_OTHER_SYMBOL,
          FaultKind.REST_LEAVES_OUT,
          FaultKind.REST_LAG
        }) {
      faults.add(
          new Fault(
              kind.name(),
              () -> {
                venue.switchOn(FaultKind.DROP, 2 + random.nextInt(9));
                venue.switchOn(kind);
                awaitMoreTrades(MOST_PAUSE_MILLIS / 2);
              }));
    }
    return faults;
  }

  /** A fault that comes between two connections hits none: then it comes again. */
  private void untilLost(Runnable fault) {
    long before = stream.status().attempts().started();
    AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);
    Awaitility.await("the loss of the connection")
        .atMost(BACK_WITHIN)
        .until(
            () -> {
              if (Instant.now().isAfter(next.get())) {
                fault.run();
                next.set(Instant.now().plus(HIT_WITHIN));
              }
              return stream.status().attempts().started() > before;
            });
  }

  private void heal() {
    venue.clearFaults();
    link.heal();
    Awaitility.await("live again")
        .atMost(BACK_WITHIN)
        .until(
            () ->
                stream.status().instruments().stream()
                    .allMatch(it -> it.state() == InstrumentState.LIVE));
  }

  /** Lets the market go on for some time, by the venue's own count. */
  private void awaitMoreTrades(int millis) {
    String symbol = "C00USDT";
    long until = venue.market(symbol).lastId() + Math.round(RATE * millis / 1_000) + 1;
    Awaitility.await("trades of the venue")
        .atMost(BACK_WITHIN)
        .until(() -> venue.market(symbol).lastId() >= until);
  }

  private long printed(String... symbols) {
    return Arrays.stream(symbols).mapToLong(symbol -> venue.market(symbol).lastId()).sum();
  }

  private record Account(long trades, long lost, long repeated, long repaired) {}

  /** Waits until the listeners have all that the venue has printed, and compares. */
  private Account settle(String[] symbols, List<Recorder> recorders) {
    long trades = 0;
    long lost = 0;
    long repeated = 0;
    for (int i = 0; i < symbols.length; i++) {
      Recorder recorder = recorders.get(i);
      long printed = venue.market(symbols[i]).lastId();
      Awaitility.await("trade " + printed + " of " + symbols[i])
          .atMost(BACK_WITHIN)
          .until(() -> recorder.lastId() >= printed);
      Recorder.Sum sum = recorder.sum();
      Tally told = venue.printed(symbols[i], sum.firstId(), sum.lastId());
      assertThat(sum.tally().bought()).as(symbols[i]).isEqualByComparingTo(told.bought());
      assertThat(sum.tally().sold()).as(symbols[i]).isEqualByComparingTo(told.sold());
      trades += sum.tally().trades();
      lost += Math.max(0, told.trades() - sum.tally().trades());
      repeated += Math.max(0, sum.tally().trades() - told.trades());
      assertThat(recorder.faults()).as(symbols[i]).isEmpty();
      assertThat(recorder.gaps()).as(symbols[i]).isEmpty();
    }
    long repaired =
        stream.status().instruments().stream().mapToLong(InstrumentStatus::repaired).sum();
    return new Account(trades, lost, repeated, repaired);
  }

  /** What the process holds in the middle and at the end. */
  private static final class Trend {
    private static final Pattern OF_CONNECTIONS =
        Pattern.compile("io\\.tapeflow\\.stream\\.|org\\.eclipse\\.jetty\\.");

    private long heapBefore;
    private long heapAfter;
    private long tradesBefore;
    private long tradesAfter;
    private long connectionBefore;
    private long connectionAfter;
    private int threadsBefore;
    private int threadsAfter;

    boolean begun() {
      return threadsBefore > 0;
    }

    void begin(long trades) {
      tradesBefore = trades;
      heapBefore = heap();
      connectionBefore = objectsOfConnections();
      threadsBefore = threads();
    }

    void end(long trades) {
      tradesAfter = trades;
      heapAfter = heap();
      connectionAfter = objectsOfConnections();
      threadsAfter = threads();
    }

    void assertFlat() {
      long kept = PRINTED_BYTES * (tradesAfter - tradesBefore);
      assertThat(heapAfter).as("heap").isLessThan(heapBefore + kept + TOLERATED_GROWTH);
      assertThat(connectionAfter)
          .as("objects of connections")
          .isLessThan(connectionBefore + connectionBefore / 5);
      assertThat(threadsAfter).as("threads").isLessThan(threadsBefore + 10);
    }

    private static long heap() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** How many objects live that a connection is made of. */
    private static long objectsOfConnections() {
      try {
        Object histogram =
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {null},
                    new String[] {String[].class.getName()});
        return histogram
            .toString()
            .lines()
            .map(line -> line.strip().split("\\s+"))
            .filter(cells -> cells.length > 3 && OF_CONNECTIONS.matcher(cells[3]).lookingAt())
            .mapToLong(cells -> Long.parseLong(cells[1]))
            .sum();
      } catch (JMException e) {
        throw new IllegalStateException(e);
      }
    }

    private static int threads() {
      return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    @Override
    public String toString() {
      return "heap %d MB then %d MB, objects of connections %d then %d, threads %d then %d"
          .formatted(
              heapBefore / MEGABYTE,
              heapAfter / MEGABYTE,
              connectionBefore,
              connectionAfter,
              threadsBefore,
              threadsAfter);
    }
  }
}
