package io.tapeflow.benchmarks.race;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What a distribution answers over HTTP. */
final class Api {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  Api(int port) {
    base = URI.create("http://127.0.0.1:" + port + "/");
  }

  /** A resource of the API; what it is of an error says nothing that is asked for. */
  JsonNode get(String path) {
    try {
      return JSON.readTree(send("tapeflow/api/" + path).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same; empty if there is no answer, or one of another status than 200. */
  Optional<JsonNode> find(String path) {
    try {
      HttpResponse<String> answer = send("tapeflow/api/" + path);
      return answer.statusCode() == 200
          ? Optional.of(JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The account of each instrument of each connection. */
  List<JsonNode> accounts() {
    List<JsonNode> accounts = new ArrayList<>();
    for (JsonNode stream : get("streams")) {
      stream.path("instruments").forEach(accounts::add);
    }
    return accounts;
  }

  /** A metric of all instruments that have one. */
  Map<String, JsonNode> metricOfAll(String metric) {
    Map<String, JsonNode> values = new TreeMap<>();
    get("metrics?metrics=" + metric)
        .forEach(it -> values.put(it.path("instrument").asText(), it.path("metrics").path(metric)));
    return values;
  }

  /** Sum of a number in the accounts of all instruments. */
  long sum(String field) {
    return accounts().stream().mapToLong(account -> account.path(field).asLong()).sum();
  }

  /** Id of the newest trade that metrics show; 0 if there is none. */
  long lastId(String symbol) {
    return get("metrics/" + symbol).path("lastTradeId").asLong();
  }

  /** States of all connections. */
  List<String> states() {
    return StreamSupport.stream(get("streams").spliterator(), false)
        .map(stream -> stream.path("state").asText())
        .toList();
  }

  /**
   * A series of the page for Prometheus.
   *
   * @param label by which its values are told apart
   * @return by the values of that label
   */
  Map<String, Double> series(String name, String label) {
    Matcher matcher =
        Pattern.compile("(?m)^" + name + "\\{[^}]*" + label + "=\"([^\"]*)\"[^}]*} (\\S+)$")
            .matcher(prometheus());
    Map<String, Double> values = new TreeMap<>();
    while (matcher.find()) {
      values.put(matcher.group(1), Double.valueOf(matcher.group(2)));
    }
    return values;
  }

  /** The first line of a health check with its reasons, by its tag. */
  String health(String tag) {
    try {
      return send("system/health.txt?tags=" + tag).body().strip().lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String prometheus() {
    try {
      return send("metrics").body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> send(String path) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
