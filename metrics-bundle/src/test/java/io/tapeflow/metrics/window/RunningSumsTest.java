package io.tapeflow.metrics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunningSumsTest {
  private static final int COUNT = 1;
  private static final long SECOND = 1_000_000;

  @Test
  void windowsHoldWhatAPlainCountHolds() {
    RunningSums sums = new RunningSums(2, 5 * SECOND, SessionDay.UTC, List.of());
    Random random = new Random(5);
    List<Long> times = new ArrayList<>();
    long time = 0;
    for (int id = 1; id <= 20_000; id++) {
      time += random.nextInt(10) == 0 ? random.nextInt(3_000_000) : random.nextInt(3) * 1_000L;
      trade(sums, id, time);
      times.add(time);
      if (id % 100 == 0) {
        long now = time + random.nextInt(2_000_000);
        long length = 1L + random.nextInt(5_000_000);
        long expected = times.stream().filter(at -> at > now - length).count();
        assertThat(sums.window(now, length).count(COUNT)).isEqualTo(expected);
        assertThat(sums.window(now, length).basis().firstId()).isEqualTo(id - expected + 1);
      }
    }
  }

  /** With too many times for its bound it holds less, and says how much. */
  @Test
  void whatTheBoundCutsOffIsSaid() {
    RunningSums sums = new RunningSums(2, 60 * SECOND, SessionDay.UTC, List.of(), 100);
    for (int id = 1; id <= 1_000; id++) {
      trade(sums, id, id * SECOND / 10);
    }
    Span span = sums.window(100 * SECOND, 60 * SECOND);
    assertThat(span.basis().lack()).isEqualTo("Covers 10.0 of 60 s");
    assertThat(span.count(COUNT)).isEqualTo(100);
    assertThat(sums.window(100 * SECOND, 10 * SECOND).basis().lack()).isEmpty();
    trade(sums, 1_001, 200 * SECOND);
    assertThat(sums.window(200 * SECOND, 60 * SECOND).basis().lack()).as("after quiet").isEmpty();
  }

  @Test
  void aSessionThatWasNotSeenFromItsStartSaysSo() {
    RunningSums sums = new RunningSums(2, SECOND, SessionDay.UTC, List.of());
    trade(sums, 1, 5 * SECOND);
    assertThat(sums.session(6 * SECOND).basis().lack())
        .isEqualTo("Covers the session since 1970-01-01T00:00:05Z");
    trade(sums, 2, 86_400 * SECOND);
    Span today = sums.session(86_401 * SECOND);
    assertThat(today.count(COUNT)).isEqualTo(1);
    assertThat(today.basis().lack()).isEmpty();
    assertThat(today.basis().firstId()).isEqualTo(2);
  }

  @Test
  void aRestoredSumKnowsItsAnchors() throws IOException {
    List<Instant> anchors = List.of(Instant.ofEpochSecond(3), Instant.ofEpochSecond(300));
    RunningSums sums = new RunningSums(2, SECOND, SessionDay.UTC, anchors);
    for (int id = 1; id <= 5; id++) {
      trade(sums, id, id * SECOND);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sums.save(new DataOutputStream(bytes));
    RunningSums restored = new RunningSums(2, SECOND, SessionDay.UTC, anchors);
    restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(restored.since(0, 5 * SECOND).count(COUNT)).isEqualTo(3);
    assertThat(restored.since(1, 5 * SECOND).basis().lack()).contains("still to come");
    trade(restored, 6, 301 * SECOND);
    assertThat(restored.since(1, 301 * SECOND).count(COUNT)).isEqualTo(1);
  }

  @Test
  void aSessionBeginsAtItsTimeOfDay() {
    SessionDay day = new SessionDay(22 * 60 + 30);
    assertThat(day).hasToString("22:30 UTC");
    long begin = day.start(100 * 24 * 3_600 * SECOND);
    assertThat(Instant.ofEpochSecond(begin / SECOND)).hasToString("1970-04-10T22:30:00Z");
    assertThat(day.start(begin)).isEqualTo(begin);
    assertThat(day.start(begin - 1)).isEqualTo(begin - 24 * 3_600 * SECOND);
    RunningSums sums = new RunningSums(2, SECOND, day, List.of());
    trade(sums, 1, begin - 2);
    trade(sums, 2, begin - 1);
    assertThat(sums.session(begin - 1).count(COUNT)).isEqualTo(2);
    assertThat(sums.session(begin).isEmpty()).isTrue();
    trade(sums, 3, begin);
    assertThat(sums.session(begin).count(COUNT)).isEqualTo(1);
    assertThat(sums.session(begin).basis().lack()).isEmpty();
  }

  @Test
  void aStateWithMoreMarksThanAllowedIsRefused() throws IOException {
    RunningSums sums = new RunningSums(2, 60 * SECOND, SessionDay.UTC, List.of());
    for (int id = 1; id <= 50; id++) {
      trade(sums, id, id * SECOND);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sums.save(new DataOutputStream(bytes));
    RunningSums small = new RunningSums(2, 60 * SECOND, SessionDay.UTC, List.of(), 10);
    assertThatThrownBy(
            () -> small.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
        .isInstanceOf(IOException.class)
        .hasMessage("State holds 49 marks, allowed are 0 to 10");
  }

  private static void trade(RunningSums sums, long id, long time) {
    sums.moveTo(id, time);
    sums.state()[COUNT]++;
  }
}
