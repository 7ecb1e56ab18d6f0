package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.tasks.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** From when on a new connection carries an instrument as well as the old one does. */
class OverlapTest {
  private long nowSeconds = 10;
  private final Clock clock =
      new Clock() {
        @Override
        public long nanos() {
          return TimeUnit.SECONDS.toNanos(nowSeconds);
        }

        @Override
        public long wallMicros() {
          return TimeUnit.SECONDS.toMicros(nowSeconds);
        }
      };

  private final Rollover rollover =
      new Rollover(new RolloverGate(), Duration.ofHours(24), clock, () -> 0);
  private final InstrumentFeed feed =
      new InstrumentFeed(
          new Instrument("test", "BTCUSDT", 8, 8),
          ConnectorRig.settings(URI.create("ws://h"), URI.create("http://h"), "BTCUSDT"),
          true,
          null,
          clock);
  private final Subscription old = new Subscription(feed, 1, clock.nanos());
  private final Subscription fresh = new Subscription(feed, 2, clock.nanos());

  @Test
  void withoutAGrantItDoesNot() {
    bring(old, 100);
    nowSeconds += 60;
    assertThat(rollover.carries(fresh, old)).isFalse();
    assertThat(rollover.carries(null, old)).as("not even asked for").isFalse();
  }

  @Test
  void itDoesWhenItBringsTheNextIdOrAnEarlierOne() {
    bring(old, 100);
    fresh.acknowledged(clock.nanos());
    nowSeconds++;
    bring(fresh, 102);
    assertThat(rollover.carries(fresh, old)).as("101 may come on the old one alone").isFalse();
    bring(old, 101);
    assertThat(rollover.carries(fresh, old)).isTrue();
  }

  @Test
  void dataIsAsGoodAsAGrant() {
    bring(old, 100);
    bring(fresh, 101);
    assertThat(fresh.isAcknowledged()).isFalse();
    assertThat(rollover.carries(fresh, old)).isTrue();
  }

  @Test
  void itDoesNotWhileTheOldOneAloneBringsData() {
    fresh.acknowledged(clock.nanos());
    nowSeconds++;
    bring(old, 100);
    nowSeconds += 60;
    assertThat(rollover.carries(fresh, old)).isFalse();
  }

  @Test
  void itDoesWhenBothHaveBeenSilentForAWhile() {
    bring(old, 100);
    nowSeconds++;
    fresh.acknowledged(clock.nanos());
    assertThat(rollover.carries(fresh, old)).isFalse();
    nowSeconds++;
    assertThat(rollover.carries(fresh, old)).isTrue();
  }

  private void bring(Subscription by, long id) {
    feed.trade(id, 1, 1, id, id, TapeRow.flags(true, 1, false, false));
    by.carried(id, clock.nanos());
  }
}
