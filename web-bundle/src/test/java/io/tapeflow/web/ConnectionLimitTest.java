package io.tapeflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The server that is shipped, with the limit brought to it as Felix does, and real sockets. */
class ConnectionLimitTest {
  private static final int MOST = 4;
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(Connections.class);

  private final CurrentSettings settings = new CurrentSettings(Map.of("connections", MOST));
  private final TestClock clock = new TestClock();
  private final Connections connections = new Connections(settings, clock);
  private final Answers answers = new Answers();
  private final Server server = new Server();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<Client> clients = new ArrayList<>();
  private SSLSocketFactory secure;

  @BeforeEach
  void listen() throws Exception {
    log.start();
    LOGGER.addAppender(log);
    server.setHandler(answers);
    server.addConnector(new ServerConnector(server));
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    for (Client client : clients) {
      client.socket.close();
    }
    server.stop();
    LOGGER.detachAppender(log);
  }

  /** What Felix does when it finds the service. */
  private Connector limit() throws Exception {
    Connector connector = new JettyLimit(connections).createConnector(server);
    server.addConnector(connector);
    connector.start();
    return connector;
  }

  /** What Felix does when the service goes, or ahead of a stop of its server. */
  private void unlimit(Connector connector) throws Exception {
    connector.stop();
    server.removeConnector(connector);
  }

  private Client connect() throws IOException {
    return connect(server.getConnectors()[0]);
  }

  private Client connect(Connector to) throws IOException {
    int port = ((NetworkConnector) to).getLocalPort();
    Socket socket =
        secure == null
            ? new Socket(InetAddress.getLoopbackAddress(), port)
            : secure.createSocket(InetAddress.getLoopbackAddress(), port);
    Client client = new Client(socket);
    clients.add(client);
    return client;
  }

  /** As many as there may be, one after the other, that do nothing. */
  private List<Client> fill() throws IOException {
    List<Client> idle = new ArrayList<>();
    int before = connections.open();
    while (before + idle.size() < MOST) {
      idle.add(connect());
      await().atMost(LONG).until(() -> connections.open() == before + idle.size());
    }
    return idle;
  }

  @Test
  void whoAsksNothingMakesRoomAndWhoHasARequestUnderWayStays() throws Exception {
    limit();
    Client follower = connect().ask("/hang");
    await().atMost(LONG).until(() -> answers.held.size() == 1);
    List<Client> idle = fill();

    // A flood that never ends would find the same: each new client is served, at once.
    for (int i = 0; i < 20; i++) {
      assertThat(connect().ask("/").answer()).startsWith("HTTP/1.1 200");
    }

    assertThat(idle).allMatch(Client::isCutOff);
    assertThat(connections.open()).isEqualTo(MOST);
    assertThat(connections.closed()).isEqualTo(20);
    assertThat(connections.refused()).isZero();
    answers.release();
    assertThat(follower.answer()).startsWith("HTTP/1.1 200");
  }

  @Test
  void halfARequestIsNone() throws Exception {
    limit();
    List<Client> slow = fill();
    for (Client each : slow) {
      each.send("GET / HTTP/1.1\r\nHost: loc");
    }

    assertThat(connect().ask("/").answer()).startsWith("HTTP/1.1 200");
    assertThat(slow.get(0).isCutOff()).isTrue();
  }

  @Test
  void newOnesAreRefusedWhileAllOthersHaveARequestUnderWay() throws Exception {
    limit();
    List<Client> busy = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      busy.add(connect().ask("/hang"));
    }
    await().atMost(LONG).until(() -> answers.held.size() == MOST);

    assertThat(connect().isCutOff()).isTrue();
    assertThat(connections.refused()).isEqualTo(1);
    assertThat(connections.closed()).isZero();

