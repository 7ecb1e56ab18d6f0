package io.tapeflow.benchmarks.race;

import io.tapeflow.benchmarks.race.Lane.Channel;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client of the venue: a request of REST, or a stream, whose trades its pump sends. */
final class VenueConnection implements Runnable {
  private static final Pattern STREAM = Pattern.compile("([a-z0-9]+)@(aggTrade|trade)");
  private static final Pattern ID = Pattern.compile("\"id\":(\"?[^,}\"]+\"?)");
  private static final Pattern KEY =
      Pattern.compile("(?im)^sec-websocket-key:\\s*(\\S+)", Pattern.MULTILINE);
  private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final Venue venue;
  private final Socket socket;
  private final Consumer<VenueConnection> gone;
  private final VenuePump pump;
  private boolean wrapped;

  VenueConnection(Venue venue, Socket socket, Consumer<VenueConnection> gone) throws IOException {
    this.venue = venue;
    this.socket = socket;
    this.gone = gone;
    pump = new VenuePump(venue, socket.getOutputStream());
  }

  @Override
  public void run() {
    try (socket) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      String head = readHead(in);
      String target = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
      Matcher key = KEY.matcher(head);
      if (!key.find()) {
        answer(target);
      } else if (venue.takesStreams()) {
        upgrade(key.group(1), target);
        readFrames(in);
      }
    } catch (IOException | UncheckedIOException e) {
      // The client has gone, or was sent away.
    } finally {
      gone.accept(this);
    }
  }

  VenuePump pump() {
    return pump;
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readHead(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  private void answer(String target) throws IOException {
    String body;
    if (target.contains("/time")) {
      body = "{\"serverTime\":" + System.currentTimeMillis() + "}";
    } else if (target.contains("/exchangeInfo")) {
      body = venue.exchangeInfo();
    } else {
      venue.countPage();
      String fromId = parameter(target, "fromId");
      String limit = parameter(target, "limit");
      body =
          venue
              .listing(parameter(target, "symbol"))
              .page(
                  fromId == null ? -1 : Long.parseLong(fromId),
                  limit == null ? 500 : Integer.parseInt(limit));
    }
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    pump.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(bytes.length)
            .getBytes(StandardCharsets.US_ASCII));
    pump.write(bytes);
  }

  private static String parameter(String target, String name) {
    Matcher value = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(target);
    return value.find() ? value.group(1) : null;
  }

  private void upgrade(String key, String target) throws IOException {
    wrapped = !target.startsWith("/ws");
    String accept;
    try {
      accept =
          Base64.getEncoder()
              .encodeToString(
                  MessageDigest.getInstance("SHA-1")
                      .digest((key + ACCEPT).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    pump.write(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    subscribe(URLDecoder.decode(target, StandardCharsets.UTF_8));
    Venue.start("venue-pump", pump);
  }

  private void readFrames(DataInputStream in) throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & 0xF;
      int length = in.readUnsignedByte() & 0x7F;
      length = length == 126 ? in.readUnsignedShort() : length;
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes(length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      switch (opcode) {
        case 1 -> request(new String(payload, StandardCharsets.UTF_8));
        case 8 -> {
          return;
        }
        default -> {
          // Pongs.
        }
      }
    }
  }

  private void request(String text) throws IOException {
    Matcher id = ID.matcher(text);
    String reply = "{\"result\":null,\"id\":" + (id.find() ? id.group(1) : "null") + "}";
    pump.write(Frames.framed(reply.getBytes(StandardCharsets.UTF_8)));
    if (text.contains("\"SUBSCRIBE\"")) {
      subscribe(text);
    }
  }

  private void subscribe(String text) {
    Matcher stream = STREAM.matcher(text);
    List<Channel> wanted = new ArrayList<>();
    while (stream.find()) {
      Listing listing = venue.listing(stream.group(1));
      if (listing != null) {
        wanted.add(new Channel(listing, listing.frames(stream.group(), wrapped)));
      }
    }
    venue.takeOver(wanted, pump);
  }
}
