package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tapeflow.api.stream.VenueClock;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.stream.binance.BinanceSpot;
import io.tapeflow.tasks.Clock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the way of a trade from the frame to the tape may cost, by counts that are the same on every
 * machine: bytes, waits, the length of queues. Time is for the benchmarks.
 */
class HotPathTest {
  private static final Instrument BTC = new Instrument("binance-spot", "BTCUSDT", 8, 8);
  private static final int WARM_UP = 20_000;
  private static final int TRADES = 100_000;

  /** Of the tape's rows, and a little for what the runtime does now and then. */
  private static final int BYTES = TapeRow.BYTES + 16;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final StreamSettings settings =
      ConnectorRig.with(
          ConnectorRig.settings(URI.create("ws://h"), URI.create("http://h"), "BTCUSDT"),
          Map.of("historyTrades", 50_000, "historyBytes", 1L << 20, "holdTrades", 5_000));
  private final InstrumentFeed feed = new InstrumentFeed(BTC, settings, true, null, Clock.SYSTEM);
  private final VenueTime venueTime = new VenueTime();
  private Inbound inbound;
  private long nextId = 1_000_000_000;

  @BeforeEach
  void connect() {
    BinanceSpot protocol = new BinanceSpot();
    Symbols symbols = new Symbols();
    symbols.set(List.of(BTC));
    Subscriptions subscriptions = new Subscriptions(protocol, Clock.SYSTEM, 1, frame -> {});
    subscriptions.follow(List.of(feed));
    venueTime.measured(
        new VenueClock(Duration.ofMillis(3), Duration.ofMillis(1), Instant.EPOCH), 0, 0);
    inbound =
        new Inbound(
            protocol.newDecoder(symbols),
            subscriptions,
            Clock.SYSTEM,
            venueTime,
            new NoEvents(),
            () -> true);
  }

  @Test
  void aTradeAllocatesItsRowAndNothingElse() {
    byte[] frame = frame();
    bring(frame, WARM_UP);
    long me = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(me);
    bring(frame, TRADES);
    long bytes = THREADS.getThreadAllocatedBytes(me) - before;
    assertThat(feed.lastId()).isEqualTo(nextId - 1);
    assertThat((double) bytes / TRADES).as("bytes per trade").isLessThan(BYTES);
  }

  @Test
  void whoeverReadsTheTapeNeverKeepsItsWriterWaiting() throws InterruptedException {
    byte[] frame = frame();
    bring(frame, 1);
    CountDownLatch reading = new CountDownLatch(2);
    List<Thread> readers = List.of(reader(reading), reader(reading));
    reading.await();
    ThreadInfo before = THREADS.getThreadInfo(Thread.currentThread().getId());
    bring(frame, TRADES);
    ThreadInfo after = THREADS.getThreadInfo(Thread.currentThread().getId());
    assertThat(after.getBlockedCount()).as("times blocked").isEqualTo(before.getBlockedCount());
    assertThat(after.getWaitedCount()).as("times waited").isEqualTo(before.getWaitedCount());
    for (Thread reader : readers) {
      reader.interrupt();
      reader.join();
    }
  }

  @Test
  void whatIsKeptAndWhatIsHeldStayWithinTheirBounds() {
    byte[] frame = frame();
    long bound = settings.historyBytes();
    for (int i = 0; i < 20; i++) {
      bring(frame, TRADES);
      // The segment that is being filled and the one before it may go beyond.
      assertThat(feed.tape().bytes())
          .isLessThanOrEqualTo(bound + 2L * TapeSegment.ROWS * TapeRow.BYTES);
      assertThat(feed.tape().size())
          .isLessThanOrEqualTo(settings.historyTrades() + 2L * TapeSegment.ROWS);
    }
    nextId += 10;
    bring(frame, 2 * settings.holdTrades());
    assertThat(feed.status().reason()).as("given up, not held for ever").contains("are missing");
  }

  /** Reads as listeners and history's readers do, until it is interrupted. */
  private Thread reader(CountDownLatch reading) {
    Thread thread =
        new Thread(
            () -> {
              TapeCursor cursor = TapeCursor.atOldest(feed.tape());
              while (!Thread.currentThread().isInterrupted()) {
                if (cursor.next(256) != null) {
                  cursor.handed();
                }
                feed.tape().latest(10);
                feed.tape().from(nextId - 100, 100);
                reading.countDown();
              }
            });
    thread.start();
    return thread;
  }

  private void bring(byte[] frame, int count) {
    for (int i = 0; i < count; i++) {
      long rest = nextId++;
      for (int at = ID + 9; at >= ID; at--) {
        frame[at] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      inbound.text(frame, frame.length);
    }
  }

  private static final String HEAD =
      "{\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":1759536000000,"
          + "\"s\":\"BTCUSDT\",\"a\":";
  private static final int ID = HEAD.length();

  private static byte[] frame() {
    String tail =
        ",\"p\":\"64012.30000000\",\"q\":\"0.00150000\",\"f\":1,\"l\":3,\"T\":1759536000000,"
            + "\"m\":true,\"M\":true}}";
    return (HEAD + "0123456789" + tail).getBytes(StandardCharsets.US_ASCII);
  }

  private static final class NoEvents implements Inbound.Events {
    @Override
    public void firstTrade() {}

    @Override
    public void released() {}

    @Override
    public void acknowledged(long requestId) {}

    @Override
    public void refused(long requestId, String reason) {}

    @Override
    public void goingAway(String notice) {}

    @Override
    public void malformed(String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void closed(int code, String reason) {}

    @Override
    public void failed(Throwable cause) {}
  }
}
