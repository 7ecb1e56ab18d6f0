package io.tapeflow.stream;

import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.tasks.Task;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try to connect, and the socket that comes of it. It is open until it is settled, which
 * happens once: connected, failed or cancelled. It holds its socket until it is released.
 */
final class Attempt implements Transport.Steps {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  enum Outcome {
    OPEN,
    CONNECTED,
    FAILED,
    CANCELLED
  }

  private final long generation;
  private final boolean secure;
  private final long deadlineNanos;
  private final Consumer<ConnectionPhase> onPhase;
  private final AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.OPEN);
  private final List<SocketChannel> channels = new CopyOnWriteArrayList<>();
  private final AtomicBoolean releasing = new AtomicBoolean();
  private final AtomicBoolean stalled = new AtomicBoolean();
  private final CountDownLatch socketClosed = new CountDownLatch(1);

  private volatile ConnectionPhase phase = ConnectionPhase.DNS;
  private volatile Future<?> addresses;
  private volatile CompletableFuture<CoreSession> upgrade;
  private volatile CoreSession session;
  private volatile Task task;
  private volatile long connectedNanos;
  private volatile Duration retryAfter = Duration.ZERO;

  Attempt(long generation, boolean secure, long deadlineNanos, Consumer<ConnectionPhase> onPhase) {
    this.generation = generation;
    this.secure = secure;
    this.deadlineNanos = deadlineNanos;
    this.onPhase = onPhase;
  }

  long generation() {
    return generation;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  ConnectionPhase phase() {
    return phase;
  }

  Outcome outcome() {
    return outcome.get();
  }

  boolean isOpen() {
    return outcome.get() == Outcome.OPEN;
  }

  boolean isOverdue(long nowNanos) {
    return isOpen() && nowNanos - deadlineNanos >= 0;
  }

  /** Settles it; only the first caller does. */
  boolean settle(Outcome how) {
    return outcome.compareAndSet(Outcome.OPEN, how);
  }

  /** Settles it as connected. */
  boolean connected(long nowNanos) {
    connectedNanos = nowNanos;
    return settle(Outcome.CONNECTED);
  }

  /** When it was connected; of meaning only if it was. */
  long connectedNanos() {
    return connectedNanos;
  }

  /** Says that its data has dried up; only the first caller does. */
  boolean stall() {
    return stalled.compareAndSet(false, true);
  }

  void entered(Task socketTask) {
    task = socketTask;
  }

  void upgrading(CompletableFuture<CoreSession> future) {
    upgrade = future;
  }

  void opened(CoreSession opened) {
    session = opened;
    entered(ConnectionPhase.SUBSCRIBE);
  }

  @Override
  public synchronized void entered(ConnectionPhase next) {
    ConnectionPhase reached =
        next == ConnectionPhase.TLS && !secure ? ConnectionPhase.UPGRADE : next;
    if (isOpen() && reached.compareTo(phase) > 0) {
      phase = reached;
      onPhase.accept(reached);
    }
  }

  @Override
  public void resolving(Future<?> lookup) {
    addresses = lookup;
    if (releasing.get()) {
      lookup.cancel(false);
    }
  }

  @Override
  public void opening(SocketChannel channel) {
    channels.add(channel);
    if (releasing.get()) {
      cut();
    }
  }

  @Override
  public void askedToWait(Duration time) {
    retryAfter = time;
  }

  /** For how long the answer to the upgrade wants no other; zero if it does not say so. */
  Duration retryAfter() {
    return retryAfter;
  }

  /** Sends a text frame; a failure is told to the handler. */
  void send(String text, Consumer<Throwable> onFailure) {
    CoreSession open = session;
    if (open != null) {
      open.sendFrame(new Frame(OpCode.TEXT, text), Callback.from(() -> {}, onFailure), false);
    }
  }

  int openSockets() {
    return (int) channels.stream().filter(SocketChannel::isOpen).count();
  }

  /** The peer has closed, or the connection was never made. */
  void socketClosed() {
    socketClosed.countDown();
  }

  /** Sends a close frame, if there is anybody to read it. */
  void sayGoodbye() {
    CoreSession open = session;
    if (open != null && open.isOutputOpen()) {
      open.close(1000, "", Callback.NOOP);
    } else {
      socketClosed();
    }
  }

  /** Waits a little for the peer to close as well. */
  void awaitGoodbye(long nanos) {
    try {
      if (!socketClosed.await(nanos, TimeUnit.NANOSECONDS)) {
        LOG.debug("The peer did not answer the close");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isReleased() {
    return releasing.get();
  }

  /** Gives the socket up at once, whatever state it is in. */
  void release() {
    if (!releasing.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<CoreSession> future = upgrade;
    if (future != null) {
      future.cancel(true);
    }
    // It must not come with an answer, and open a socket, when others are at work.
    Future<?> lookup = addresses;
    if (lookup != null) {
      lookup.cancel(false);
    }
    CoreSession open = session;
    if (open != null) {
      open.abort();
    }
    cut();
    Task entry = task;
    if (entry != null) {
      if (outcome.get() == Outcome.CANCELLED) {
        entry.cancelled();
      } else {
        entry.finished();
      }
    }
  }

  private void cut() {
    for (SocketChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.debug("A socket did not close as it should", e);
      }
    }
  }
}
