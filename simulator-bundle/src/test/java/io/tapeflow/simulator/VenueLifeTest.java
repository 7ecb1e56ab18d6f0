package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.task.CloseReport;
import io.tapeflow.api.task.LedgerStatus;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VenueLifeTest {
  @TempDir private Path folder;

  @Test
  void fiftyVenuesLeaveNoThread() throws Exception {
    List<Integer> codes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Venue venue = Venue.start(VenueSettings.generated("BTCUSDT").rate(500).history(10).build());
      try (TextClient client = TextClient.open(venue, "/ws/btcusdt@aggTrade")) {
        client.next();
        assertEndsClean(venue);
        codes.add(client.closeCode());
      }
    }
    // The venue does not wait long for its goodbye to be sent: on a busy machine it may cut
    // instead.
    assertThat(codes).contains(1_001).isSubsetOf(1_001, 1_006);
    assertThat(threads()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void itEndsUnderEveryFault(FaultKind kind) throws Exception {
    Venue venue = Venue.start(VenueSettings.generated("BTCUSDT").rate(500).build());
    try (RawClient open = RawClient.upgraded(venue, "/ws/btcusdt@aggTrade")) {
      open.read(RawClient.TEXT);
      venue.switchOn(VenueFault.of(kind));
      if (kind != FaultKind.REFUSE_TCP) {
        try (RawClient fresh = new RawClient(venue)) {
          fresh.requestUpgrade("/ws/btcusdt@aggTrade");
          assertEndsClean(venue);
        }
      } else {
        assertEndsClean(venue);
      }
    }
    assertThat(threads()).isEmpty();
  }

  @Test
  void itEndsWhileAReaderHoldsThePlayerBack() throws Exception {
    Path file = folder.resolve("BTCUSDT-aggTrades-1.csv");
    StringBuilder text = new StringBuilder();
    for (int id = 1; id <= 200_000; id++) {
      text.append(id).append(",64000.1,0.5,1,1,1558828800453,true,true\n");
    }
    Files.writeString(file, text);
    Venue venue = Venue.start(VenueSettings.archive(file).build());
    try (RawClient client = RawClient.upgraded(venue, "/ws/btcusdt@aggTrade")) {
      client.read(RawClient.TEXT);
      await().until(() -> venue.account().markets().get("BTCUSDT").trades() > 8_000);
      assertEndsClean(venue);
    }
    assertThat(threads()).isEmpty();
  }

  @Test
  void closingTwiceIsFineAndNobodyAnswersAfterwards() throws Exception {
    Venue venue = Venue.start(VenueSettings.byHand("BTCUSDT").build());
    venue.switchOn(VenueFault.of(FaultKind.REFUSE_TCP));
    venue.close();
    venue.close();
    assertThatThrownBy(() -> new RawClient(venue)).isInstanceOf(ConnectException.class);
    assertThat(venue.account().openConnections()).isZero();
    venue.switchOn(VenueFault.of(FaultKind.PINGS_ONLY));
    venue.clearFaults();
    assertThatThrownBy(() -> new RawClient(venue)).isInstanceOf(ConnectException.class);
  }

  @Test
  void aPortThatIsTakenIsAnErrorAndLeavesNothing() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      VenueSettings settings =
          VenueSettings.generated("BTCUSDT").port(taken.getLocalPort()).build();
      assertThatThrownBy(() -> Venue.start(settings)).isInstanceOf(UncheckedIOException.class);
    }
    assertThat(threads()).isEmpty();
  }

  @Test
  void theSamePortCanBeHadAgainAtOnce() throws Exception {
    Venue first = Venue.start(VenueSettings.byHand("BTCUSDT").build());
    int port = first.streamEndpoint().getPort();
    try (TextClient client = TextClient.open(first, "/ws")) {
      first.close();
      client.closeCode();
    }
    try (Venue second = Venue.start(VenueSettings.byHand("BTCUSDT").port(port).build());
        TextClient client = TextClient.open(second, "/ws")) {
      assertThat(client.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}")).contains("[]");
    }
  }

  @Test
  void theLedgerBalancesAndItsHeartsBeat() {
    Venue venue = Venue.start(VenueSettings.generated("BTCUSDT").build());
    LedgerStatus status = venue.ledger().status();
    assertThat(status.balanced()).isTrue();
    assertThat(status.heartbeats()).hasSize(3);
    await()
        .untilAsserted(
            () ->
                assertThat(venue.ledger().status().heartbeats())
                    .allMatch(beat -> beat.age().toMillis() < 2_000));
    venue.close();
    assertThat(venue.ledger().status().live()).isEmpty();
    assertThat(venue.ledger().status().balanced()).isTrue();
  }

  private static void assertEndsClean(Venue venue) {
    CloseReport report = venue.end();
    assertThat(report.abandoned()).isZero();
    assertThat(report.forced()).isZero();
    assertThat(report.kept()).isTrue();
  }

  /** The venue's threads; those that are just ending are given the time to. */
  private static List<String> threads() {
    await().until(() -> names().isEmpty());
    return names();
  }

  private static List<String> names() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("tapeflow-venue"))
        .toList();
  }
}
