package io.tapeflow.stream;

import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.tasks.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Finds out, for a connection that brings nothing at all, whether the market is quiet: asks REST
 * for some of its instruments, again and again while the silence lasts. It gives no verdict on the
 * connection; the watchdog does, and does so too if no answer comes. The control thread asks; any
 * thread may read what was found.
 */
final class QuietCheck {
  private static final int SAMPLE = 5;

  /** How often within the time that a silence is allowed. */
  private static final int PER_WINDOW = 4;

  private final MarketProbe probe;
  private final Subscriptions subscriptions;
  private final Clock clock;
  private final Executor control;
  private final Runnable released;

  private volatile boolean quiet;
  private volatile long quietNanos;
  private volatile String evidence = "";
  private long nextNanos;
  private int unanswered;
  private boolean allQuiet;

  /**
   * Creates one.
   *
   * @param probe null if the venue cannot be asked: then nothing is ever found
   * @param released told that trades may have been released
   */
  QuietCheck(
      MarketProbe probe,
      Subscriptions subscriptions,
      Clock clock,
      Executor control,
      Runnable released) {
    this.probe = probe;
    this.subscriptions = subscriptions;
    this.clock = clock;
    this.control = control;
    this.released = released;
  }

  /** Whether the market was found to be quiet at any time. */
  boolean isQuiet() {
    return quiet;
  }

  /** The later of a time and the one at which the market was last found to be quiet. */
  long latest(long nanos) {
    long found = quietNanos;
    return quiet && found - nanos > 0 ? found : nanos;
  }

  /** What speaks for a dead stream, with a comma ahead of it; empty if nothing does. */
  String evidence() {
    return evidence;
  }

  /**
   * Asks if it is time to.
   *
   * @param sinceNanos since when nothing has come
   * @param windowNanos how long that may last
   */
  void check(long sinceNanos, long windowNanos) {
    long now = clock.nanos();
    long step = windowNanos / PER_WINDOW;
    if (probe == null || unanswered > 0 || now - sinceNanos < step || now - nextNanos < 0) {
      return;
    }
    List<Subscription> sample =
        subscriptions.all().stream()
            .filter(held -> held.isAcknowledged() && !held.isRejected())
            .sorted(Comparator.comparingLong(held -> now - held.aliveNanos()))
            .limit(SAMPLE)
            .toList();
    nextNanos = now + step;
    allQuiet = true;
    unanswered = sample.size();
    for (Subscription held : sample) {
      probe
          .newest(held.feed().instrument())
          .whenComplete((page, thrown) -> control.execute(() -> answered(held, page, thrown, now)));
    }
  }

  private void answered(Subscription held, BackfillPage page, Throwable thrown, long askedNanos) {
    unanswered--;
    if (thrown != null) {
      allQuiet = false;
      evidence = ", and REST does not answer: " + Faults.of(thrown, null).message();
    } else {
      switch (held.silence().weigh(page.lastId())) {
        case QUIET ->
            held.found(
                InstrumentState.QUIET,
                "no trade, and the venue's REST has none either",
                askedNanos);
        case NEWER -> {
          allQuiet = false;
          evidence = ", although " + held.symbol() + " has traded up to id " + page.lastId();
        }
        case UNDECIDED -> {
          allQuiet = false;
          held.feed().takeNewest(page, held);
          released.run();
        }
      }
    }
    if (unanswered == 0 && allQuiet) {
      evidence = "";
      quietNanos = askedNanos;
      quiet = true;
    }
  }
}
