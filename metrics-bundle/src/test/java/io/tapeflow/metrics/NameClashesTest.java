package io.tapeflow.metrics;

import static io.tapeflow.metrics.TestMarket.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.metrics.MetricStatus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Of two families with a metric of the same name, the second is told to have lost it. */
class NameClashesTest {
  private final TestMarket market = new TestMarket();
  private final Logger logger = (Logger) LoggerFactory.getLogger(NameClashes.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.ERROR);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    logger.setLevel(null);
    market.component.deactivate();
  }

  @Test
  void theLaterNameLosesAndIsTold() {
    market.family("b", 0, instrument -> new Constant(2, List.of("x", "only.b", "y")));
    assertThat(market.component.faults("BTCUSDT")).isEmpty();
    market.family("a", 0, instrument -> new Constant(1, List.of("x", "y")));
    market.buy("100", "1").buy("100", "1");

    assertThat(market.value("x")).isEqualTo(decimal("1"));
    assertThat(market.component.metric("BTCUSDT", "y").value()).isEqualTo(decimal("1"));
    assertThat(market.value("only.b")).isEqualTo(decimal("2"));
    String fault =
        "The family b loses x, y to the family a, which has metrics of the same names;"
            + " names must differ";
    assertThat(market.component.faults("BTCUSDT")).containsExactly(fault);
    assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly(fault);
    assertThat(market.component.faults("NONE")).isEmpty();
  }

  @Test
  void nobodyTakesAMetricFromTheCore() {
    market.family("a", 0, instrument -> new Constant(7, List.of("cvd.start"))).buy("100", "1");
    assertThat(market.value("cvd.start")).isEqualTo(decimal("1"));
    assertThat(market.component.faults("BTCUSDT"))
        .containsExactly(
            "The family a loses cvd.start to the core, which has metrics of the same names;"
                + " names must differ");
  }

  @Test
  void aFamilyThatAnnouncesANameTwiceGivesNothing() {
    market.family("a", 0, instrument -> new Constant(7, List.of("x", "x"))).buy("100", "1");
    assertThat(market.metric("x").status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(market.component.faults("BTCUSDT"))
        .singleElement()
        .asString()
        .startsWith("The family a gives nothing. ")
        .endsWith("It announces x twice");
  }

  /** Gives one number under several names. */
  private record Constant(int value, List<String> names) implements MetricCalculator {
    @Override
    public List<MetricInfo> metrics() {
      return names.stream().map(name -> new MetricInfo(name, "count", "A constant")).toList();
    }

    @Override
    public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
      // It stays what it is.
    }

    @Override
    public void read(MetricReadout out) {
      for (String name : names) {
        out.number(name, value, MetricBasis.whole(1, out.nowMicros()));
      }
    }
  }
}
