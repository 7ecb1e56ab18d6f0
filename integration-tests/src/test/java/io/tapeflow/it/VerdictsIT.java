package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.FAIL;
import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.api.verification.CheckResult;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/** Checks 2 and 3 fail when others break what Tapeflow itself does not let happen. */
public class VerdictsIT extends ShippedIT {
  @Test
  public void aSecondCarrierOfAnInstrumentFailsCheckTwo() {
    Venue venue = Venue.generated(host(), "verdicts", 100, "BTCUSDT");
    StreamStatus status = Stream.to(venue, host(), "verdicts", "BTCUSDT").awaitLive();
    Verdicts verdicts = new Verdicts(host());
    verdicts.await(2, PASS);

    ServiceRegistration<TradeStream> second =
        host().context().registerService(TradeStream.class, new Carrier(status), null);
    CheckResult verdict = verdicts.await(2, FAIL);
    assertThat(verdict.evidence()).anyMatch(line -> line.contains("binance-spot:BTCUSDT"));
    assertThat(verdicts.report().rootCause()).startsWith("An instrument is carried twice");

    second.unregister();
    verdicts.await(2, PASS);
  }

  @Test
  public void aListenerThatNeverReturnsFailsCheckThreeAndNothingElse() throws BundleException {
    Venue venue = Venue.generated(host(), "verdicts", 100, "ETHUSDT");
    Stream stream = Stream.to(venue, host(), "verdicts", "ETHUSDT");
    Stuck stuck = new Stuck();
    ServiceRegistration<TradeListener> listener =
        host().context().registerService(TradeListener.class, stuck, null);
    stream.awaitLive();
    stuck.awaitCall();
    Metrics.await(host(), "ETHUSDT", snapshot -> snapshot.lastTradeId() > 0);
    Verdicts verdicts = new Verdicts(host());
    Bundle bundle = host().bundle("io.tapeflow.stream");

    bundle.stop();
    CheckResult verdict = verdicts.await(3, FAIL);
    assertThat(verdict.evidence()).anyMatch(line -> line.contains("delivery"));
    assertThat(verdicts.report().rootCause()).startsWith("Something did not end");

    stuck.release();
    listener.unregister();
    bundle.start();
    stream.awaitLive();
    verdicts.await(1, PASS);
    // Until it is forgotten: the record of what has been stopped is the console's.
    Bundle console = host().bundle("io.tapeflow.console");
    console.stop();
    console.start();
    stream.close();
    verdicts.await(3, PASS);
  }

  /** A stream that says the same as another. */
  private record Carrier(StreamStatus of) implements TradeStream {
    @Override
    public StreamStatus status() {
      return new StreamStatus(
          "another",
          of.venue(),
          of.endpoint(),
          of.state(),
          of.since(),
          of.phase(),
          of.attempt(),
          of.deadline(),
          of.lastError(),
          of.nextRetryAt(),
          of.connections(),
          of.openSockets(),
          of.rolloverAt(),
          of.attempts(),
          of.malformed(),
          of.lastMalformed(),
          of.clock(),
          of.budgets(),
          of.instruments(),
          of.timeline(),
          of.options());
    }

    @Override
    public void reconnect() {}

    @Override
    public Optional<TradeHistory> history(String instrument) {
      return Optional.empty();
    }
  }

  /** A listener that never returns, not even when it is interrupted. */
  private static final class Stuck implements TradeListener {
    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void onTrades(TradeBatch trades) {
      called.countDown();
      boolean interrupted = false;
      while (released.getCount() > 0) {
        try {
          released.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    void awaitCall() {
      Awaitility.await("a call").atMost(Host.PATIENCE).until(() -> called.getCount() == 0);
    }

    void release() {
      released.countDown();
    }
  }
}
