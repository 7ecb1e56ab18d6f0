package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendQueueTest {
  private final ManualTime time = new ManualTime();
  private final List<Duration> sent = new ArrayList<>();
  private final List<String> frames = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 10})
  void noSecondHoldsMoreThanTheLimitAndPongsNeverWait(int limit) {
    SendQueue queue = queue(limit);
    List<Duration> pongs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      queue.send("frame " + i);
    }
    for (int second = 0; second < 100; second++) {
      if (limit > 2 && second % 2 == 0) {
        queue.pong();
        pongs.add(time.elapsed());
      }
      time.pass(Duration.ofSeconds(1));
    }
    assertThat(frames).hasSize(30).isEqualTo(frames.stream().sorted(byNumber()).toList());
    List<Duration> all = new ArrayList<>(sent);
    all.addAll(pongs);
    for (Duration end : all) {
      assertThat(
              all.stream()
                  .filter(at -> at.compareTo(end) <= 0)
                  .filter(at -> end.minus(at).compareTo(Duration.ofSeconds(1)) < 0)
                  .count())
          .isLessThanOrEqualTo(limit);
    }
  }

  @Test
  void roomForPongsIsLeft() {
    SendQueue queue = queue(5);
    for (int i = 0; i < 10; i++) {
      queue.send("frame");
    }
    time.pass(Duration.ofSeconds(1).minusNanos(1));
    assertThat(queue.status().used()).isEqualTo(3);
    assertThat(queue.status().limit()).isEqualTo(5);
  }

  @Test
  void requestsYieldToPongsAndStillGetThrough() {
    SendQueue queue = queue(5);
    for (int i = 0; i < 10; i++) {
      queue.send("frame");
    }
    for (int i = 0; i < 100; i++) {
      queue.pong();
      time.pass(Duration.ofMillis(250));
      assertThat(queue.status().used()).isLessThanOrEqualTo(5);
    }
    assertThat(frames).hasSize(10);
  }

  @Test
  void aWaitIsShown() {
    SendQueue queue = queue(5);
    queue.send("a");
    assertThat(queue.status().waitingUntil()).isNull();
    queue.send("b");
    queue.send("c");
    assertThat(queue.status().reason()).isEqualTo("2 requests wait to be sent");
    assertThat(queue.status().waitingUntil()).isAfter(time.now());
    time.pass(Duration.ofSeconds(2));
    assertThat(queue.status().waitingUntil()).isNull();
    assertThat(frames).containsExactly("a", "b", "c");
  }

  @Test
  void whatWaitsIsForgottenWithTheConnection() {
    SendQueue queue = queue(1);
    queue.send("a");
    queue.send("b");
    queue.clear();
    time.pass(Duration.ofSeconds(5));
    assertThat(frames).containsExactly("a");
  }

  private SendQueue queue(int limit) {
    return new SendQueue(
        "pid",
        limit,
        time,
        frame -> {
          frames.add(frame);
          sent.add(time.elapsed());
        },
        time);
  }

  private static java.util.Comparator<String> byNumber() {
    return java.util.Comparator.comparingInt(frame -> Integer.parseInt(frame.substring(6)));
  }
}
