package io.tapeflow.plan;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.plan.evaluate.Beginning;
import io.tapeflow.plan.store.PlanRecord;
import io.tapeflow.plan.store.PlanStore;
import io.tapeflow.tasks.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what becomes of plans. If it cannot, it says why, and no plan may be looked at: one that
 * has triggered would trigger again.
 */
final class Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

  /** A plan that has been away for longer does not look at the trades of that time. */
  private static final long BRIEFLY = TimeUnit.SECONDS.toMicros(60);

  private static final Duration REMEMBERED = Duration.ofDays(30);

  /** Stands among the instruments for when the store was closed. */
  private static final String CLOSED = "";

  private final Clock clock;
  private final PlanStore store;
  private final long closedAt;
  private final Map<String, Long> before = new ConcurrentHashMap<>();
  private volatile String fault = "";

  /**
   * Opens the file.
   *
   * @param file null if there is no place for one
   * @param thread reads and writes it, and is not interrupted before {@link #close} has returned
   */
  Keeper(Path file, Executor thread, Clock clock) {
    this.clock = clock;
    PlanStore opened = null;
    try {
      if (file == null) {
        throw new IOException("the framework gives no place for files");
      }
      opened = PlanStore.open(file, thread);
      opened.forgetGone(clock.wallMicros() - REMEMBERED.toNanos() / 1_000);
    } catch (IOException | RuntimeException e) {
      fails(e);
    }
    store = opened;
    closedAt = store == null ? -1 : store.progress(CLOSED);
  }

  /** Why nothing can be kept; empty if it can. */
  String fault() {
    return fault;
  }

  /**
   * The record of a plan that is offered; a new one if it is new or has another content.
   *
   * @throws IOException if what was kept cannot be read
   */
  PlanRecord take(Plan plan) throws IOException {
    String content = Content.of(plan);
    PlanRecord known = store == null ? null : store.record(plan.id());
    return known != null && known.content().equals(content)
        ? known
        : PlanRecord.begin(plan.id(), content, clock.wallMicros());
  }

  /** From which trades on a plan may trigger whose record was taken. */
  Beginning beginning(PlanRecord record) {
    if (record.instrument().isEmpty()) {
      return new Beginning(-1, record.createdMicros());
    }
    long now = clock.wallMicros();
    long gone = record.gone();
    boolean atStop = gone >= closedAt - BRIEFLY && gone <= closedAt;
    if (gone > 0 && now - gone > BRIEFLY && !atStop) {
      return new Beginning(-1, now);
    }
    long last = gone > 0 ? record.lastId() : progressBefore(record.instrument());
    return last >= 0 ? new Beginning(last, 0) : new Beginning(-1, record.createdMicros());
  }

  /** How far the trades of an instrument had been looked at when the file was opened. */
  private long progressBefore(String instrument) {
    return before.computeIfAbsent(instrument, store::progress);
  }

  void put(PlanRecord record) {
    if (store != null) {
      store.put(record);
    }
  }

  /**
   * Puts a record so that nothing loses it again.
   *
   * @throws IllegalStateException if that is not possible; nothing can be kept from then on
   */
  void keep(PlanRecord record) {
    try {
      if (store != null && fault.isEmpty()) {
        store.keep(record);
        return;
      }
    } catch (RuntimeException e) {
      fails(e);
    }
    throw new IllegalStateException(fault);
  }

  /** Notes how far the trades of an instrument have been looked at. */
  void progress(String instrument, long lastId) {
    if (store != null && lastId >= 0) {
      progressBefore(instrument);
      store.progress(instrument, lastId);
    }
  }

  /** Writes what has been put. */
  void commit() {
    if (store != null && fault.isEmpty()) {
      try {
        store.commit();
      } catch (RuntimeException e) {
        fails(e);
      }
    }
  }

  void close() {
    if (store != null) {
      try {
        store.progress(CLOSED, clock.wallMicros());
        store.close();
      } catch (RuntimeException e) {
        fails(e);
      }
    }
  }

  private void fails(Exception e) {
    fault = "What becomes of plans cannot be kept: " + e.getMessage();
    LOG.error("{}; no plan is looked at", fault, e);
  }
}
