package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.FAIL;
import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.trade.TradeHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.Before;
import org.junit.Test;

/** Several configurations side by side, changed ones, and wrong ones. */
public class SeveralStreamsIT extends ShippedIT {
  private Venue venue;

  @Before
  public void open() {
    venue = Venue.generated(host(), "shared", 200, "BTCUSDT", "ETHUSDT", "ADAUSDT");
  }

  @Test
  public void twoConfigurationsRunSideBySide() {
    Stream one = Stream.to(venue, host(), "one", "BTCUSDT");
    Stream two = Stream.to(venue, host(), "two", "ETHUSDT");
    assertThat(one.awaitLive().openSockets()).isEqualTo(1);
    assertThat(two.awaitLive().openSockets()).isEqualTo(1);
    assertThat(venue.account().subscriptions())
        .containsOnly(Map.entry("BTCUSDT", 1), Map.entry("ETHUSDT", 1));
    assertThat(venue.account().mostOpenAtOnce()).isEqualTo(2);
    new Verdicts(host()).await(2, PASS);

    two.close();
    assertThat(one.status().connections()).isEqualTo(1);
    assertThat(one.status().state()).isEqualTo(StreamState.LIVE);
  }

  @Test
  public void howeverOftenItIsConfiguredThereIsOneConnection() throws InterruptedException {
    Stream stream = Stream.to(venue, host(), "repeated", "BTCUSDT");
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Map<String, Object> values = new HashMap<>(Stream.values(venue, "BTCUSDT"));
      values.put("history.seconds", 600L + i);
      writers.add(new Thread(() -> IntStream.range(0, 10).forEach(n -> stream.update(values))));
    }
    writers.forEach(Thread::start);
    for (Thread writer : writers) {
      writer.join();
    }
    StreamStatus status = stream.awaitLive();
    assertThat(status.connections()).isEqualTo(1);
    assertThat(status.openSockets()).isEqualTo(1);
    assertThat(venue.account().mostOpenAtOnce()).isEqualTo(1);
    assertThat(venue.account().subscriptions()).containsOnly(Map.entry("BTCUSDT", 1));
    new Verdicts(host()).await(2, PASS);
  }

  @Test
  public void anInstrumentConfiguredTwiceIsCarriedOnce() {
    Stream first = Stream.to(venue, host(), "first", "BTCUSDT");
    first.awaitLive();
    Stream second = Stream.to(venue, host(), "second", "BTCUSDT", "ETHUSDT");
    StreamStatus status =
        second.until("ETHUSDT live", now -> stateOf(now, "ETHUSDT") == InstrumentState.LIVE);

    assertThat(stateOf(status, "BTCUSDT")).isEqualTo(InstrumentState.CLAIMED_ELSEWHERE);
    assertThat(second.instrument("BTCUSDT").reason()).contains(first.pid());
    assertThat(venue.account().subscriptions()).containsEntry("BTCUSDT", 1);
    Verdicts verdicts = new Verdicts(host());
    verdicts.await(2, PASS);
    verdicts.await(4, PASS);
    verdicts.await(5, PASS);

    first.close();
    second.until("takes over", now -> stateOf(now, "BTCUSDT") == InstrumentState.LIVE);
    assertThat(venue.account().subscriptions()).containsEntry("BTCUSDT", 1);
    assertThat(second.status().connections()).isEqualTo(1);
  }

  @Test
  public void whoHasNothingLeftToDoTakesOverToo() {
    Stream first = Stream.to(venue, host(), "first", "BTCUSDT");
    first.awaitLive();
    Stream second = Stream.to(venue, host(), "second", "BTCUSDT");
    second.until("claimed", now -> stateOf(now, "BTCUSDT") == InstrumentState.CLAIMED_ELSEWHERE);
    assertThat(second.status().openSockets()).isZero();

    first.close();
    second.awaitLive();
    assertThat(venue.account().subscriptions()).containsEntry("BTCUSDT", 1);
    assertThat(venue.account().mostOpenAtOnce()).isEqualTo(1);
  }

  @Test
  public void symbolsComeAndGoWithoutTouchingTheOthers() {
    Stream stream = Stream.to(venue, host(), "growing", "BTCUSDT");
    InstrumentStatus before = stream.awaitLive().instruments().get(0);
    TradeHistory history = history(stream, "BTCUSDT");

    stream.update(Stream.values(venue, "BTCUSDT", "ETHUSDT", "ADAUSDT"));
    stream.until("ETHUSDT live", now -> stateOf(now, "ETHUSDT") == InstrumentState.LIVE);
    stream.until("ADAUSDT live", now -> stateOf(now, "ADAUSDT") == InstrumentState.LIVE);
    assertUntouched(stream, before, history);

    stream.update(Stream.values(venue, "BTCUSDT", "ADAUSDT"));
    Awaitility.await("ETHUSDT left")
        .atMost(Host.PATIENCE)
        .until(() -> !venue.account().subscriptions().containsKey("ETHUSDT"));
    assertThat(stateOf(stream.status(), "ETHUSDT")).isNull();
    assertUntouched(stream, before, history);
    assertThat(venue.account().subscriptions())
        .containsOnly(Map.entry("BTCUSDT", 1), Map.entry("ADAUSDT", 1));
  }

  @Test
  public void wrongChangesAreRefusedInOneLineAndChangeNothing() {
    Stream stream = Stream.to(venue, host(), "steady", "BTCUSDT");
    InstrumentStatus before = stream.awaitLive().instruments().get(0);
    TradeHistory history = history(stream, "BTCUSDT");
    Map<String, Object> wrongs = new HashMap<>();
    wrongs.put("venue", "nowhere-spot");
    wrongs.put("symbols", new String[0]);
    wrongs.put("ws.endpoint", "http://127.0.0.1:1/path");
    wrongs.put("idle.timeout.ms", -1L);
    wrongs.put("history.trades", 1);
    for (Map.Entry<String, Object> wrong : wrongs.entrySet()) {
      LogFile log = LogFile.fromHere();
      Map<String, Object> values = new HashMap<>(Stream.values(venue, "BTCUSDT"));
      values.put(wrong.getKey(), wrong.getValue());
      stream.update(values);

      stream.until("refused", now -> hasLine(now, wrong.getKey()));
      assertThat(log.lines("ERROR"))
          .singleElement()
          .asString()
          .contains(stream.pid(), wrong.getKey(), "expected");
      assertUntouched(stream, before, history);
    }
    stream.update(Stream.values(venue, "BTCUSDT", "ETHUSDT"));
    stream.awaitLive();
    assertUntouched(stream, before, history);
  }

  @Test
  public void aWrongStartSaysWhyAndCanBeMended() {
    Map<String, Object> values = new HashMap<>(Stream.values(venue, "BTCUSDT"));
    values.put("connect.timeout.ms", -5L);
    Stream stream = Stream.open(host(), "wrong", values);
    StreamStatus status = stream.until("refused", now -> now.lastError() != null);
    assertThat(status.state()).isEqualTo(StreamState.STOPPED);
    assertThat(status.lastError().kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(status.lastError().message())
        .contains(stream.pid(), "connect.timeout.ms", "-5", "100 to 600000");
    Verdicts verdicts = new Verdicts(host());
    verdicts.await(4, FAIL);
    assertThat(verdicts.report().rootCause()).contains("connect.timeout.ms");

    stream.update(Stream.values(venue, "BTCUSDT"));
    stream.awaitLive();
    verdicts.await(4, PASS);
  }

  private static void assertUntouched(
      Stream stream, InstrumentStatus before, TradeHistory history) {
    StreamStatus status = stream.status();
    assertThat(status.state()).isEqualTo(StreamState.LIVE);
    assertThat(status.connections()).isEqualTo(1);
    assertThat(status.attempts().started()).isEqualTo(1);
    String symbol = before.instrument().symbol();
    InstrumentStatus now = stream.instrument(symbol);
    assertThat(now.generation()).isEqualTo(before.generation());
    assertThat(now.firstId()).isEqualTo(before.firstId());
    assertThat(now.unrepaired()).isZero();
    assertThat(history(stream, symbol)).isSameAs(history);
    assertThat(history.from(before.firstId(), 1).id(0)).isEqualTo(before.firstId());
    long seen = now.lastId();
    stream.until("trades flow", later -> stream.lastId(symbol) > seen);
  }

  private static boolean hasLine(StreamStatus status, String words) {
    return status.timeline().stream().anyMatch(line -> line.detail().contains(words));
  }

  private static InstrumentState stateOf(StreamStatus status, String symbol) {
    return status.instruments().stream()
        .filter(instrument -> instrument.instrument().symbol().equals(symbol))
        .map(InstrumentStatus::state)
        .findFirst()
        .orElse(null);
  }

  private static TradeHistory history(Stream stream, String symbol) {
    return stream.ask(service -> service.history(symbol).orElseThrow());
  }
}
