package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Somebody who looks after an instance over HTTP and has the console's password.
 *
 * @param address where it answers
 * @param home its home, where the password is
 */
record Operator(URI address, Path home) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  URI dashboard() {
    return address.resolve("/tapeflow/");
  }

  /** What the API says. */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return MAPPER.readTree(answer.body());
  }

  /** An answer of any status. */
  HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    String credentials = "admin:" + Files.readString(home.resolve("conf/console.password")).strip();
    String encoded =
        Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return CLIENT.send(
        HttpRequest.newBuilder(address.resolve("/" + path))
            .header("Authorization", "Basic " + encoded)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
