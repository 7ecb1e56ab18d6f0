package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.StreamState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that accept and then do nothing, or the wrong thing, below the WebSocket. */
class ConnectorDeadlineTest {
  private ServerSocket server;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private volatile String answer = "";

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(this::accept, "acceptor");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }

  @Test
  void aPeerThatNeverSpeaksIsATimeoutInUpgradeAtTheDeadline() {
    try (ConnectorRig rig = ConnectorRig.to(uri("ws"), "BTCUSDT")) {
      ConnectionError error = firstError(rig);
      assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(error.phase()).isEqualTo(ConnectionPhase.UPGRADE);
      Duration taken = Duration.between(rig.status().timeline().get(0).at(), error.at());
      assertThat(taken).isBetween(Duration.ofMillis(800), Duration.ofMillis(1_500));
      await().until(() -> rig.status().attempt() >= 2);
      assertThat(rig.status().openSockets()).isLessThanOrEqualTo(1);
      rig.stop();
    }
  }

  @Test
  void halfAnUpgradeIsATimeoutInUpgrade() {
    answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: webso";
    try (ConnectorRig rig = ConnectorRig.to(uri("ws"), "BTCUSDT")) {
      assertThat(firstError(rig).phase()).isEqualTo(ConnectionPhase.UPGRADE);
      assertThat(firstError(rig).kind()).isEqualTo(ErrorKind.TIMEOUT);
      rig.stop();
    }
  }

  @Test
  void halfATlsHandshakeIsATimeoutInTls() {
    try (ConnectorRig rig = ConnectorRig.to(uri("wss"), "BTCUSDT")) {
      ConnectionError error = firstError(rig);
      assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(error.phase()).isEqualTo(ConnectionPhase.TLS);
      rig.stop();
    }
  }

  @Test
  void anAnswerThatIsNoTlsIsATlsError() {
    answer = "HTTP/1.1 400 Bad Request\r\n\r\n";
    try (ConnectorRig rig = ConnectorRig.to(uri("wss"), "BTCUSDT")) {
      assertThat(firstError(rig).kind()).isEqualTo(ErrorKind.TLS);
      rig.stop();
    }
  }

  @Test
  void anHttpStatusIsToldAsSuch() {
    answer = "HTTP/1.1 451 Unavailable For Legal Reasons\r\nContent-Length: 0\r\n\r\n";
    try (ConnectorRig rig = ConnectorRig.to(uri("ws"), "BTCUSDT")) {
      ConnectionError error = firstError(rig);
      assertThat(error.kind()).isEqualTo(ErrorKind.HTTP);
      assertThat(error.message()).contains("451");
      rig.stop();
    }
  }

  @Test
  void nobodyThereIsRefused() throws IOException {
    server.close();
    try (ConnectorRig rig = ConnectorRig.to(uri("ws"), "BTCUSDT")) {
      assertThat(firstError(rig).kind()).isEqualTo(ErrorKind.REFUSED);
      await().until(() -> rig.status().attempt() >= 4);
      assertThat(rig.status().attempts().failed()).isGreaterThanOrEqualTo(3);
      assertThat(rig.status().attempts().open()).isBetween(0L, 1L);
      rig.stop();
    }
  }

  @Test
  void aNameThatDoesNotResolveIsDns() {
    try (ConnectorRig rig = ConnectorRig.to(URI.create("ws://tapeflow.invalid:1"), "BTCUSDT")) {
      assertThat(firstError(rig).kind()).isEqualTo(ErrorKind.DNS);
      rig.stop();
    }
  }

  @Test
  void stoppingWhileConnectingAndWhileBackingOffIsClean() {
    for (int i = 0; i < 20; i++) {
      try (ConnectorRig rig = ConnectorRig.to(uri("ws"), "BTCUSDT")) {
        rig.awaitState(StreamState.CONNECTING);
        rig.stop();
      }
    }
    answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
    for (int i = 0; i < 20; i++) {
      try (ConnectorRig rig = ConnectorRig.to(uri("ws"), "BTCUSDT")) {
        rig.awaitState(StreamState.BACKING_OFF);
        rig.stop();
      }
    }
  }

  private ConnectionError firstError(ConnectorRig rig) {
    await().atMost(Duration.ofSeconds(20)).until(() -> rig.status().lastError() != null);
    return rig.status().lastError();
  }

  private URI uri(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.add(socket);
        if (!answer.isEmpty()) {
          // An answer ahead of its question is a different fault: the client drops the connection.
          socket.getInputStream().read();
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
          socket.getOutputStream().flush();
        }
      } catch (IOException e) {
        return;
      }
    }
  }
}
