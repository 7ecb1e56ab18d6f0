package io.tapeflow.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * The text frames of one write, ready-made one behind the other. The bytes are used again after the
 * write has ended, so that the next batch may only be begun then.
 */
final class FrameBatch {
  private static final int CAPACITY = 64 * 1_024;
  // Room for a held-back trade, a duplicate of each and a broken frame, all wrapped.
  private static final int ROOM = 4 * 1_024;
  private static final int FIN_TEXT = 0x80 | OpCode.TEXT;
  private static final int LONGEST_IN_SHORT_HEADER = 125;
  private static final int SHORT_HEADER = 2;
  private static final int LONG_HEADER = 4;
  private static final int LONGEST = 0xFFFF;

  private final boolean micros;
  private final JsonBytes bytes = new JsonBytes(CAPACITY);
  private boolean combined;
  private long nowMicros;
  private int firstPayload;
  private int firstLength;

  FrameBatch(boolean combined, boolean micros) {
    this.combined = combined;
    this.micros = micros;
  }

  void begin(long wallMicros) {
    bytes.clear();
    nowMicros = wallMicros;
  }

  /** Whether events are wrapped in their stream's name. */
  boolean combined() {
    return combined;
  }

  void combined(boolean wrapped) {
    combined = wrapped;
  }

  boolean hasRoom() {
    return bytes.room() > ROOM;
  }

  boolean isEmpty() {
    return bytes.size() == 0;
  }

  void trade(Market market, AggTrade trade) {
    int start = open();
    write(market, trade);
    close(start);
  }

  /** A trade's frame that ends in the middle. */
  void brokenTrade(Market market, AggTrade trade) {
    int start = open();
    write(market, trade);
    int payload = start + LONG_HEADER;
    bytes.cut(payload + (bytes.size() - payload) / 2);
    close(start);
  }

  void text(String text) {
    int start = open();
    bytes.raw(text.getBytes(StandardCharsets.UTF_8));
    close(start);
  }

  void shutdown() {
    long now = micros ? nowMicros : nowMicros / 1_000;
    String event = "{\"e\":\"serverShutdown\",\"E\":" + now + '}';
    text(combined ? "{\"stream\":\"!serverShutdown\",\"data\":" + event + '}' : event);
  }

  void send(CoreSession session, Callback callback) {
    session.sendFrame(new Train(firstLength, bytes.since(firstPayload)), callback, false);
  }

  private void write(Market market, AggTrade trade) {
    if (combined) {
      bytes.raw(market.wrapperBytes());
    }
    long eventMicros = market.historical() ? trade.timeMicros() : nowMicros;
    TradeJson.event(bytes, market, trade, eventMicros, micros);
    if (combined) {
      bytes.raw('}');
    }
  }

  private int open() {
    return bytes.skip(LONG_HEADER);
  }

  /** Puts the frame's header before what has been written since it was opened. */
  private void close(int start) {
    int payload = start + LONG_HEADER;
    int length = bytes.size() - payload;
    if (length > LONGEST) {
      throw new IllegalStateException("A frame of " + length + " bytes");
    }
    bytes.set(start, FIN_TEXT);
    if (length <= LONGEST_IN_SHORT_HEADER) {
      bytes.set(start + 1, length);
      bytes.remove(start + SHORT_HEADER, payload);
      payload = start + SHORT_HEADER;
    } else {
      bytes.set(start + 1, LONGEST_IN_SHORT_HEADER + 1);
      bytes.set(start + 2, length >>> 8);
      bytes.set(start + 3, length);
    }
    if (start == 0) {
      firstPayload = payload;
      firstLength = length;
    }
  }

  /**
   * Many frames that Jetty takes for one: it writes the first one's header from the length, and
   * then the payload, in which the other frames follow ready-made. Frame by frame, its flusher
   * would cost more than all the rest of the venue.
   */
  private static final class Train extends Frame {
    private final int firstLength;

    Train(int firstLength, ByteBuffer payload) {
      super(OpCode.TEXT, payload);
      this.firstLength = firstLength;
    }

    @Override
    public int getPayloadLength() {
      return firstLength;
    }
  }
}
