package io.tapeflow.metrics;

import static io.tapeflow.metrics.TestMarket.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LargeNumbersTest {
  @Test
  void trillionsOfUnitsAtTinyPricesLoseNoDigit() {
    Instrument instrument = new Instrument("test", "PEPE", 12, 6);
    TestMarket market = new TestMarket(instrument, TestMarket.NOON, Map.of());
    for (int i = 0; i < 1_000; i++) {
      market.buy("0.000001234567", "9000000000000.000001");
      market.sell("0.000001234568", "8000000000000.000003");
    }
    assertThat(market.value("volume.buy.start")).isEqualTo(decimal("9000000000000000.001"));
    assertThat(market.value("volume.sell.start")).isEqualTo(decimal("8000000000000000.003"));
    assertThat(market.value("cvd.start")).isEqualTo(decimal("999999999999999.998"));
    assertThat(market.value("value.buy.start")).isEqualTo(decimal("11111103000.000000001234567"));
    assertThat(market.value("cvd.max.start")).isEqualTo(decimal("1007999999999999.998003"));
  }

  @Test
  void theFinestScalesWork() {
    Instrument instrument = new Instrument("test", "FINE", 18, 18);
    TestMarket market = new TestMarket(instrument, TestMarket.NOON, Map.of());
    market.buy("9.223372036854775807", "0.000000000000000001");
    assertThat(market.value("value.buy.30s"))
        .isEqualTo(decimal("0.000000000000000009223372036854775807"));
    assertThat(market.value("vwap.30s")).isEqualTo(decimal("9.223372036854776"));
  }

  /** Each trade is nearly all that a long holds, so that any two of them exceed it. */
  @Test
  void noFamilyOverflows() {
    Instrument instrument = new Instrument("test", "SHIBUSDT", 8, 8);
    TestMarket market = new TestMarket(instrument, TestMarket.NOON, Map.of("stale.ms", 600_000));
    AllFamilies.make().forEach((name, factory) -> market.family(name, 0, factory));
    for (int i = 0; i < 600; i++) {
      market.passSeconds(1);
      for (int j = 0; j < 4; j++) {
        market.buy("0.00001234", "90000000000.00000001");
        market.sell("0.00001233", "80000000000.00000001");
      }
    }
    assertThat(market.component.faults("SHIBUSDT")).isEmpty();
    assertThat(market.snapshot().metrics().values())
        .noneMatch(value -> value.reason().contains("failed"));
    assertThat(market.value("volume.buy.60s")).isEqualTo(decimal("21600000000000.0000024"));
    assertThat(market.value("volume.bar60s")).isEqualTo(decimal("40800000000000.0000048"));
    assertThat(market.value("cvd.rolling.300s")).isEqualTo(decimal("12000000000000"));
    assertThat(market.value("poc.volume.bar60s")).isEqualTo(decimal("21600000000000.0000024"));
  }

  /** 127 bits hold two products of the largest longs, not three. */
  @Test
  void anOverflowIsNeverAWrongNumber() {
    Instrument instrument = new Instrument("test", "HUGE", 0, 0);
    TestMarket market = new TestMarket(instrument, TestMarket.NOON, Map.of());
    String most = Long.toString(Long.MAX_VALUE);
    market.buy("1", "1").passSeconds(30);
    market.buy(most, most).buy(most, most);
    assertThat(market.metric("value.buy.30s").status()).isEqualTo(MetricStatus.OK);
    assertThat(market.value("value.buy.30s"))
        .isEqualTo(decimal(most).multiply(decimal(most)).multiply(decimal("2")));
    market.buy(most, most);
    for (String name : new String[] {"value.buy.30s", "delta.value.30s", "vwap.start"}) {
      MetricValue lost = market.metric(name);
      assertThat(lost.value()).as(name).isNull();
      assertThat(lost.status()).as(name).isEqualTo(MetricStatus.NO_DATA);
      assertThat(lost.reason()).isEqualTo("The sum of price x quantity has exceeded 127 bits");
    }
    assertThat(market.value("volume.30s")).isEqualTo(decimal(most).multiply(decimal("3")));
    long now = market.clock.wallMicros();
    for (int i = 0; i < 9; i++) {
      market.print(
          new Trade(
              instrument,
              5 + i,
              Long.MAX_VALUE,
              Long.MAX_VALUE,
              now,
              now,
              Side.BUY,
              1,
              false,
              false));
      assertThat(market.value("value.buy.start")).as("stays lost").isNull();
    }
  }
}