    busy.get(0).socket.close();
    answers.release();
    for (Client each : busy.subList(1, MOST)) {
      assertThat(each.answer()).startsWith("HTTP/1.1 200");
    }
    await().atMost(LONG).until(() -> connect().isServed());
  }

  @Test
  void whatHasBecomeAnotherProtocolIsInUse() throws Exception {
    limit();
    Client upgraded = connect().send("GET /upgrade HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(upgraded.answer()).startsWith("HTTP/1.1 101");
    List<Client> idle = fill();

    connect().ask("/").answer();

    assertThat(idle.get(0).isCutOff()).isTrue();
    upgraded.send("still here\n");
    await().atMost(LONG).untilAsserted(() -> assertThat(answers.after).contains("still here\n"));
  }

  @Test
  void connectionsThatWereThereAlreadyCount() throws Exception {
    List<Client> before = List.of(connect(), connect());
    for (Client each : before) {
      assertThat(each.ask("/").answer()).startsWith("HTTP/1.1 200");
    }

    Connector connector = limit();
    assertThat(connections.open()).isEqualTo(2);
    fill();
    connect();
    await().atMost(LONG).until(() -> connections.closed() == 1);
    assertThat(before.stream().filter(Client::isServed)).hasSize(1);

    unlimit(connector);
    assertThat(connections.areCounted()).isFalse();
    assertThat(connections.open()).isZero();
    for (int i = 0; i < 2 * MOST; i++) {
      assertThat(connect().ask("/").answer()).startsWith("HTTP/1.1 200");
    }
    assertThat(connections.closed()).isEqualTo(1);
  }

  @Test
  void closedConnectionsAreNotCounted() throws Exception {
    limit();
    for (Client each : fill()) {
      each.socket.close();
    }

    await().atMost(LONG).until(() -> connections.open() == 0);
    fill();
    assertThat(connections.closed()).isZero();
  }

  @Test
  void aConnectorThatComesLaterIsLimitedToo() throws Exception {
    limit();
    ServerConnector late = new ServerConnector(server);
    server.addConnector(late);
    late.start();
    List<Client> idle = fill();

    assertThat(connect(late).ask("/").answer()).startsWith("HTTP/1.1 200");
    assertThat(idle.get(0).isCutOff()).isTrue();
    assertThat(connections.open()).isEqualTo(MOST);
  }

  @Test
  void tlsIsLimitedToo(@TempDir Path folder) throws Exception {
    server.stop();
    server.setConnectors(new Connector[] {tls(folder)});
    server.start();
    limit();
    Client follower = connect().ask("/hang");
    await().atMost(LONG).until(() -> answers.held.size() == 1);
    List<Client> idle = fill();

    for (int i = 0; i < MOST; i++) {
      assertThat(connect().ask("/").answer()).startsWith("HTTP/1.1 200");
    }

    assertThat(idle).allMatch(Client::isCutOff);
    answers.release();
    assertThat(follower.answer()).startsWith("HTTP/1.1 200");
  }

  @Test
  void theLimitMayBeChangedAndTakenAway() throws Exception {
    limit();
    List<Client> idle = fill();
    settings.modified(Map.of("connections", 2));
    connect();
    await().atMost(LONG).until(() -> connections.open() == 2);
    assertThat(idle.subList(0, MOST - 1)).allMatch(Client::isCutOff);

    settings.modified(Map.of("connections", 0));
    for (int i = 0; i < 3 * MOST; i++) {
      connect();
    }
    await().atMost(LONG).until(() -> connections.open() == 2 + 3 * MOST);
  }

  @Test
  void thatTheLimitWasReachedIsLoggedOnceInAWhile() throws Exception {
    limit();
    fill();
    for (int i = 0; i < 5; i++) {
      connect().ask("/").answer();
    }
    assertThat(log.list).hasSize(1);
    assertThat(log.list.get(0).getFormattedMessage())
        .contains("io.tapeflow.web", "connections = " + MOST);

    clock.pass(Duration.ofMinutes(11));
    connect().ask("/").answer();
    assertThat(log.list).hasSize(2);
    assertThat(log.list.get(1).getFormattedMessage())
        .contains("closed: 6 so far. 0 new ones were refused");
  }

  @Test
  void noAddressButThoseThereAreIsTold() throws Exception {
    ServerConnector first = (ServerConnector) server.getConnectors()[0];
    ServerConnector connector = (ServerConnector) limit();

    assertThat(connector.getHost()).isEqualTo(first.getHost());
    assertThat(connector.getPort()).isEqualTo(first.getPort());
    assertThat(connector.getDefaultProtocol()).isEqualTo(first.getDefaultProtocol());
    assertThat(connector.isOpen()).isFalse();
  }

  @Test
  void aServerThatListensNowhereIsNotTakenForOneThatListens() {
    Server deaf = new Server();

    assertThatThrownBy(() -> new JettyLimit(connections).createConnector(deaf))
        .isInstanceOf(IllegalStateException.class);
    assertThat(connections.areCounted()).isFalse();
  }

  private ServerConnector tls(Path folder) throws Exception {
    Path store = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool").toFile())
            .start();
    assertThat(keytool.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    SslContextFactory.Server own = new SslContextFactory.Server();
    own.setKeyStorePath(store.toString());
    own.setKeyStorePassword("changeit");
    SslContextFactory.Client trusting = new SslContextFactory.Client();
    trusting.setTrustStorePath(store.toString());
    trusting.setTrustStorePassword("changeit");
    trusting.start();
    SSLContext context = trusting.getSslContext();
    secure = context.getSocketFactory();
    return new ServerConnector(server, own);
  }

  /** A client that writes what it is told to. */
  private static final class Client {
    private final Socket socket;

    Client(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout((int) LONG.toMillis());
    }

    Client ask(String path) throws IOException {
      return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    Client send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return this;
    }

    /** The first line that it is told. */
    String answer() throws IOException {
      String line =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return line == null ? "nothing" : line;
    }

    boolean isServed() {
      try {
        return ask("/").answer().startsWith("HTTP/1.1 200");
      } catch (IOException e) {
        return false;
      }
    }

    /** Whether it hears that it is over before it loses its patience. */
    boolean isCutOff() {
      try {
        return socket.getInputStream().read() < 0;
      } catch (SocketTimeoutException e) {
        return false;
      } catch (IOException e) {
        return true;
      }
    }
  }

  /** Answers at once, or when it is told to, or with another protocol. */
  private static final class Answers extends Handler.Abstract {
    private final Queue<Callback> held = new ConcurrentLinkedQueue<>();
    private final Queue<String> after = new ConcurrentLinkedQueue<>();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      switch (request.getHttpURI().getPath()) {
        case "/hang" -> held.add(callback);
        case "/upgrade" -> {
          EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
          request.setAttribute(
              HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
              new Other(endPoint, request.getConnectionMetaData().getConnector().getExecutor()));
          response.setStatus(101);
          callback.succeeded();
        }
        default -> {
          response.setStatus(200);
          callback.succeeded();
        }
      }
      return true;
    }

    void release() {
      held.forEach(Callback::succeeded);
    }

    private final class Other extends AbstractConnection implements Connection.UpgradeTo {
      Other(EndPoint endPoint, Executor executor) {
        super(endPoint, executor);
      }

      @Override
      public void onUpgradeTo(ByteBuffer buffer) {
        // Nothing was sent ahead.
      }

      @Override
      public void onOpen() {
        super.onOpen();
        fillInterested();
      }

      @Override
      public void onFillable() {
        try {
          ByteBuffer buffer = ByteBuffer.allocate(1_024).flip();
          int length = getEndPoint().fill(buffer);
          if (length < 0) {
            close();
            return;
          }
          after.add(StandardCharsets.US_ASCII.decode(buffer).toString());
          fillInterested();
        } catch (IOException e) {
          close();
        }
      }
    }
  }
}
