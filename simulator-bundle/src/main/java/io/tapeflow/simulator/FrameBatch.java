package io.tapeflow.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
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
  private static final int FIN = 0x80;
  private static final int FIN_TEXT = FIN | OpCode.TEXT;
  private static final int FIN_PING = FIN | OpCode.PING;
  private static final int COMPRESSED_TEXT = FIN_TEXT | 0x40;
  private static final int LONGEST_IN_SHORT_HEADER = 125;
  private static final int SHORT_HEADER = 2;
  private static final int LONG_HEADER = 4;
  private static final int LONGEST_HEADER = 10;
  private static final int LONGEST = 0xFFFF;

  private final boolean micros;
  private final JsonBytes bytes = new JsonBytes(CAPACITY);
  private boolean combined;
  private long nowMicros;
  private byte firstOpCode;
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

  /** A trade that is valid JSON, and wrong. */
  void misspelt(Market market, AggTrade trade, int way) {
    text(Misspelling.of(new String(json(market, trade), StandardCharsets.US_ASCII), way));
  }

  void invalidUtf8(Market market, AggTrade trade) {
    byte[] json = json(market, trade);
    int middle = json.length / 2;
    json[middle] = (byte) 0xC3;
    json[middle + 1] = '(';
    frame(FIN_TEXT, json, json.length);
  }

  void compressed(Market market, AggTrade trade) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(json(market, trade));
    byte[] out = new byte[1_024];
    int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    deflater.end();
    // The four bytes of the flush are left out, as the extension has it.
    byte[] payload = Arrays.copyOf(out, length - 4);
    frame(COMPRESSED_TEXT, payload, payload.length);
  }

  /** A trade in three fragments, with a ping between them. */
  void fragmented(Market market, AggTrade trade) {
    byte[] json = json(market, trade);
    int third = json.length / 3;
    frame(OpCode.TEXT, Arrays.copyOf(json, third), third);
    frame(FIN_PING, new byte[] {'?'}, 1);
    frame(OpCode.CONTINUATION, Arrays.copyOfRange(json, third, 2 * third), third);
    byte[] last = Arrays.copyOfRange(json, 2 * third, json.length);
    frame(FIN | OpCode.CONTINUATION, last, last.length);
  }

  /** A message of some size. */
  void oversized(int kib) {
    byte[] payload = new byte[kib * 1_024];
    Arrays.fill(payload, (byte) ' ');
    payload[0] = '[';
    payload[payload.length - 1] = ']';
    frame(FIN_TEXT, payload, payload.length);
  }

  /** The first half of a frame; nothing must follow it. */
  void halfFrame() {
    byte[] json =
        "{\"e\":\"aggTrade\",\"E\":1700000000000,\"s\":\"BTC".getBytes(StandardCharsets.US_ASCII);
    frame(FIN_TEXT, json, 2L * json.length);
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
    session.sendFrame(
        new Train(firstOpCode, firstLength, bytes.since(firstPayload)), callback, false);
  }

  private void write(Market market, AggTrade trade) {
    write(bytes, market, trade);
  }

  private byte[] json(Market market, AggTrade trade) {
    JsonBytes out = new JsonBytes(512);
    write(out, market, trade);
    return out.copy();
  }

  private void write(JsonBytes out, Market market, AggTrade trade) {
    if (combined) {
      out.raw(market.wrapperBytes());
    }
    long eventMicros = market.historical() ? trade.timeMicros() : nowMicros;
    TradeJson.event(out, market, trade, eventMicros, micros);
    if (combined) {
      out.raw('}');
    }
  }

  /**
   * Writes a frame with a header of any kind.
   *
   * @param head its first byte
   * @param length that it claims to have
   */
  private void frame(int head, byte[] payload, long length) {
    if (isEmpty()) {
      // Jetty writes the first frame's header and would not write this one: a pong leads.
      bytes.skip(1);
      firstOpCode = OpCode.PONG;
      firstPayload = 1;
      firstLength = 0;
    }
    int at = bytes.skip(LONGEST_HEADER);
    bytes.set(at, head);
    bytes.set(at + 1, 127);
    for (int i = 0; i < Long.BYTES; i++) {
      bytes.set(at + 2 + i, (int) (length >>> (8 * (Long.BYTES - 1 - i))));
    }
    if (length <= LONGEST_IN_SHORT_HEADER) {
      bytes.set(at + 1, (int) length);
      bytes.cut(at + SHORT_HEADER);
    } else if (length <= LONGEST) {
      bytes.set(at + 1, LONGEST_IN_SHORT_HEADER + 1);
      bytes.set(at + 2, (int) (length >>> 8));
      bytes.set(at + 3, (int) length);
      bytes.cut(at + LONG_HEADER);
    }
    bytes.raw(payload);
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
      firstOpCode = OpCode.TEXT;
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

    Train(byte firstOpCode, int firstLength, ByteBuffer payload) {
      super(firstOpCode, payload);
      this.firstLength = firstLength;
    }

    @Override
    public int getPayloadLength() {
      return firstLength;
    }
  }
}
