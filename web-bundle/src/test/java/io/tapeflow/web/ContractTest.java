package io.tapeflow.web;

import static io.tapeflow.web.Samples.BTC;
import static io.tapeflow.web.Samples.ETH;
import static io.tapeflow.web.Samples.OTHER_ETH;
import static io.tapeflow.web.Samples.SOL;
import static io.tapeflow.web.Samples.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.verification.CheckStatus;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import io.tapeflow.web.Samples.FakeHistory;
import io.tapeflow.web.Samples.FakeOrderFlow;
import io.tapeflow.web.Samples.FakeStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description of the API against what the API answers. */
class ContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TestServer full;
  private TestServer empty;
  private JsonNode description;

  @BeforeEach
  void serve() throws Exception {
    full =
        serve(
            new LiveServices(
                List.of(
                    new FakeStream(
                        Samples.live(
                            "a",
                            account(BTC, InstrumentState.LIVE, 300),
                            account(ETH, InstrumentState.WAITING_FOR_DATA, 0)),
                        new FakeHistory(BTC, 300)),
                    new FakeStream(
                        Samples.backingOff(
                            "b", account(OTHER_ETH, InstrumentState.DISCONNECTED, 4)),
                        new FakeHistory(OTHER_ETH, 4))),
                new FakeOrderFlow(List.of(BTC, SOL)),
                new Samples.FakeVerification(),
                List.of(),
                List.of(),
                new FakePlans()));
    empty = serve(new LiveServices(List.of(), null, null));
    description = JSON.readTree(full.get("/tapeflow/api/openapi.json").body());
  }

  @AfterEach
  void stop() throws Exception {
    full.close();
    empty.close();
  }

  private static TestServer serve(LiveServices services) throws Exception {
    CurrentSettings settings =
        TestServer.settings(Map.of("requests.per.second", 10_000, "events.clients", 1));
    TaskScope scope = new TaskScope("web", Clock.SYSTEM);
    EventHub hub = new EventHub(services, settings, scope, Clock.SYSTEM, listener -> () -> {});
    return new TestServer()
        .behind(new Gate(settings))
        .with("/tapeflow/api/events", new EventsServlet(services, hub))
        .with("/tapeflow/api/*", new ApiServlet(services))
        .start();
  }

  @Test
  void everyPathIsDescribed() {
    assertThat(fields(description.path("paths")))
        .containsExactlyInAnyOrderElementsOf(
            Api.PATHS.stream().map(path -> path.replaceFirst("\\?.*", "")).toList());
  }

  /** Each status of each path, as it is described, is provoked, and its answer fits. */
  @Test
  void everyDescribedAnswerIsGiven() throws Exception {
    for (String path : fields(description.path("paths"))) {
      JsonNode responses = description.path("paths").path(path).path("get").path("responses");
      for (String status : fields(responses)) {
        if (path.equals("/tapeflow/api/events") && status.equals("200")) {
          continue; // An answer without an end: EventsTest.
        }
        HttpResponse<String> answer = provoke(path, status);
        assertThat(answer.statusCode())
            .as("%s %s", path, status)
            .isEqualTo(status.equals("default") ? 405 : Integer.parseInt(status));
        assertFits(answer, responses.path(status));
      }
    }
  }

  /** By what the description says of the parameters, wrong where the status wants it. */
  private HttpResponse<String> provoke(String path, String status) throws Exception {
    String instrument =
        switch (status) {
          case "404" -> "NONE";
          case "409" -> "ETHUSDT";
          default -> "BTCUSDT";
        };
    String request = path.replace("{instrument}", instrument);
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : description.path("paths").path(path).path("get").path("parameters")) {
      if (parameter.path("in").textValue().equals("query")) {
        String name = parameter.path("name").textValue();
        String wrong = name.equals("metrics") ? "delta.60s,," : "wrong";
        String value = status.equals("400") ? wrong : parameter.path("example").asText();
        query.add(name + "=" + (name.equals("instruments") ? instrument : value));
      }
    }
    String target = query.isEmpty() ? request : request + "?" + String.join("&", query);
    if (path.equals("/tapeflow/api/events") && status.equals("503")) {
      EventReader.open(full.port(), "");
      await().until(() -> full.send("HEAD", path).statusCode() == 503);
      return full.get(path);
    }
    return switch (status) {
      case "503" -> empty.get(target);
      case "default" -> full.send("DELETE", target);
      default -> full.get(target);
    };
  }

  private void assertFits(HttpResponse<String> answer, JsonNode response) throws Exception {
    String mediaType = answer.headers().firstValue("Content-Type").orElse("");
    assertThat(fields(response.path("content"))).containsExactly(mediaType);
    JsonNode schema = response.path("content").path(mediaType).path("schema");
    assertThat(new Description(description).faults(schema, JSON.readTree(answer.body())))
        .as(answer.body())
        .isEmpty();
  }

  @Test
  void aFieldThatIsNotDescribedWouldBeNoticedAndSoWouldAMissingOne() throws Exception {
    Description whole = new Description(description);

    assertThat(whole.faults("IdRange", JSON.readTree("{\"firstId\":1,\"lastId\":2}"))).isEmpty();
    assertThat(whole.faults("IdRange", JSON.readTree("{\"firstId\":1}"))).hasSize(1);
    assertThat(whole.faults("IdRange", JSON.readTree("{\"firstId\":1,\"lastId\":2,\"x\":3}")))
        .hasSize(1);
  }

  @Test
  void wordsAreThoseOfTheJavaApi() {
    assertThat(words("Metric", "status")).isEqualTo(names(MetricStatus.values()));
    assertThat(words("Metric", "provenance")).isEqualTo(names(Provenance.values()));
    assertThat(words("Stream", "state")).isEqualTo(names(StreamState.values()));
    assertThat(words("Account", "state")).isEqualTo(names(InstrumentState.values()));
    assertThat(words("Error", "phase")).isEqualTo(names(ConnectionPhase.values()));
    assertThat(words("Trade", "side")).isEqualTo(names(Side.values()));
    assertThat(words("Check", "status")).isEqualTo(names(CheckStatus.values()));
  }

  private Set<String> words(String schema, String property) {
    JsonNode words =
        description
            .path("components")
            .path("schemas")
            .path(schema)
            .path("properties")
            .path(property)
            .path("enum");
    Set<String> found = new TreeSet<>();
    words.forEach(
        word -> {
          if (!word.isNull()) {
            found.add(word.textValue());
          }
        });
    return found;
  }

  private static Set<String> names(Enum<?>[] constants) {
    return new TreeSet<>(Stream.of(constants).map(Enum::name).toList());
  }

  @Test
  void whatIsReferredToIsThereAndWhatIsThereIsReferredTo() {
    Set<String> referred = new HashSet<>(description.findValuesAsText("$ref"));

    assertThat(referred)
        .containsExactlyInAnyOrderElementsOf(
            fields(description.path("components").path("schemas")).stream()
                .map(name -> "#/components/schemas/" + name)
                .toList());
  }

  @Test
  void theDescriptionNeedNotBeFetchedTwice() throws Exception {
    HttpResponse<String> first = full.get("/tapeflow/api/openapi.json");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> second =
        full.get("/tapeflow/api/openapi.json", "If-None-Match", "\"other\", W/" + tag);

    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(second.headers().firstValue("ETag")).hasValue(tag);
    assertThat(full.get("/tapeflow/api/openapi.json", "If-None-Match", "\"other\"").statusCode())
        .isEqualTo(200);
  }

  private static List<String> fields(JsonNode object) {
    Iterable<String> names = object::fieldNames;
    return StreamSupport.stream(names.spliterator(), false).toList();
  }
}
