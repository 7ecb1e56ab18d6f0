package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Trade;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every family of metrics must keep. A family's test extends it and names the factory. */
public abstract class MetricContract {
  private static final int COUNT = 3_000;
  private static final Pattern WINDOW = Pattern.compile("\\.(\\d+)(ms|s|m|h)$");

  /** The factory under test, with a configuration that makes all its metrics appear soon. */
  protected abstract MetricFactory factory();

  /**
   * Whether a metric whose name ends with a length of time is over the latest so much of it, so
   * that it cannot be whole before that much has passed. Bars begin when their time comes.
   */
  protected boolean isRolling(String name) {
    return true;
  }

  @Test
  final void announcesEachMetricOnceAndAlwaysTheSame() {
    CalculatorHarness harness = new CalculatorHarness(factory(), T10.INSTRUMENT);
    List<MetricInfo> announced = List.copyOf(harness.infos().values());
    assertThat(announced).isNotEmpty();
    assertThat(announced).allMatch(info -> info.name().matches("[a-z][A-Za-z0-9.:_-]*"));
    assertThat(announced).noneMatch(info -> info.unit().isBlank());
    assertThat(announced).noneMatch(info -> info.description().isBlank());
    harness.feed(T10.trades());
    assertThat(factory().create(T10.INSTRUMENT).metrics()).isEqualTo(announced);
  }

  @Test
  final void nothingIsOkBeforeTheFirstTrade() {
    CalculatorHarness harness = new CalculatorHarness(factory(), T10.INSTRUMENT);
    assertThat(harness.metrics().values()).noneMatch(value -> value.status() == MetricStatus.OK);
    harness.gap(1, 3);
    assertThat(harness.metrics().values()).noneMatch(value -> value.status() == MetricStatus.OK);
  }

  /** Also says of every value given what it rests on, and never more than there was. */
  @ParameterizedTest
  @EnumSource
  final void anyTradesCanBeRead(TradeMix mix) {
    CalculatorHarness harness = new CalculatorHarness(factory(), mix.instrument());
    long start = 0;
    for (Trade trade : mix.trades(COUNT, 1)) {
      if (trade.id() % 97 == 0) {
        harness.gap(trade.id(), trade.id());
        continue;
      }
      harness.feed(trade);
      start = start == 0 ? trade.timeMicros() : start;
      if (isChecked(trade)) {
        assertHonest(harness, start);
      }
    }
    harness.passes(Duration.ofHours(30));
    assertHonest(harness, start);
  }

  @ParameterizedTest
  @EnumSource
  final void readingChangesNothing(TradeMix mix) {
    CalculatorHarness read = new CalculatorHarness(factory(), mix.instrument());
    CalculatorHarness left = new CalculatorHarness(factory(), mix.instrument());
    for (Trade trade : mix.trades(COUNT, 2)) {
      read.feed(trade);
      left.feed(trade);
      if (trade.id() % 7 == 0) {
        read.metrics();
      }
      if (isChecked(trade)) {
        assertThat(read.metrics()).as("after %s", trade).isEqualTo(left.metrics());
      }
    }
    CalculatorHarness later = read.passes(Duration.ofMinutes(7));
    assertThat(later.metrics()).isEqualTo(left.passes(Duration.ofMinutes(7)).metrics());
  }

  @ParameterizedTest
  @EnumSource
  final void aRestoredCalculatorGoesOnAsIfNothingHadHappened(TradeMix mix) throws IOException {
    CalculatorHarness whole = new CalculatorHarness(factory(), mix.instrument());
    assumeThat(whole.save()).as("has a state to save").isNotNull();
    CalculatorHarness resumed = whole.restored(whole.save());
    for (Trade trade : mix.trades(COUNT, 3)) {
      if (trade.id() % 501 == 0) {
        whole.gap(trade.id(), trade.id());
        resumed.gap(trade.id(), trade.id());
        continue;
      }
      whole.feed(trade);
      resumed.feed(trade);
      if (isChecked(trade)) {
        assertThat(resumed.metrics()).as("after %s", trade).isEqualTo(whole.metrics());
        resumed = resumed.restored(resumed.save());
        assertThat(resumed.metrics()).as("restored after %s", trade).isEqualTo(whole.metrics());
      }
    }
  }

  @Test
  final void aStateCutShortIsRefused() {
    CalculatorHarness harness = new CalculatorHarness(factory(), TradeMix.LIVELY.instrument());
    harness.feed(TradeMix.LIVELY.trades(COUNT, 4));
    byte[] state = harness.save();
    assumeThat(state).as("has a state to save").isNotNull();
    for (int length : new int[] {0, state.length / 2, state.length - 1}) {
      assertThatThrownBy(() -> harness.restored(Arrays.copyOf(state, length)))
          .as("%s of %s bytes", length, state.length)
          .isInstanceOf(IOException.class);
    }
  }

  /** Often in the beginning, where warming up is, and now and then later. */
  private static boolean isChecked(Trade trade) {
    return trade.id() <= 40 || trade.id() % 251 == 0 || trade.id() == COUNT;
  }

  private void assertHonest(CalculatorHarness harness, long start) {
    long now = harness.nowMicros();
    for (MetricValue value : harness.metrics().values()) {
      String name = value.name();
      if (value.status() == MetricStatus.OK) {
        assertThat(value.value()).as(name).isNotNull();
      } else {
        assertThat(value.reason()).as(name).isNotEmpty();
      }
      assertThat(value.firstId()).as(name).isLessThanOrEqualTo(value.lastId() + 1);
      Matcher window = WINDOW.matcher(name);
      if (value.status() == MetricStatus.OK && window.find() && isRolling(name)) {
        assertThat(now - start)
            .as("%s is OK after %s us of trades", name, now - start)
            .isGreaterThanOrEqualTo(micros(window));
      }
    }
  }

  private static long micros(Matcher window) {
    long number = Long.parseLong(window.group(1));
    return switch (window.group(2)) {
      case "ms" -> number * 1_000;
      case "s" -> number * 1_000_000;
      case "m" -> number * 60_000_000;
      default -> number * 3_600_000_000L;
    };
  }
}
