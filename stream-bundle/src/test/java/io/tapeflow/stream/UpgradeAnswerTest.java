package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever answers the upgrade, it is the peer's fault and said in a line. */
class UpgradeAnswerTest {
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
    try (ServerSocket server =
        new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      Thread peer = new Thread(() -> answer(server, answer), "peer");
      peer.start();
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

  private static void answer(ServerSocket server, String answer) {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          assertThat(socket.getInputStream().read(new byte[4_096])).isPositive();
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException e) {
      // The server is closed.
    }
  }
}
