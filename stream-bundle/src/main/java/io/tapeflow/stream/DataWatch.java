package io.tapeflow.stream;

import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches each instrument of a live connection for a silence that is unusual for it, and asks REST
 * whether the market is quiet or the stream dead. A dead one is subscribed anew, the others are not
 * touched; the connection is given up only if that does not help or most of it is dead. Used by the
 * control thread alone.
 */
final class DataWatch {
  private static final Logger LOG = LoggerFactory.getLogger(DataWatch.class);

  /** Trades come at random: a silence of this many of the longest intervals is no chance. */
  private static final int UNUSUAL = 4;

  private static final int MAX_RENEWALS = 3;
  private static final int AT_ONCE = 4;
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final MarketProbe probe;
  private final Clock clock;
  private final Executor control;
  private final Owner owner;
  private int underWay;

  /**
   * When a silence is looked into.
   *
   * @param min never before this
   * @param max always by then, and between later looks at the same silence
   */
  record Bounds(Duration min, Duration max) {
    long thresholdNanos(Subscription subscription) {
      return Math.max(min.toNanos(), Math.min(max.toNanos(), UNUSUAL * subscription.usualNanos()));
    }

    /** How long a trade that REST knows may take to come. */
    long graceNanos() {
      return Math.min(GRACE_NANOS, min.toNanos() / 2);
    }
  }

  /** The connector. */
  interface Owner {
    /** Some instruments are being subscribed anew. */
    void renewed(String words);

    /** Trades may have been released. */
    void released();

    /** A connection is of no more use. */
    void dead(Link link, String words);
  }

  DataWatch(MarketProbe probe, Clock clock, Executor control, Owner owner) {
    this.probe = probe;
    this.clock = clock;
    this.control = control;
    this.owner = owner;
  }

  /** Looks for unusual silence on a live connection. */
  void check(Link link, Bounds bounds) {
    long now = clock.nanos();
    List<Subscription> dead = new ArrayList<>();
    int live = 0;
    for (Subscription subscription : link.subscriptions().all()) {
      if (!subscription.isRejected()) {
        live++;
        if (isDead(subscription, bounds, now)) {
          dead.add(subscription);
        }
      }
    }
    if (!dead.isEmpty()) {
      condemn(link, dead, live, now);
    }
  }

  private boolean isDead(Subscription subscription, Bounds bounds, long now) {
    Silence silence = subscription.silence();
    boolean unusual = now - subscription.aliveNanos() >= bounds.thresholdNanos(subscription);
    boolean granted =
        subscription.isAcknowledged() || subscription.hasDataSince(subscription.sinceNanos());
    if (!granted) {
      return unusual;
    }
    if (silence.isDoubted()) {
      silence.dropIfAlive();
      return silence.isProven(now);
    }
    if (subscription.hasDataSince(subscription.sinceNanos())) {
      silence.over();
    }
    if (unusual && silence.isDue(now) && underWay < AT_ONCE) {
      ask(subscription, bounds, now);
    }
    return false;
  }

  private void ask(Subscription subscription, Bounds bounds, long now) {
    subscription.silence().asked(now);
    underWay++;
    probe
        .newest(subscription.feed().instrument())
        .whenComplete(
            (page, thrown) -> control.execute(() -> answered(subscription, bounds, page, thrown)));
  }

  private void answered(
      Subscription subscription, Bounds bounds, BackfillPage page, Throwable thrown) {
    underWay--;
    long now = clock.nanos();
    Silence silence = subscription.silence();
    long first = bounds.thresholdNanos(subscription);
    if (thrown != null) {
      LOG.debug("{}: no answer to why it is silent", subscription.symbol(), thrown);
      silence.later(now, first, bounds.max().toNanos());
      return;
    }
    Silence.Answer answer = silence.weigh(page.lastId());
    if (answer == Silence.Answer.NEWER) {
      silence.doubt(page, now + bounds.graceNanos());
      return;
    }
    if (answer == Silence.Answer.UNDECIDED) {
      take(subscription, page);
    } else {
      subscription.found(
          InstrumentState.QUIET,
          "no trade, and the venue's REST has none either that did not come",
          silence.askedNanos());
    }
    silence.later(now, first, bounds.max().toNanos());
  }

  /** What the stream did not bring comes from REST. */
  private void take(Subscription subscription, BackfillPage page) {
    subscription.feed().takeNewest(page, subscription);
    owner.released();
  }

  private void condemn(Link link, List<Subscription> dead, int live, long now) {
    String words = inWords(dead);
    dead.stream()
        .filter(held -> held.silence().isDoubted())
        .forEach(held -> take(held, held.silence().doubted()));
    boolean tried = dead.stream().anyMatch(held -> held.silence().renewals() >= MAX_RENEWALS);
    boolean most = (dead.size() + othersSilent(link, dead)) * 2 > live;
    boolean othersFlow = link.inbound().lastDataNanos() - suspectedNanos(dead.get(0)) > 0;
    if (tried || most || !othersFlow) {
      owner.dead(link, words);
      return;
    }
    for (Subscription held : dead) {
      held.found(InstrumentState.SILENT, inWords(List.of(held)) + "; subscribed anew", now);
      held.silence().renewed();
    }
    link.subscriptions().renew(dead);
    owner.renewed(words + "; subscribed anew");
  }

  private static long othersSilent(Link link, List<Subscription> dead) {
    return link.subscriptions().all().stream()
        .filter(held -> held.state() == InstrumentState.SILENT && !dead.contains(held))
        .count();
  }

  private static long suspectedNanos(Subscription held) {
    return held.silence().isDoubted() ? held.silence().askedNanos() : held.sinceNanos();
  }

  private static String inWords(List<Subscription> dead) {
    return dead.stream()
        .map(
            held ->
                held.silence().isDoubted()
                    ? held.symbol()
                        + " has traded up to id "
                        + held.silence().doubted().lastId()
                        + ", which did not come"
                    : held.symbol() + " was not acknowledged")
        .collect(Collectors.joining(", "));
  }
}
