package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever answers the upgrade, it is the peer's fault and said in a line. */
class UpgradeAnswerTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void aServerThatSaysWhenIsNotAskedBefore() throws Exception {
    String answer =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n";
    Queue<Long> asked = new ConcurrentLinkedQueue<>();
    try (ServerSocket server = listening()) {
      new Thread(() -> answer(server, answer, asked), "peer").start();
      URI endpoint = URI.create("ws://127.0.0.1:" + server.getLocalPort());
      try (ConnectorRig rig = ConnectorRig.to(endpoint, "BTCUSDT")) {
        await().atMost(LONG).until(() -> asked.size() == 3);
        assertThat(rig.status().timeline())
            .anyMatch(
                line ->
                    line.state() == StreamState.BACKING_OFF
                        && line.detail().contains("503, which asks for 2 s without another"));
        long before = asked.remove();
        for (long at : asked) {
          assertThat(at - before).isGreaterThan(TimeUnit.SECONDS.toNanos(2));
          before = at;
        }
      }
    }
  }

  @Test
  void noServerKeepsUsAwayForLongerThanAnHour() throws Exception {
    String answer =
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 86400\r\nContent-Length: 0\r\n\r\n";
    try (ServerSocket server = listening()) {
      new Thread(() -> answer(server, answer, new ConcurrentLinkedQueue<>()), "peer").start();
      URI endpoint = URI.create("ws://127.0.0.1:" + server.getLocalPort());
      try (ConnectorRig rig = ConnectorRig.to(endpoint, "BTCUSDT")) {
        await().atMost(LONG).until(() -> rig.status().nextRetryAt() != null);
        StreamStatus status = rig.status();
        assertThat(status.lastError().message())
            .endsWith("429, which asks for 86400 s without another and gets 3600");
        assertThat(Duration.between(status.lastError().at(), status.nextRetryAt()))
            .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 Switching Protocols\r\nUpgr",
        "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "\0\0\0\0",
        ""
      })
  void isNeverCalledAFaultOfOurs(String answer) throws Exception {
    try (ServerSocket server = listening()) {
      new Thread(() -> answer(server, answer, new ConcurrentLinkedQueue<>()), "peer").start();
      URI endpoint = URI.create("ws://127.0.0.1:" + server.getLocalPort());
      try (ConnectorRig rig = ConnectorRig.to(endpoint, "BTCUSDT")) {
        await().until(() -> rig.status().lastError() != null);
        ConnectionError error = rig.status().lastError();
        assertThat(error.kind()).as(error.message()).isIn(ErrorKind.HTTP, ErrorKind.CLOSED);
        assertThat(error.phase()).isEqualTo(ConnectionPhase.UPGRADE);
        assertThat(error.message()).hasSizeLessThan(200).doesNotContain("@");
      }
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  private static void answer(ServerSocket server, String answer, Queue<Long> asked) {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          assertThat(socket.getInputStream().read(new byte[4_096])).isPositive();
          asked.add(System.nanoTime());
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException e) {
      // The server is closed.
    }
  }
}
