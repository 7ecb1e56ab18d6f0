package io.tapeflow.web;

import io.tapeflow.tasks.Clock;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client of events: its place in the log, and its socket, which is written to only while it
 * takes something. Whoever pumps does all the work there is, so no two threads write at once and
 * none waits for another.
 */
final class EventClient implements WriteListener {
  private static final byte[] SIGN_OF_LIFE = ":\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Wish wish;
  private final EventLog log;
  private final Clock clock;
  private final AsyncContext context;
  private final ServletOutputStream out;
  private final Runnable whenEnded;
  private final Deque<byte[]> greeting = new ArrayDeque<>();

  private final AtomicInteger pumping = new AtomicInteger();
  private final AtomicBoolean ended = new AtomicBoolean();

  // Used by whoever pumps.
  private final Map<Topic, Long> sentNanos = new HashMap<>();
  private long place;
  private boolean flushed = true;
  private long wroteNanos;
  // Asked by others as well.
  private volatile boolean open;
  private volatile long stuckSince = Long.MAX_VALUE; // not stuck
  private volatile boolean overtaken;

  /**
   * A client that has not been written to.
   *
   * @param place the number of the last event that it knows
   * @param greeting what it is sent ahead of the events after that
   */
  EventClient(
      Wish wish,
      EventLog log,
      long place,
      List<byte[]> greeting,
      AsyncContext context,
      Clock clock,
      Runnable whenEnded)
      throws IOException {
    this.wish = wish;
    this.log = log;
    this.place = place;
    this.greeting.addAll(greeting);
    this.context = context;
    this.out = context.getResponse().getOutputStream();
    this.clock = clock;
    this.whenEnded = whenEnded;
    this.wroteNanos = clock.nanos();
  }

  Wish wish() {
    return wish;
  }

  @Override
  public void onWritePossible() {
    open = true;
    pump();
  }

  @Override
  public void onError(Throwable thrown) {
    end();
  }

  /** Sends what there is, for as long as the socket takes it. Returns at once. */
  void pump() {
    if (!open || pumping.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      try {
        send();
      } catch (IOException | RuntimeException e) {
        // It has gone, which is no news to anyone.
        end();
      }
      seen = pumping.addAndGet(-seen);
    } while (seen != 0);
  }

  private void send() throws IOException {
    while (!ended.get()) {
      if (!out.isReady()) {
        stuckSince = Math.min(stuckSince, clock.nanos());
        return;
      }
      stuckSince = Long.MAX_VALUE;
      byte[] frame = nextFrame();
      if (frame != null) {
        out.write(frame);
        flushed = false;
        wroteNanos = clock.nanos();
      } else if (!flushed) {
        out.flush();
        flushed = true;
      } else {
        return;
      }
    }
  }

  private byte[] nextFrame() {
    if (!greeting.isEmpty()) {
      return greeting.remove();
    }
    if (!log.reaches(place)) {
      overtaken = true;
      return null;
    }
    for (EventLog.Entry entry = log.next(place, wish::wants);
        entry != null;
        entry = log.next(place, wish::wants)) {
      place = entry.number();
      if (isDue(entry)) {
        return entry.frame();
      }
    }
    place = Math.max(place, log.lastUnwanted(place, wish::wants));
    return clock.nanos() - wroteNanos > SILENCE_NANOS ? SIGN_OF_LIFE : null;
  }

  /** Snapshots come no more often than was wished. */
  private boolean isDue(EventLog.Entry entry) {
    if (!entry.topic().type().equals(Topic.SNAPSHOT)) {
      return true;
    }
    Long before = sentNanos.get(entry.topic());
    // Half a tick early counts as in time, or every other one would be left out.
    long least = wish.interval().toNanos() - EventHub.TICK.toNanos() / 2;
    if (before != null && entry.nanos() - before < least) {
      return false;
    }
    sentNanos.put(entry.topic(), entry.nanos());
    return true;
  }

  /** Whether it takes so little that it is to be dropped. */
  boolean isTooSlow(Duration stall) {
    long since = stuckSince;
    return overtaken || (since != Long.MAX_VALUE && clock.nanos() - since > stall.toNanos());
  }

  /** Ends the answer. */
  void end() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    try {
      context.complete();
    } catch (IllegalStateException e) {
      // The server has ended it already.
    }
    whenEnded.run();
  }
}
