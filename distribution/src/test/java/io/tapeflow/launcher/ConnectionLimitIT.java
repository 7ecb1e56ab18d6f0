package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody holds more connections open than the server may have. */
class ConnectionLimitIT {
  private static final int MOST = 20;
  private static final int FLOOD = 3 * MOST;
  private static final String SECRET = "changeit";
  private static final Pattern ADDRESS = Pattern.compile("Dashboard +(https?://\\S+/)tapeflow/");

  @TempDir private Path folder;
  private final List<Socket> sockets = new ArrayList<>();
  private SSLContext trusting;
  private Path home;
  private TapeflowProcess demo;
  private URI address;

  private void start() throws Exception {
    Files.createDirectories(conf());
    Files.writeString(conf().resolve("io.tapeflow.web.cfg"), "connections = " + MOST + "\n");
    demo = TapeflowProcess.start(folder, "demo", "--http-port=0", "--home=" + home);
    demo.awaitLine("Dashboard");
    Matcher matcher = ADDRESS.matcher(String.join("\n", demo.out()));
    assertThat(matcher.find()).isTrue();
    address = URI.create(matcher.group(1));
    await()
        .atMost(TapeflowProcess.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(number("tapeflow_http_connections_limit")).isEqualTo(MOST);
              assertThat(trades()).isPositive();
            });
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    if (demo != null) {
      demo.stop();
    }
  }

  @Test
  void whoHoldsConnectionsShutsNobodyOut() throws Exception {
    home = folder.resolve("home");
    start();

    assertNobodyIsShutOut();

    assertThat(number("tapeflow_http_connections_closed_total")).isGreaterThan(FLOOD - MOST);
    assertThat(number("tapeflow_http_connections_refused_total")).isZero();
    assertThat(warnings()).hasSize(1);
    for (Socket socket : sockets) {
      socket.close();
    }
    await().atMost(TapeflowProcess.PATIENCE).until(() -> number("tapeflow_http_connections") < 4);
  }

  @Test
  void itHoldsForTlsAloneAndForAServerThatIsStartedAnew() throws Exception {
    home = folder.resolve("home");
    Files.createDirectories(conf());
    Path store = certificate();
    // As the manual has it.
    Path properties =
        Files.copy(
            Path.of(System.getProperty("tapeflow.distribution"), "conf", "config.properties"),
            conf().resolve("config.properties"));
    Files.writeString(
        properties,
        """
        org.apache.felix.https.enable=true
        org.osgi.service.http.port.secure=%d
        org.apache.felix.https.keystore=%s
        org.apache.felix.https.keystore.password=%s
        org.apache.felix.http.enable=false
        """
            .formatted(Port.free().number(), store, SECRET),
        StandardOpenOption.APPEND);
    start();
    assertThat(address.getScheme()).isEqualTo("https");

    assertNobodyIsShutOut();

    Files.writeString(
        conf().resolve("org.apache.felix.http.cfg"), "org.apache.felix.http.timeout = 29000\n");
    await()
        .atMost(TapeflowProcess.PATIENCE)
        .untilAsserted(
            () -> assertThat(log().filter(line -> line.contains("Started Jetty"))).hasSize(2));
    await().atMost(TapeflowProcess.PATIENCE).ignoreExceptions().until(() -> trades() > 0);
    assertNobodyIsShutOut();
  }

  private void assertNobodyIsShutOut() throws Exception {
    AtomicInteger events = follow();
    for (int i = 0; i < FLOOD; i++) {
      sockets.add(new Socket(address.getHost(), address.getPort()));
    }
    await()
        .atMost(TapeflowProcess.PATIENCE)
        .untilAsserted(() -> assertThat(number("tapeflow_http_connections")).isEqualTo(MOST));
    int before = events.get();
    double tradesBefore = trades();

    await()
        .atMost(TapeflowProcess.PATIENCE)
        .untilAsserted(
            () -> {
              // Each of these is a client that was not there before.
              assertThat(trades()).isGreaterThan(tradesBefore);
              assertThat(events.get()).isGreaterThan(before + 10);
              assertThat(get("tapeflow/api/streams")).contains("\"LIVE\"");
              assertThat(number("tapeflow_event_clients")).isEqualTo(1);
              assertThat(number("tapeflow_http_connections")).isLessThanOrEqualTo(MOST);
            });
  }

  /** Follows events from now on, and counts them. */
  private AtomicInteger follow() throws IOException {
    Socket socket = ask("tapeflow/api/events?trades=all");
    sockets.add(socket);
    AtomicInteger events = new AtomicInteger();
    Thread reader = new Thread(() -> count(socket, events), "event-reader");
    reader.setDaemon(true);
    reader.start();
    await().atMost(TapeflowProcess.PATIENCE).until(() -> events.get() > 0);
    return events;
  }

  private static void count(Socket socket, AtomicInteger events) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("data: ")) {
          events.incrementAndGet();
        }
      }
    } catch (IOException e) {
      // The test has ended.
    }
  }

  private Path conf() {
    return home.resolve("conf");
  }

  private double trades() throws IOException {
    return number("tapeflow_trades_received_total\\{.*BTCUSDT.*}");
  }

  /** The value of the first series of which the name and labels match; -1 if there is none. */
  private double number(String series) throws IOException {
    Matcher matcher = Pattern.compile("(?m)^" + series + " (\\S+)$").matcher(get("metrics"));
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : -1;
  }

  /** The answer over a new connection, which is closed after it. */
  private String get(String path) throws IOException {
    try (Socket socket = ask(path)) {
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200");
      return answer;
    }
  }

  private Socket ask(String path) throws IOException {
    SocketFactory factory =
        trusting == null ? SocketFactory.getDefault() : trusting.getSocketFactory();
    Socket socket = factory.createSocket(address.getHost(), address.getPort());
    socket.setSoTimeout((int) TapeflowProcess.PATIENCE.toMillis());
    String request = "GET /%s HTTP/1.0\r\nHost: localhost\r\n\r\n".formatted(path);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private List<String> warnings() {
    return log()
        .filter(line -> line.contains("the HTTP server has as many connections as it may"))
        .toList();
  }

  private Stream<String> log() {
    try {
      return Files.readAllLines(home.resolve("logs/tapeflow.log")).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path certificate() throws Exception {
    Path store = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                SECRET,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore trust = KeyStore.getInstance(store.toFile(), SECRET.toCharArray());
    // As an authority, for a key of its own would not be trusted.
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("server", trust.getCertificate("mykey"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(authorities);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, managers.getTrustManagers(), null);
    return store;
  }
}
