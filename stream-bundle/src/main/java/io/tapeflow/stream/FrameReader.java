package io.tapeflow.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * Takes a connection's frames as bytes, puts the parts of a message together, and passes whole
 * messages on, all on the thread that read them. Jetty leaves pings to whoever takes its frames.
 */
final class FrameReader implements FrameHandler {
  static final int MAX_MESSAGE = 1 << 20;
  private static final int FIRST_SIZE = 4 << 10;

  private final Messages messages;
  private final Runnable onPong;
  private byte[] message = new byte[FIRST_SIZE];
  private int length;
  private CoreSession session;

  /**
   * Creates one.
   *
   * @param onPong called ahead of each pong, which is sent at once whatever it says
   */
  FrameReader(Messages messages, Runnable onPong) {
    this.messages = messages;
    this.onPong = onPong;
  }

  /** What becomes of a connection's messages. */
  interface Messages {
    void text(byte[] buffer, int length);

    void oversized(int length);

    void closed(int code, String reason);

    void failed(Throwable cause);
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    callback.succeeded();
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    byte type = frame.getOpCode();
    switch (type) {
      case OpCode.TEXT -> {
        length = 0;
        append(frame);
      }
      case OpCode.CONTINUATION -> append(frame);
      case OpCode.CLOSE -> closed(CloseStatus.getCloseStatus(frame));
      case OpCode.PING -> {
        onPong.run();
        Frame pong = new Frame(OpCode.PONG, copyOf(frame.getPayload()));
        session.sendFrame(pong, Callback.NOOP, false);
      }
      default -> {
        // It means nothing here.
      }
    }
    callback.succeeded();
    if (type != OpCode.CLOSE) {
      session.demand();
    }
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    messages.closed(status.getCode(), status.getReason());
    callback.succeeded();
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    messages.failed(cause);
    callback.succeeded();
  }

  /** Told at once, before a write that fails on the closing socket can hide the code. */
  private void closed(CloseStatus status) {
    if (status != null) {
      messages.closed(status.getCode(), status.getReason());
    }
  }

  /** The payload belongs to Jetty again when the callback has been completed. */
  private static ByteBuffer copyOf(ByteBuffer payload) {
    if (payload == null) {
      return ByteBuffer.allocate(0);
    }
    ByteBuffer copy = ByteBuffer.allocate(payload.remaining());
    return copy.put(payload.duplicate()).flip();
  }

  private void append(Frame frame) {
    ByteBuffer payload = frame.getPayload();
    int size = payload == null ? 0 : payload.remaining();
    if (length + size > MAX_MESSAGE) {
      messages.oversized(length + size);
      return;
    }
    if (length + size > message.length) {
      message = Arrays.copyOf(message, Math.max(message.length * 2, length + size));
    }
    if (size > 0) {
      payload.get(payload.position(), message, length, size);
      length += size;
    }
    if (frame.isFin()) {
      messages.text(message, length);
      length = 0;
    }
  }
}
