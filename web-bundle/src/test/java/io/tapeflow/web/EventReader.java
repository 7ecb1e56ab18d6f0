package io.tapeflow.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of events, on a socket and a thread of its own. */
final class EventReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  record Event(String id, String type, JsonNode data) {}

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> head = new CopyOnWriteArrayList<>();
  private final Socket socket = new Socket();
  private volatile boolean ended;

  private EventReader() {}

  /** One that reads all there is. */
  static EventReader open(int port, String query, String... headers) throws IOException {
    EventReader reader = connect(port, query, headers);
    Thread thread = new Thread(reader::read, "event-reader");
    thread.setDaemon(true);
    thread.start();
    return reader;
  }

  /** One that asks and never reads. */
  static EventReader stuck(int port, String query) throws IOException {
    return connect(port, query);
  }

  private static EventReader connect(int port, String query, String... headers) throws IOException {
    EventReader reader = new EventReader();
    reader.socket.setReceiveBufferSize(4_096);
    reader.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    // As of HTTP 1.0, because a chunk may end in the middle of a line.
    String request =
        "GET /tapeflow/api/events%s HTTP/1.0\r\nHost: localhost\r\n%s\r\n"
            .formatted(query, String.join("", headers));
    reader.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return reader;
  }

  /** Those of a type that have come so far. */
  List<Event> of(String type) {
    return events.stream().filter(event -> event.type().equals(type)).toList();
  }

  List<Event> all() {
    return List.copyOf(events);
  }

  List<String> head() {
    return List.copyOf(head);
  }

  boolean ended() {
    return ended;
  }

  void close() throws IOException {
    socket.close();
  }

  /** Whether the server has let go of the connection; takes in whatever it had sent. */
  boolean isCutOff() {
    try {
      byte[] buffer = new byte[65_536];
      while (socket.getInputStream().read(buffer) >= 0) {
        // What had been on its way.
      }
      return true;
    } catch (IOException e) {
      return true;
    }
  }

  private void read() {
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.add(line);
      }
      String id = null;
      String type = null;
      StringBuilder data = null;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = new StringBuilder(line.substring(6));
        } else if (line.isEmpty() && data != null) {
          events.add(new Event(id, type, JSON.readTree(data.toString())));
          data = null;
        }
      }
    } catch (IOException e) {
      // It was closed, by either side.
    } finally {
      ended = true;
    }
  }
}
