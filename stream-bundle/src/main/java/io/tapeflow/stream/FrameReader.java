package io.tapeflow.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Frame;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Takes a connection's frames as bytes, puts the parts of a message together, and passes whole
 * messages on, all on the thread that read them. With a frame listener, Jetty leaves pings to it.
 *
 * <p>Public because Jetty looks its methods up by the public lookup.
 */
public final class FrameReader implements Session.Listener.AutoDemanding {
  static final int MAX_MESSAGE = 1 << 20;
  private static final int FIRST_SIZE = 4 << 10;

  private final Messages messages;
  private final Runnable onPong;
  private byte[] message = new byte[FIRST_SIZE];
  private int length;
  private Session session;

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
  public void onWebSocketOpen(Session opened) {
    session = opened;
  }

  @Override
  public void onWebSocketFrame(Frame frame, Callback callback) {
    switch (frame.getType()) {
      case TEXT -> {
        length = 0;
        append(frame);
      }
      case CONTINUATION -> append(frame);
      case CLOSE -> closed(frame.getCloseStatus());
      case PING -> {
        onPong.run();
        session.sendPong(copyOf(frame.getPayload()), Callback.NOOP);
      }
      default -> {
        // It means nothing here.
      }
    }
    callback.succeed();
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    messages.closed(code, reason);
    callback.succeed();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    messages.failed(cause);
  }

  /** Told at once, before a write that fails on the closing socket can hide the code. */
  private void closed(Frame.CloseStatus status) {
    if (status != null) {
      messages.closed(status.statusCode(), status.reason());
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
