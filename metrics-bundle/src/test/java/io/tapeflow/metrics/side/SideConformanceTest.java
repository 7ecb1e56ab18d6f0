package io.tapeflow.metrics.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.verification.SideVerdict;
import io.tapeflow.api.verification.SideVerdict.Agreement;
import io.tapeflow.metrics.RealDay;
import io.tapeflow.metrics.TestBatch;
import io.tapeflow.metrics.TradeMix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SideConformanceTest {
  private static final Instrument BTC = new Instrument("binance-spot", "BTCUSDT", 8, 8);
  private static final int BATCH = 997;

  private final SideConformanceComponent conformance = new SideConformanceComponent();

  @ParameterizedTest
  @EnumSource
  void realDaysAgree(RealDay day) {
    SideVerdict verdict = verdict(day.trades());
    assertThat(verdict.agreement()).as(verdict.reason()).isEqualTo(Agreement.AGREES);
    assertThat(verdict.agreeing()).isGreaterThan(4 * verdict.disagreeing());
    assertThat(verdict.instrument()).isEqualTo(day.instrument().key());
  }

  @ParameterizedTest
  @EnumSource
  void realDaysWithTheSideReadTheWrongWayRoundDisagree(RealDay day) {
    List<Trade> inverted = day.trades().stream().map(t -> with(t, other(t.aggressor()))).toList();
    assertThat(verdict(inverted).agreement()).isEqualTo(Agreement.DISAGREES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spot_btcusdt_20240808.gz",
        "spot_ethusdt_20240808.gz",
        "usdm_btcusdt_20230405.dat.gz"
      })
  void realRecordingsAgree(String file) throws IOException {
    SideVerdict verdict = verdict(recorded(RealDay.folder().resolve("recordings").resolve(file)));
    assertThat(verdict.agreement()).as(verdict.reason()).isEqualTo(Agreement.AGREES);
  }

  @Test
  void aFlagThatIsAlwaysTrueDisagrees() throws IOException {
    Path file = RealDay.folder().resolve("negative").resolve("corrupted-side-flag.jsonl");
    List<Trade> trades = recorded(file);
    SideVerdict verdict = verdict(trades);
    assertThat(trades).hasSize(1_721);
    assertThat(verdict.agreement()).as(verdict.reason()).isEqualTo(Agreement.DISAGREES);
    assertThat(verdict.buyShare()).isEqualByComparingTo("0");
    assertThat(verdict.reason()).contains("1721 of 1721");
  }

  /** In made-up trades, sides and prices have nothing to do with each other. */
  @Test
  void sidesByChanceDisagreeOnceThereAreMany() {
    List<Trade> trades = TradeMix.LIVELY.trades(12_000, 1);
    assertThat(verdict(trades.subList(0, 150)).agreement()).isEqualTo(Agreement.UNDECIDED);
    assertThat(verdict(trades.subList(150, 12_000)).agreement()).isEqualTo(Agreement.DISAGREES);
  }

  @Test
  void fewTradesAreUndecidedAndNoneAreNoVerdict() {
    assertThat(conformance.verdicts()).isEmpty();
    List<Trade> trades = RealDay.BTCUSDC_2025.trades().subList(0, 100);
    SideVerdict verdict = verdict(trades);
    assertThat(verdict.agreement()).isEqualTo(Agreement.UNDECIDED);
    assertThat(verdict.reason()).endsWith("price changes that a verdict needs");
  }

  @Test
  void aFaultThatBeginsLateIsSeen() {
    List<Trade> trades = RealDay.BTCUSDT_2019.trades();
    assertThat(verdict(trades).agreement()).isEqualTo(Agreement.AGREES);
    List<Trade> inverted = trades.stream().map(t -> with(t, other(t.aggressor()))).toList();
    assertThat(verdict(inverted).agreement()).isEqualTo(Agreement.DISAGREES);
  }

  @Test
  void doesNotComparePricesAcrossAGap() {
    Trade before = new Trade(BTC, 1, 100, 1, 0, 0, Side.BUY, 1, false, false);
    Trade after = new Trade(BTC, 9, 50, 1, 0, 0, Side.BUY, 1, false, false);
    verdict(List.of(before));
    conformance.onGap(new TradeGap(BTC, 2, 8, TradeGap.Cause.MISSING));
    SideVerdict verdict = verdict(List.of(after));
    assertThat(verdict.agreeing() + verdict.disagreeing()).isZero();
    assertThat(verdict.buyShare()).isEqualByComparingTo("1");
  }

  private SideVerdict verdict(List<Trade> trades) {
    for (int from = 0; from < trades.size(); from += BATCH) {
      int to = Math.min(trades.size(), from + BATCH);
      conformance.onTrades(new TestBatch(trades.subList(from, to)));
    }
    return conformance.verdicts().get(0);
  }

  private static Side other(Side side) {
    return side == Side.BUY ? Side.SELL : Side.BUY;
  }

  private static Trade with(Trade trade, Side side) {
    return new Trade(
        trade.instrument(),
        trade.id(),
        trade.price(),
        trade.quantity(),
        trade.timeMicros(),
        trade.receivedMicros(),
        side,
        trade.fills(),
        trade.repaired(),
        trade.block());
  }

  /** Trades of a recording, by the names of their fields, the insurance fund's left out. */
  private static List<Trade> recorded(Path file) throws IOException {
    assumeTrue(Files.exists(file), () -> "SKIPPED: there is no recording " + file);
    Pattern trade =
        Pattern.compile(
            "\"(?:t|trade_id)\":(\\d+),\"(?:p|price)\":\"([\\d.]+)\",\"(?:q|quantity)\":\"([\\d.]+)\""
                + ".*\"(?:m|is_buyer_maker)\":(true|false)");
    List<Trade> trades = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                file.toString().endsWith(".gz")
                    ? new GZIPInputStream(Files.newInputStream(file))
                    : Files.newInputStream(file),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher fields = trade.matcher(line);
        if (fields.find() && !line.contains("INSURANCE_FUND")) {
          trades.add(trade(fields));
        }
      }
    }
    assertThat(trades).as(file.toString()).hasSizeGreaterThan(1_000);
    return trades;
  }

  private static Trade trade(Matcher fields) {
    return new Trade(
        BTC,
        Long.parseLong(fields.group(1)),
        new BigDecimal(fields.group(2)).movePointRight(8).longValueExact(),
        new BigDecimal(fields.group(3)).movePointRight(8).longValueExact(),
        0,
        0,
        fields.group(4).equals("true") ? Side.SELL : Side.BUY,
        1,
        false,
        false);
  }
}
