package io.tapeflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final String PATH = "/tapeflow/api/streams";

  private final TestClock clock = new TestClock();
  private TestServer server;

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private void serve(Map<String, Object> configuration) throws Exception {
    LiveServices services = new LiveServices(List.of(), null, null);
    server =
        new TestServer()
            .behind(new Gate(TestServer.settings(configuration), clock))
            .with("/tapeflow/api/*", new ApiServlet(services))
            .start();
  }

  /** As no client of the Java library would write it. */
  private String raw(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String byName(String host) throws Exception {
    return raw("GET %s HTTP/1.1\nHost: %s\nConnection: close\n\n".formatted(PATH, host));
  }

  private void assertProblem(HttpResponse<String> response, int status) throws Exception {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    JsonNode body = new ObjectMapper().readTree(response.body());
    assertThat(body.path("status").intValue()).isEqualTo(status);
    assertThat(body.path("detail").textValue()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:8080", "[::1]:80", "desk"})
  void itsOwnNamesAreAnswered(String host) throws Exception {
    serve(Map.of("hosts", "desk"));

    assertThat(byName(host)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "desk.evil",
        "1.2.3"
      })
  void foreignNamesAreNot(String host) throws Exception {
    serve(Map.of("hosts", "desk"));

    assertThat(byName(host)).startsWith("HTTP/1.1 421").contains("Misdirected");
  }

  @Test
  void withATokenNothingIsAnsweredWithoutIt() throws Exception {
    serve(Map.of("token", TOKEN));

    HttpResponse<String> refused = server.get(PATH);
    assertProblem(refused, 401);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
    for (String wrong :
        List.of(
            "Bearer 0123456789abcdeg",
            "Bearer 0123456789abcde",
            "Bearer",
            "Bearer ",
            "Basic " + TOKEN,
            "Basic " + base64("any:other"),
            "Digest " + TOKEN,
            TOKEN)) {
      assertThat(server.get(PATH, "Authorization", wrong).statusCode()).as(wrong).isEqualTo(401);
    }
    for (String right :
        List.of("Bearer " + TOKEN, "bearer " + TOKEN, "Basic " + base64("me:" + TOKEN))) {
      assertThat(server.get(PATH, "Authorization", right).statusCode()).as(right).isEqualTo(200);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anAddressThatAsksTooMuchHasToWait() throws Exception {
    serve(Map.of("requests.per.second", 2));

    for (int i = 0; i < 4; i++) {
      assertThat(server.get(PATH).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> refused = server.get(PATH);
    assertProblem(refused, 429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    clock.pass(Duration.ofMillis(500));
    assertThat(server.get(PATH).statusCode()).isEqualTo(200);
    assertThat(server.get(PATH).statusCode()).isEqualTo(429);
    clock.pass(Duration.ofHours(1));
    for (int i = 0; i < 4; i++) {
      assertThat(server.get(PATH).statusCode()).isEqualTo(200);
    }
    assertThat(server.get(PATH).statusCode()).isEqualTo(429);
  }

  @Test
  void oneAddressDoesNotUseUpWhatAnotherMayAsk() {
    RequestRates rates = new RequestRates(clock);
    while (rates.admits("a", 1)) {
      // Until it has used up its own.
    }

    assertThat(rates.admits("b", 1)).isTrue();
  }

  @Test
  void aQueryHasALimit() throws Exception {
    serve(Map.of());

    assertProblem(server.get(PATH + "?" + "a".repeat(2_001)), 414);
    assertThat(server.get(PATH + "?" + "a".repeat(2_000)).statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyIsNotEvenRead() throws Exception {
    serve(Map.of());
    String head = "GET %s HTTP/1.1\nHost: localhost\n".formatted(PATH);

    // Neither body ever comes.
    assertThat(raw(head + "Content-Length: 99999999\n\n")).startsWith("HTTP/1.1 413");
    assertThat(raw(head + "Transfer-Encoding: chunked\n\n")).startsWith("HTTP/1.1 413");
  }

  @Test
  void browsersAreToldWhatAnswersMayDo() throws Exception {
    serve(Map.of());

    for (String path : List.of(PATH, "/tapeflow/api/nothing")) {
      var headers = server.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
      assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
      assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tapeflow/api/%2e%2e/%2e%2e/etc/passwd",
        "/tapeflow/api/metrics/%00",
        "/tapeflow/api/metrics/%3Cscript%3E",
        "/tapeflow/api/trades/..%2f..%2fetc",
        "/tapeflow/api/metrics/a%0d%0aX-Injected:%20yes",
        "/tapeflow/api//streams",
        "/tapeflow/api/metrics/%ff%fe"
      })
  void hostilePathsGetNothing(String path) throws Exception {
    serve(Map.of());

    String answer = raw("GET %s HTTP/1.1\nHost: localhost\nConnection: close\n\n".formatted(path));

    assertThat(answer).matches("(?s)HTTP/1\\.1 (400|404|503) .*");
    assertThat(answer.substring(0, answer.indexOf("\r\n\r\n"))).doesNotContain("X-Injected");
    assertThat(answer).doesNotContain("root:", "Exception");
  }
}
