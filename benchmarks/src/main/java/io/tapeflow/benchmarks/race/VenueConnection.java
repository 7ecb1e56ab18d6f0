package io.tapeflow.benchmarks.race;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client of the venue: a request of REST, or a stream, which two threads serve. */
final class VenueConnection implements Runnable {
  private static final Pattern STREAM = Pattern.compile("([a-z0-9]+)@(aggTrade|trade)");
  private static final Pattern ID = Pattern.compile("\"id\":(\"?[^,}\"]+\"?)");
  private static final Pattern KEY =
      Pattern.compile("(?im)^sec-websocket-key:\\s*(\\S+)", Pattern.MULTILINE);
  private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int BUFFER = 64 << 10;
  private static final int ORDER = 1 << 14;
  private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Venue venue;
  private final Socket socket;
  private final Consumer<VenueConnection> gone;
  private final byte[] buffer = new byte[BUFFER + Frames.longest()];
  private final byte[] stamp = new byte[16];

  /** Whoever has it may write to the socket. */
  private final Lock turn = new ReentrantLock(true);

  private final List<Channel> channels = new ArrayList<>();

  /** Which channel has the next trade: some have many, most have few. */
  private int[] order = new int[0];

  private int next;
  private boolean wrapped;
  private volatile int subscriptions;

  private record Channel(Listing listing, Frames frames) {}

  VenueConnection(Venue venue, Socket socket, Consumer<VenueConnection> gone) {
    this.venue = venue;
    this.socket = socket;
    this.gone = gone;
  }

  @Override
  public void run() {
    try (socket) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      String head = readHead(in);
      String target = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
      Matcher key = KEY.matcher(head);
      if (key.find()) {
        upgrade(key.group(1), target);
        readFrames(in);
      } else {
        answer(target);
      }
    } catch (IOException | UncheckedIOException e) {
      // The client has gone, or was sent away.
    } finally {
      gone.accept(this);
    }
  }

  int subscriptions() {
    return subscriptions;
  }

  /** Returns when what was being sent has been: whether nothing more will be. */
  boolean awaitIdle() {
    turn.lock();
    try {
      return venue.pace().isIdle();
    } finally {
      turn.unlock();
    }
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
    write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(bytes.length)
            .getBytes(StandardCharsets.US_ASCII));
    write(bytes);
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
    write(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    subscribe(URLDecoder.decode(target, StandardCharsets.UTF_8));
    Venue.start("venue-pump", this::pump);
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
    write(Frames.framed(reply.getBytes(StandardCharsets.UTF_8)));
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
    turn.lock();
    try {
      channels.addAll(wanted);
      order = skewed(channels.size());
      subscriptions = channels.size();
    } finally {
      turn.unlock();
    }
  }

  /** By Zipf's law: the second has half as many trades as the first, the third a third. */
  private static int[] skewed(int count) {
    int[] order = new int[count == 0 ? 0 : ORDER];
    double[] upTo = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += 1.0 / (i + 1);
      upTo[i] = sum;
    }
    Random random = new Random(11);
    for (int i = 0; i < order.length; i++) {
      double at = random.nextDouble() * sum;
      int channel = 0;
      while (upTo[channel] < at) {
        channel++;
      }
      order[i] = channel;
    }
    return order;
  }

  /** Sends at the venue's pace until the connection ends. */
  private void pump() {
    Pace followed = Pace.IDLE;
    long sent = 0;
    try {
      while (!socket.isClosed()) {
        long nap = 0;
        turn.lock();
        try {
          Pace pace = venue.pace();
          if (!pace.equals(followed)) {
            followed = pace;
            sent = 0;
          }
          if (pace.isIdle() || order.length == 0) {
            nap = IDLE_NANOS;
          } else if (pace.isMax()) {
            sendBuffer();
          } else if (sent < pace.due()) {
            sent++;
            sendOne();
          } else {
            nap = NAP_NANOS;
          }
        } finally {
          turn.unlock();
        }
        if (nap > 0) {
          LockSupport.parkNanos(nap);
        }
      }
    } catch (IOException e) {
      close();
    }
  }

  private void sendBuffer() throws IOException {
    long micros = stampNow();
    int length = 0;
    while (length < BUFFER) {
      length = put(micros, length);
    }
    socket.getOutputStream().write(buffer, 0, length);
  }

  private void sendOne() throws IOException {
    socket.getOutputStream().write(buffer, 0, put(stampNow(), 0));
  }

  private int put(long micros, int at) {
    Channel channel = channels.get(order[next++ & (ORDER - 1)]);
    return channel.frames().put(channel.listing().next(micros), stamp, buffer, at);
  }

  private long stampNow() {
    Instant now = Clock.systemUTC().instant();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    Frames.digits(micros, stamp.length, stamp, 0);
    return micros;
  }

  private void write(byte[] bytes) throws IOException {
    turn.lock();
    try {
      socket.getOutputStream().write(bytes);
    } finally {
      turn.unlock();
    }
  }
}
