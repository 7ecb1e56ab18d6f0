package io.tapeflow.plan.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the records of plans, and how far the trades of each instrument have been looked at, in one
 * file. What was put by {@link #keep} is on the disk when the call returns; a crash loses of the
 * rest what came after the last {@link #commit}. Safe for any thread, also for one that is
 * interrupted meanwhile.
 *
 * <p>Java closes the file of a thread that is interrupted while it reads or writes, and nothing
 * could be kept any more. Threads that look at trades or tell of plans are interrupted when bundles
 * stop; so they have a thread do it that is not.
 */
public final class PlanStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlanStore.class);

  private final Executor thread;
  private final MVStore store;
  private final MVMap<String, byte[]> records;
  private final MVMap<String, Long> progress;

  private PlanStore(Executor thread, MVStore store) {
    this.thread = thread;
    this.store = store;
    this.records = store.openMap("plans");
    this.progress = store.openMap("progress");
  }

  /**
   * Opens a file, or makes it.
   *
   * @param thread reads and writes it, one thing after the other; nobody may interrupt it until the
   *     store is closed
   * @throws IOException if it is damaged, in use, or cannot be written
   */
  public static PlanStore open(Path file, Executor thread) throws IOException {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      // Without a thread of its own: what is written is written by who calls commit.
      MVStore store =
          new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().compress().open();
      return new PlanStore(thread, store);
    } catch (MVStoreException e) {
      throw new IOException(file + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * What is kept of a plan; null if nothing is.
   *
   * @throws IOException if it cannot be read
   */
  public PlanRecord record(String id) throws IOException {
    byte[] bytes = apart(() -> records.get(id));
    return bytes == null ? null : RecordCodec.read(bytes);
  }

  /** Drops what is kept of plans that went longer ago than a time. */
  public void forgetGone(long beforeMicros) {
    for (String id : List.copyOf(records.keySet())) {
      try {
        PlanRecord record = record(id);
        if (record != null && record.gone() > 0 && record.gone() < beforeMicros) {
          records.remove(id);
        }
      } catch (IOException e) {
        LOG.error("What is kept of plan {} cannot be read: {}", id, e.getMessage());
      }
    }
  }

  public void put(PlanRecord record) {
    try {
      records.put(record.id(), RecordCodec.write(record));
    } catch (IOException e) {
      throw new IllegalStateException("Memory does not fail", e);
    }
  }

  /** Puts a record so that nothing loses it again. */
  public void keep(PlanRecord record) {
    put(record);
    apart(
        () -> {
          store.commit();
          store.sync();
          return null;
        });
  }

  /** The last trade of an instrument that has been looked at; -1 if none is known. */
  public long progress(String instrument) {
    return progress.getOrDefault(instrument, -1L);
  }

  public void progress(String instrument, long lastId) {
    Long before = progress.get(instrument);
    if (before == null || before != lastId) {
      progress.put(instrument, lastId);
    }
  }

  /** Writes what has been put since the last time. */
  public void commit() {
    if (store.hasUnsavedChanges()) {
      apart(store::commit);
    }
  }

  @Override
  public void close() {
    apart(
        () -> {
          store.commit();
          store.sync();
          store.close();
          return null;
        });
  }

  /** Has something done by the store's thread, and waits for it. */
  private <T> T apart(Supplier<T> access) {
    FutureTask<T> task = new FutureTask<>(access::get);
    thread.execute(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw e.getCause() instanceof RuntimeException fault
              ? fault
              : new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
