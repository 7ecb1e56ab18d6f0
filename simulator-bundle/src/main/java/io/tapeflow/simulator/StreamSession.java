package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.FRAGMENTED;
import static io.tapeflow.api.simulator.FaultKind.PINGS_ONLY;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;

/** One upgraded connection: what comes in on it, and its life. */
final class StreamSession implements FrameHandler {
  private static final int LONGEST_MESSAGE = 256 * 1_024;
  private static final int POLICY = 1_008;
  private static final int GOING_AWAY = 1_001;
  static final int CUT = 1_006;
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Exchange exchange;
  private final StreamTarget target;
  private final VenueEndPoint endPoint;
  private final KeepAlive keepAlive;
  private final InboundLimit limit;
  private final long openedNanos;
  // Frames come in one at a time, so this needs no guard.
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private volatile CoreSession session;
  private volatile Outbox outbox;
  private volatile Controls controls;
  private final AtomicBoolean counted = new AtomicBoolean();
  // 0 while nobody has asked for the close.
  private volatile long closeNanos;
  // 0 while no shutdown has been announced.
  private volatile long shutdownNanos;

  StreamSession(Exchange exchange, StreamTarget target, VenueEndPoint endPoint) {
    this.exchange = exchange;
    this.target = target;
    this.endPoint = endPoint;
    this.keepAlive = new KeepAlive(exchange.settings().pingInterval(), exchange.clock().nanos());
    this.limit =
        new InboundLimit(
            exchange.settings().limits().messagesPerSecond(), TimeUnit.SECONDS.toNanos(1));
    this.openedNanos = exchange.clock().nanos();
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    opened.setIdleTimeout(Duration.ZERO);
    session = opened;
    outbox =
        new Outbox(
            opened,
            exchange,
            exchange.settings().dialect().streams(target.route()),
            target.combined(),
            target.micros(),
            () -> close(POLICY, "Too slow: the next trade is no longer kept"));
    controls = new Controls(exchange, outbox);
    exchange.sessions().add(this);
    counted.set(true);
    exchange.tally().upgraded();
    callback.succeeded();
    if (!target.streams().isEmpty()) {
      outbox.post(() -> controls.subscribeAtOnce(target.streams()));
    }
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    switch (frame.getOpCode()) {
      case OpCode.CLOSE -> {
        noLongerOpen();
        callback.succeeded();
        return;
      }
      case OpCode.PING -> {
        byte[] payload = bytes(frame);
        if (admitted()) {
          session.sendFrame(new Frame(OpCode.PONG, ByteBuffer.wrap(payload)), Callback.NOOP, false);
        }
      }
      case OpCode.PONG -> {
        exchange.tally().pong();
        keepAlive.answered(new String(bytes(frame), StandardCharsets.ISO_8859_1));
        // The venue itself asks for more of them then than it would allow.
        if (!asksForPongs()) {
          admitted();
        }
      }
      case OpCode.BINARY -> close(1_003, "Text was expected");
      default -> take(frame);
    }
    callback.succeeded();
    session.demand();
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    exchange.sessions().remove(this);
    noLongerOpen();
    outbox.abandon();
    callback.succeeded();
  }

  /**
   * Sends a close frame; 1006 cuts the socket instead.
   *
   * @return completes when the frame is out; at once if there is none or it cannot get out
   */
  CompletableFuture<Void> close(int code, String reason) {
    noLongerOpen();
    Callback.Completable sent = new Callback.Completable();
    if (code == CUT) {
      endPoint.cut();
      sent.succeeded();
    } else if (closeNanos == 0 && !endPoint.isFrozen()) {
      closeNanos = exchange.clock().nanos() | 1;
      session.close(code, reason, sent);
    } else {
      sent.succeeded();
    }
    return sent;
  }

  /** Says that the server will shut down, and closes the connection some time later. */
  void shutDownIn(long millis) {
    outbox.post(outbox::announceShutdown);
    shutdownNanos = exchange.clock().nanos() + TimeUnit.MILLISECONDS.toNanos(millis) | 1;
  }

  /** Sends half of a frame, then resets the connection. */
  void resetMidFrame() {
    outbox.post(() -> outbox.sendHalfFrame(endPoint::cut));
  }

  /** Sends half of a frame, and then nothing more. */
  void stopMidFrame() {
    outbox.post(() -> outbox.sendHalfFrame(endPoint::freeze));
  }

  void sendOversized(int kib) {
    outbox.post(() -> outbox.sendOversized(kib));
  }

  /** Streams a symbol, or all if it is empty, no longer until it is subscribed anew. */
  void silence(String symbol) {
    outbox.post(() -> outbox.silence(symbol));
  }

  /** Cuts the connection if a fault keeps or has kept something from it. */
  void cutIfWithheld() {
    if (outbox.hasWithheld()) {
      endPoint.cut();
    }
  }

  void ping(String payload) {
    session.sendFrame(new Frame(OpCode.PING, payload), Callback.NOOP, false);
  }

  /** Does what is due by the clock. */
  void tick(long nowNanos) {
    if (endPoint.isFrozen()) {
      return;
    }
    // What a fault has held back may be overdue.
    outbox.iterate();
    if (closeNanos != 0 && nowNanos - closeNanos > CLOSE_NANOS) {
      endPoint.cut();
    } else if (shutdownNanos != 0 && nowNanos - shutdownNanos >= 0) {
      close(GOING_AWAY, "Server shutdown");
    } else if (isPastLife(nowNanos)) {
      close(GOING_AWAY, "Connection life is over");
    } else if (keepAlive.expired(nowNanos)) {
      close(POLICY, "Pong timeout");
    } else {
      String payload = String.valueOf(exchange.clock().wallMicros() / 1_000);
      if (keepAlive.due(nowNanos, payload)) {
        ping(payload);
      }
    }
  }

  private boolean asksForPongs() {
    return exchange.faults().isOn(PINGS_ONLY) || exchange.faults().kinds().contains(FRAGMENTED);
  }

  private boolean isPastLife(long nowNanos) {
    long life = exchange.settings().limits().connectionLife().toNanos();
    return life != 0 && nowNanos - openedNanos >= life;
  }

  private void take(Frame frame) {
    message.writeBytes(bytes(frame));
    if (message.size() > LONGEST_MESSAGE) {
      close(1_009, "Message too long");
      return;
    }
    if (!frame.isFin()) {
      return;
    }
    byte[] whole = message.toByteArray();
    message.reset();
    exchange.tally().message();
    if (admitted()) {
      outbox.post(() -> controls.take(whole));
    }
  }

  /** Counts it out when either side begins the close, for the client may come again at once. */
  private void noLongerOpen() {
    if (counted.compareAndSet(true, false)) {
      exchange.tally().upgradedClosed();
    }
  }

  private boolean admitted() {
    int count = limit.count(exchange.clock().nanos());
    exchange.tally().messageRate(count);
    if (limit.admits(count)) {
      return true;
    }
    if (closeNanos == 0) {
      exchange.tally().punished();
    }
    close(POLICY, "Too many requests");
    return false;
  }

  private static byte[] bytes(Frame frame) {
    ByteBuffer payload = frame.getPayload();
    byte[] bytes = new byte[payload == null ? 0 : payload.remaining()];
    if (bytes.length > 0) {
      payload.slice().get(bytes);
    }
    return bytes;
  }
}
