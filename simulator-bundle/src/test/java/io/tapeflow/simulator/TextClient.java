package io.tapeflow.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's WebSocket client, with the messages in a queue. */
final class TextClient implements WebSocket.Listener, AutoCloseable {
  static final int NO_CLOSE_FRAME = 1006;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  private TextClient(HttpClient http, URI uri) {
    this.socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  static TextClient open(Venue venue, String path) {
    return open(HTTP, venue, path);
  }

  static TextClient open(HttpClient http, Venue venue, String path) {
    return new TextClient(http, URI.create(venue.streamEndpoint() + path));
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  /** Sends a message and returns the next that comes. */
  String ask(String text) throws InterruptedException {
    send(text);
    return next();
  }

  /** The next message; fails if none comes in time. */
  String next() throws InterruptedException {
    String message = messages.poll(20, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("No message has come");
    }
    return message;
  }

  /** The next message that comes in a while; null if none does. */
  String nextWithin(long millis) throws InterruptedException {
    return messages.poll(millis, TimeUnit.MILLISECONDS);
  }

  /** The code with which the venue closes, 1006 if it does so without a close frame. */
  int closeCode() throws Exception {
    return closed.get(20, TimeUnit.SECONDS);
  }

  boolean isClosed() {
    return closed.isDone();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      messages.add(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(NO_CLOSE_FRAME);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
