package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  private static final int POLICY = 1008;

  @Test
  void whoAnswersPingsStays() throws Exception {
    try (Venue venue = venue(50, 0);
        TextClient client = TextClient.open(venue, "/ws")) {
      await().until(() -> venue.account().pongs() > 10);
      assertThat(client.isClosed()).isFalse();
    }
  }

  @Test
  void pingsCarryAPayload() throws Exception {
    try (Venue venue = venue(50, 0);
        RawClient client = RawClient.upgraded(venue, "/ws")) {
      assertThat(client.read(RawClient.PING).payload()).matches("[0-9]{13}");
    }
  }

  @Test
  void whoAnswersNoPingIsClosed() throws Exception {
    try (Venue venue = venue(50, 0);
        RawClient client = RawClient.upgraded(venue, "/ws")) {
      assertThat(client.read(RawClient.CLOSE).closeCode()).isEqualTo(POLICY);
    }
  }

  @Test
  void pongsThatNobodyAskedForDoNotHelp() throws Exception {
    try (Venue venue = venue(50, 0);
        RawClient client = RawClient.upgraded(venue, "/ws")) {
      client.write(RawClient.PONG, "");
      client.read(RawClient.PING);
      client.write(RawClient.PONG, "something else");
      assertThat(client.read(RawClient.CLOSE).closeCode()).isEqualTo(POLICY);
      assertThat(venue.account().pongs()).isEqualTo(2);
    }
  }

  @Test
  void aClientsPingIsAnsweredWithItsPayload() throws Exception {
    try (Venue venue = venue(20_000, 5);
        RawClient client = RawClient.upgraded(venue, "/ws")) {
      client.write(RawClient.PING, "abc");
      assertThat(client.read()).isEqualTo(new RawClient.Frame(RawClient.PONG, "abc"));
    }
  }

  @Test
  void whoSendsTooMuchIsClosed() throws Exception {
    try (Venue venue = venue(20_000, 5);
        RawClient client = RawClient.upgraded(venue, "/ws")) {
      for (int i = 0; i < 2; i++) {
        client.write(RawClient.PING, "");
        client.write(RawClient.PONG, "");
        client.write(RawClient.TEXT, "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
      }
      assertThat(client.read(RawClient.CLOSE).closeCode()).isEqualTo(POLICY);
    }
  }

  @Test
  void fiveMessagesInASecondAreAllowed() {
    InboundLimit limit = new InboundLimit(5, 1_000_000_000);
    for (int i = 0; i < 5; i++) {
      assertThat(limit.admits(limit.count(1_000_000L * i))).isTrue();
    }
    assertThat(limit.admits(limit.count(999_999_999))).isFalse();
    assertThat(limit.admits(limit.count(2_500_000_000L))).isTrue();
  }

  private static Venue venue(long pingMillis, int messagesPerSecond) {
    return Venue.start(
        VenueSettings.byHand("BTCUSDT")
            .pingInterval(Duration.ofMillis(pingMillis))
            .messagesPerSecond(messagesPerSecond)
            .build());
  }
}
