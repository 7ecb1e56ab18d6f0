package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.FAIL;
import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.verification.CheckResult;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.Before;
import org.junit.Test;

/**
 * Whatever the venue does to a connection, the attempt ends with its kind and phase, check 4 says
 * so, and the stream is live again when the venue is.
 */
public class ConnectionFaultsIT extends ShippedIT {
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final String SYMBOL = "BTCUSDT";

  private Venue venue;
  private Verdicts verdicts;

  @Before
  public void open() {
    venue = Venue.generated(host(), "faulty", 200, SYMBOL);
    verdicts = new Verdicts(host());
  }

  @Test
  public void silenceAfterTcp() {
    timesOut(FaultKind.SILENT_AFTER_TCP, ConnectionPhase.UPGRADE);
  }

  @Test
  public void halfAnUpgrade() {
    timesOut(FaultKind.SILENT_IN_UPGRADE, ConnectionPhase.UPGRADE);
  }

  @Test
  public void subscriptionWithoutAnswer() {
    timesOut(FaultKind.SILENT_IN_SUBSCRIBE, ConnectionPhase.SUBSCRIBE);
  }

  @Test
  public void acknowledgementWithoutData() {
    timesOut(FaultKind.NO_DATA, ConnectionPhase.FIRST_DATA);
  }

  @Test
  public void pingsWithoutData() {
    timesOut(FaultKind.PINGS_ONLY, ConnectionPhase.FIRST_DATA);
  }

  @Test
  public void bytesThatDrip() {
    timesOut(FaultKind.SLOW_DRIP, ConnectionPhase.UPGRADE);
  }

  @Test
  public void silenceInTcp() throws IOException {
    try (DeafPort port = DeafPort.open()) {
      timesOutAt(URI.create("ws://127.0.0.1:" + port.number()), ConnectionPhase.TCP);
    }
  }

  @Test
  public void silenceInTls() {
    venue.switchOn(FaultKind.SILENT_AFTER_TCP);
    timesOutAt(
        URI.create("wss://127.0.0.1:" + venue.streamEndpoint().getPort()), ConnectionPhase.TLS);
  }

  @Test
  public void noTlsAtAll() {
    URI endpoint = URI.create("wss://127.0.0.1:" + venue.streamEndpoint().getPort());
    Stream stream = Stream.open(host(), "faulty", values(endpoint));
    assertEnds(stream, Instant.MIN, ErrorKind.TLS, ConnectionPhase.TLS);
  }

  @Test
  public void noSuchHost() {
    Stream stream = Stream.open(host(), "faulty", values(URI.create("ws://no-such-host.invalid")));
    ConnectionError error = stream.until("failed", this::hasFailed).lastError();
    // A resolver that does not answer is as good as one that says no.
    assertThat(error.kind()).isIn(ErrorKind.DNS, ErrorKind.TIMEOUT);
    assertThat(error.phase()).isEqualTo(ConnectionPhase.DNS);
  }

  @Test
  public void refusedTcp() {
    ends(FaultKind.REFUSE_TCP, 1_006, ErrorKind.REFUSED, ConnectionPhase.TCP);
  }

  @Test
  public void forbidden() {
    assertThat(ends(FaultKind.HTTP_STATUS, 403, ErrorKind.HTTP, ConnectionPhase.UPGRADE))
        .contains("403");
  }

  @Test
  public void tooManyRequests() {
    assertThat(ends(FaultKind.HTTP_STATUS, 429, ErrorKind.HTTP, ConnectionPhase.UPGRADE))
        .contains("429");
  }

  @Test
  public void unavailableForLegalReasons() {
    assertThat(ends(FaultKind.HTTP_STATUS, 451, ErrorKind.HTTP, ConnectionPhase.UPGRADE))
        .contains("451");
  }

  @Test
  public void serviceUnavailable() {
    assertThat(ends(FaultKind.HTTP_STATUS, 503, ErrorKind.HTTP, ConnectionPhase.UPGRADE))
        .contains("503");
  }

  @Test
  public void refusedSubscription() {
    ends(FaultKind.REFUSE_SUBSCRIBE, 0, ErrorKind.REJECTED, ConnectionPhase.SUBSCRIBE);
  }

  @Test
  public void closedWhileLive() {
    Stream stream = live();
    for (int code : new int[] {1_000, 1_001, 1_006, 1_012}) {
      long connections = stream.status().connections();
      venue.switchOn(FaultKind.CLOSE, code);
      StreamStatus again =
          stream.until("live again", status -> status.connections() == connections + 1);
      assertThat(again.lastError().kind()).isEqualTo(ErrorKind.CLOSED);
      if (code != 1_006) {
        assertThat(again.lastError().message()).contains(Integer.toString(code));
      }
      stream.awaitLive();
    }
    assertThat(venue.account().subscriptions()).containsOnly(Map.entry(SYMBOL, 1));
    verdicts.await(5, PASS);
  }

  private void timesOut(FaultKind fault, ConnectionPhase phase) {
    ends(fault, 0, ErrorKind.TIMEOUT, phase);
  }

  private void timesOutAt(URI endpoint, ConnectionPhase phase) {
    Stream stream = Stream.open(host(), "faulty", values(endpoint));
    assertEnds(stream, Instant.MIN, ErrorKind.TIMEOUT, phase);
  }

  /** Breaks a live stream and mends it; returns the message of the error in between. */
  private String ends(FaultKind fault, int number, ErrorKind kind, ConnectionPhase phase) {
    Stream stream = live();
    Instant begin = Instant.now();
    venue.switchOn(fault, number);
    stream.reconnect();
    String message = assertEnds(stream, begin, kind, phase);
    venue.clearFaults();
    stream.awaitLive();
    verdicts.await(4, PASS);
    return message;
  }

  private String assertEnds(Stream stream, Instant begin, ErrorKind kind, ConnectionPhase phase) {
    StreamStatus status =
        stream.until(
            kind + " in " + phase,
            now ->
                hasFailed(now)
                    && now.lastError().at().isAfter(begin)
                    && now.lastError().kind() == kind
                    && now.lastError().phase() == phase);
    CheckResult verdict = verdicts.await(4, FAIL);
    assertThat(verdict.evidence()).anyMatch(line -> line.contains(kind + " in " + phase));
    assertThat(status.attempts().open()).isBetween(0L, 1L);
    // It never gives up.
    long started = status.attempts().started();
    stream.until("another attempt", now -> now.attempts().started() > started);
    return status.lastError().message();
  }

  private boolean hasFailed(StreamStatus status) {
    return status.lastError() != null && status.state() != StreamState.LIVE;
  }

  private Stream live() {
    Stream stream = Stream.open(host(), "faulty", values(venue.streamEndpoint()));
    stream.awaitLive();
    verdicts.await(4, PASS);
    return stream;
  }

  private Map<String, Object> values(URI endpoint) {
    Map<String, Object> values = new HashMap<>(Stream.values(venue, SYMBOL));
    values.put("ws.endpoint", endpoint.toString());
    values.put("connect.timeout.ms", DEADLINE.toMillis());
    return values;
  }
}
