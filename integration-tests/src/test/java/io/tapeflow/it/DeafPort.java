package io.tapeflow.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port that answers no attempt to connect, because its queue is full and nobody empties it. */
final class DeafPort implements AutoCloseable {
  private static final int PROBE_MILLIS = 250;
  private static final int MOST = 64;

  private final ServerSocket listener;
  private final List<Socket> queue = new ArrayList<>();

  private DeafPort() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  static DeafPort open() throws IOException {
    DeafPort port = new DeafPort();
    for (int i = 0; i < MOST; i++) {
      if (!port.answers()) {
        return port;
      }
    }
    port.close();
    throw new IOException("The queue of a port could not be filled");
  }

  int number() {
    return listener.getLocalPort();
  }

  private boolean answers() throws IOException {
    Socket socket = new Socket();
    queue.add(socket);
    try {
      socket.connect(
          new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), PROBE_MILLIS);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : queue) {
      socket.close();
    }
    listener.close();
  }
}
