package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.FAIL;
import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.verification.CheckResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.Test;

/**
 * A known feed with bad, repeated, swapped and missing trades in it: the sums are those of the
 * venue, or what is missing is told.
 */
public class TradeFaultsIT extends ShippedIT {
  private static final int TRADES = 9_999;

  @Test
  public void malformedFramesCostNoTrade() throws IOException {
    Played played = play("BTCUSDT", Map.of(FaultKind.MALFORMED, 7));
    played.assertComplete();
    StreamStatus status = played.stream.status();
    assertThat(status.malformed() + status.instruments().get(0).rejected()).isEqualTo(TRADES / 7);
  }

  @Test
  public void duplicatesAreDropped() throws IOException {
    Played played = play("ETHUSDT", Map.of(FaultKind.DUPLICATE, 5));
    played.assertComplete();
    assertThat(played.instrument().duplicates()).isEqualTo(TRADES / 5);
  }

  @Test
  public void swappedTradesComeInOrder() throws IOException {
    Played played = play("ADAUSDT", Map.of(FaultKind.REORDER, 6));
    played.assertComplete();
    assertThat(played.instrument().gaps()).isZero();
  }

  @Test
  public void allOfThemTogetherCostNoTrade() throws IOException {
    Played played =
        play(
            "SOLUSDT",
            Map.of(FaultKind.MALFORMED, 7, FaultKind.DUPLICATE, 5, FaultKind.REORDER, 6));
    played.assertComplete();
  }

  @Test
  public void whatTheVenueDropsIsFetched() throws IOException {
    Played played = play("DOTUSDT", Map.of(FaultKind.DROP, 7));
    played.assertComplete();
    assertThat(played.instrument().repaired()).isEqualTo(TRADES / 7);
  }

  @Test
  public void withoutRestWhatTheVenueDropsIsTold() throws IOException {
    Played played = play("XRPUSDT", Map.of(FaultKind.DROP, 1_000), false);
    List<Long> dropped =
        List.of(1_000L, 2_000L, 3_000L, 4_000L, 5_000L, 6_000L, 7_000L, 8_000L, 9_000L);

    InstrumentStatus instrument = played.instrument();
    assertThat(instrument.delivered()).isEqualTo(TRADES - dropped.size());
    assertThat(instrument.unrepaired()).isEqualTo(dropped.size());
    CheckResult verdict = new Verdicts(host()).await(5, FAIL);
    assertThat(verdict.evidence())
        .anyMatch(line -> line.contains("XRPUSDT") && line.contains("9 ids"));

    List<Long> told = new ArrayList<>();
    for (TradeGap gap : played.recorder.gaps()) {
      assertThat(gap.cause()).isEqualTo(TradeGap.Cause.MISSING);
      for (long id = gap.firstId(); id <= gap.lastId(); id++) {
        told.add(id);
      }
    }
    assertThat(told).isEqualTo(dropped);
    assertThat(played.recorder.faults()).isEmpty();
    MetricSnapshot snapshot = Metrics.of(host(), "XRPUSDT");
    assertThat(snapshot.metric("cvd.start").complete()).isFalse();
    Metrics.assertSums(snapshot, played.recorder.tally());
  }

  /** Plays a feed with faults from its first trade to its last. */
  private Played play(String symbol, Map<FaultKind, Integer> faults) throws IOException {
    return play(symbol, faults, true);
  }

  private Played play(String symbol, Map<FaultKind, Integer> faults, boolean rest)
      throws IOException {
    Archive archive = Archive.write(symbol, TRADES);
    Venue venue =
        Venue.open(host(), "played", Map.of("archive", archive.file().toString(), "speed", "max"));
    faults.forEach(venue::switchOn);
    Recorder recorder = Recorder.of(host(), symbol);
    Map<String, Object> values = Stream.values(venue, symbol);
    if (!rest) {
      values.remove("rest.endpoint");
    }
    Stream stream = Stream.open(host(), "played", values);
    Awaitility.await("the last trade")
        .atMost(Host.PATIENCE)
        .until(
            () ->
                stream.lastId(symbol) == TRADES
                    && recorder.lastId() == TRADES
                    && Metrics.of(host(), symbol).lastTradeId() == TRADES);
    assertThat(venue.market(symbol).bought()).isEqualByComparingTo(archive.tally().bought());
    assertThat(venue.market(symbol).sold()).isEqualByComparingTo(archive.tally().sold());
    return new Played(archive, recorder, stream);
  }

  private final class Played {
    private final Archive archive;
    private final Recorder recorder;
    private final Stream stream;

    Played(Archive archive, Recorder recorder, Stream stream) {
      this.archive = archive;
      this.recorder = recorder;
      this.stream = stream;
    }

    InstrumentStatus instrument() {
      return stream.instrument(archive.symbol());
    }

    void assertComplete() {
      assertThat(instrument().delivered()).isEqualTo(TRADES);
      assertThat(instrument().unrepaired()).isZero();
      new Verdicts(host()).await(5, PASS);
      MetricSnapshot snapshot = Metrics.of(host(), archive.symbol());
      Metrics.assertSums(snapshot, archive.tally());
      assertThat(snapshot.metric("cvd.start").complete()).isTrue();
      assertThat(recorder.tally()).isEqualTo(archive.tally());
      assertThat(recorder.faults()).isEmpty();
      assertThat(recorder.gaps()).isEmpty();
    }
  }
}
