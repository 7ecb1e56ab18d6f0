package io.tapeflow.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Does something as soon as something listens on a port. */
final class WhenListening {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private WhenListening() {}

  /** Does it at the limit at the latest: then whoever connects says what is wrong. */
  static void run(Port port, Runnable action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                await(port);
                action.run();
              } catch (InterruptedException e) {
                // Nobody wants it any more.
              }
            },
            "tapeflow-await-" + port.number());
    thread.setDaemon(true);
    thread.start();
  }

  private static void await(Port port) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!listens(port) && System.nanoTime() < end) {
      Thread.sleep(LOOK.toMillis());
    }
  }

  private static boolean listens(Port port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Port.loopback(), port.number()), (int) LOOK.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
