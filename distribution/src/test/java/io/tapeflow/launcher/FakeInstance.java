package io.tapeflow.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers as an instance's API would, with whatever a test sets. */
final class FakeInstance implements AutoCloseable {
  private static final String API = "/tapeflow/api/";

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final HttpServer server;

  FakeInstance() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.createContext(
        API,
        exchange -> {
          String answer = answers.get(exchange.getRequestURI().getPath().substring(API.length()));
          byte[] body = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  FakeInstance answer(String path, String json) {
    answers.put(path, json);
    return this;
  }

  /** A report whose check 4 has this verdict and evidence, while the others pass. */
  FakeInstance report(String fourth, String evidence, String cause) {
    StringBuilder checks = new StringBuilder();
    for (int id = 1; id <= 6; id++) {
      checks.append(id == 1 ? "" : ",");
      checks.append(
          "{'id':%d,'name':'Check no %d','status':'%s','evidence':['%s','More of %d.']}"
              .formatted(id, id, id == 4 ? fourth : "PASS", id == 4 ? evidence : "Seen.", id));
    }
    return answer(
        "verification",
        "{'checks':[%s],'rootCause':'%s'}".formatted(checks, cause).replace('\'', '"'));
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  Api api() {
    return new Api(address().resolve(API));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
