package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.FrameDecoder;
import io.tapeflow.api.venue.FrameSink;
import io.tapeflow.stream.binance.BinanceSpot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one message costs the decoder: as it usually is, and with a space, which takes the parser.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
  private static final Instrument BTC = new Instrument("binance-spot", "BTCUSDT", 8, 8);
  private static final int FRAMES = 2048;

  /** Whether the parser has to read them. */
  @Param({"false", "true"})
  public boolean unusual;

  private final byte[][] frames = new byte[FRAMES][];
  private final Sum sum = new Sum();
  private FrameDecoder decoder;

  /** Makes messages that differ in all their numbers. */
  @Setup(Level.Trial)
  public void start() {
    Random random = new Random(5);
    for (int i = 0; i < FRAMES; i++) {
      String text =
          ("{\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":17595360%05d,%s"
                  + "\"s\":\"BTCUSDT\",\"a\":%d,\"p\":\"%d.%02d000000\",\"q\":\"0.%05d000\","
                  + "\"f\":%d,\"l\":%d,\"T\":17595360%05d,\"m\":%s,\"M\":true}}")
              .formatted(
                  random.nextInt(100_000),
                  unusual ? " " : "",
                  1_000_000_000 + random.nextInt(1_000_000_000),
                  60_000 + random.nextInt(10_000),
                  random.nextInt(100),
                  1 + random.nextInt(99_999),
                  1_000_000_000 + random.nextInt(1_000_000_000),
                  1_000_000_000 + random.nextInt(1_000_000_000),
                  random.nextInt(100_000),
                  random.nextBoolean());
      frames[i] = text.getBytes(StandardCharsets.US_ASCII);
    }
    Symbols symbols = new Symbols();
    symbols.set(List.of(BTC));
    decoder = new BinanceSpot().newDecoder(symbols);
  }

  /** Decodes all messages. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long decode() {
    for (byte[] frame : frames) {
      decoder.decode(frame, 0, frame.length, sum);
    }
    return sum.total;
  }

  /** Uses every number, so that none is left out. */
  private static final class Sum implements FrameSink {
    long total;

    @Override
    public void trade(
        Instrument instrument,
        long id,
        long price,
        long quantity,
        long timeMicros,
        long eventMicros,
        boolean buy,
        int fills,
        boolean block) {
      total += id + price + quantity + timeMicros + eventMicros + fills + (buy ? 1 : 0);
    }

    @Override
    public void noTrade(Instrument instrument, long id) {}

    @Override
    public void invalidTrade(Instrument instrument, String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void unknownInstrument(String symbol) {
      throw new IllegalStateException(symbol);
    }

    @Override
    public void acknowledged(long requestId) {}

    @Override
    public void refused(long requestId, String reason) {}

    @Override
    public void goingAway(String notice) {}

    @Override
    public void ignored(String type) {}

    @Override
    public void malformed(String reason) {
      throw new IllegalStateException(reason);
    }
  }
}
