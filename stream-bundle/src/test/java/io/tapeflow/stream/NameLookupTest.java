package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.tasks.Clock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NameLookupTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final NameLookup lookup = new NameLookup(Clock.SYSTEM, null, this::answer);

  @AfterEach
  void close() {
    answer.countDown();
    lookup.close();
    assertThat(lookup.status().abandoned()).isEmpty();
  }

  @Test
  void whoeverAsksMeanwhileWaitsForTheSameAnswer() {
    CompletableFuture<List<InetAddress>> first = lookup.find("slow.test");
    CompletableFuture<List<InetAddress>> second = lookup.find("slow.test");
    assertThat(lookup.find("quick.test")).succeedsWithin(Duration.ofSeconds(20));
    assertThat(lookup.status().started()).isEqualTo(2);
    assertThat(first).isNotDone();

    answer.countDown();
    assertThat(first).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(List.of(HERE));
    assertThat(second).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(List.of(HERE));
    assertThat(lookup.find("slow.test")).succeedsWithin(Duration.ofSeconds(20));
    assertThat(asked).as("an answer is not kept").hasValue(3);
  }

  @Test
  void whoGivesUpLeavesTheOthersWaiting() {
    CompletableFuture<List<InetAddress>> impatient = lookup.find("slow.test");
    CompletableFuture<List<InetAddress>> patient = lookup.find("slow.test");
    impatient.cancel(false);
    answer.countDown();
    assertThat(patient).succeedsWithin(Duration.ofSeconds(20));
    assertThat(impatient).isCancelled();
  }

  @Test
  void aNameThatIsNotKnownFailsAndIsAskedForAgainNextTime() {
    for (int i = 1; i <= 2; i++) {
      assertThat(lookup.find("no.test"))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .withCauseInstanceOf(UnknownHostException.class);
      assertThat(asked).hasValue(i);
    }
    await().until(() -> lookup.status().live().isEmpty());
    assertThat(lookup.status().failed()).as("tasks, not names").isZero();
  }

  @Test
  void afterTheCloseItFindsNothing() {
    lookup.close();
    assertThat(lookup.find("quick.test"))
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withCauseInstanceOf(RejectedExecutionException.class);
  }

  private InetAddress[] answer(String host) throws UnknownHostException {
    asked.incrementAndGet();
    if (host.startsWith("no.")) {
      throw new UnknownHostException(host);
    }
    while (host.startsWith("slow.") && answer.getCount() > 0) {
      try {
        answer.await();
      } catch (InterruptedException e) {
        // As little as the system's look-up does.
      }
    }
    return new InetAddress[] {HERE};
  }
}
