package io.tapeflow.simulator;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A bare socket that does nothing of its own accord: answers no ping and no close. */
final class RawClient implements Closeable {
  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** A frame as it came. */
  record Frame(int opCode, String payload) {
    int closeCode() {
      return payload.charAt(0) << 8 | payload.charAt(1);
    }
  }

  private final Socket socket;
  private final DataInputStream in;

  RawClient(Venue venue) throws IOException {
    this(venue, 64 * 1024);
  }

  RawClient(Venue venue, int receiveBuffer) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(receiveBuffer);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), venue.streamEndpoint().getPort()),
        5_000);
    socket.setSoTimeout(20_000);
    in = new DataInputStream(socket.getInputStream());
  }

  static RawClient upgraded(Venue venue, String path) throws IOException {
    RawClient client = new RawClient(venue);
    client.requestUpgrade(path);
    client.readHead();
    return client;
  }

  void requestUpgrade(String path) throws IOException {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      head.write(in.readUnsignedByte());
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  Frame read() throws IOException {
    int opCode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
      if (length < 126) {
        throw new AssertionError("A length of " + length + " does not need so long a header");
      }
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(opCode, new String(payload, StandardCharsets.ISO_8859_1));
  }

  /** The next frame of a kind; others are read over. */
  Frame read(int opCode) throws IOException {
    Frame frame = read();
    while (frame.opCode() != opCode) {
      frame = read();
    }
    return frame;
  }

  /** Writes a frame, masked with zeros. */
  void write(int opCode, String payload) throws IOException {
    write(true, opCode, payload);
  }

  void write(boolean fin, int opCode, String payload) throws IOException {
    byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write((fin ? 0x80 : 0) | opCode);
    if (bytes.length < 126) {
      frame.write(0x80 | bytes.length);
    } else {
      frame.write(0x80 | 126);
      frame.write(bytes.length >> 8);
      frame.write(bytes.length);
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(bytes);
    socket.getOutputStream().write(frame.toByteArray());
  }

  void timeout(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  InputStream bytes() {
    return in;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
