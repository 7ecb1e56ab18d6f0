package io.tapeflow.web;

import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.api.verification.ReportFormat;
import io.tapeflow.api.verification.Verification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Answers the paths of the API. What cannot be answered is a {@link Problem}. */
final class Api {
  static final List<String> PATHS =
      List.of(
          "/tapeflow/api/streams",
          "/tapeflow/api/instruments",
          "/tapeflow/api/metrics?metrics=",
          "/tapeflow/api/metrics/{instrument}",
          "/tapeflow/api/trades/{instrument}?limit=",
          "/tapeflow/api/plans",
          "/tapeflow/api/verification",
          "/tapeflow/api/events",
          "/tapeflow/api/openapi.json");

  private static final Document DESCRIPTION = Document.resource("application/json", "openapi.json");

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 10_000;
  private static final int MAX_METRICS = 20;

  private final LiveServices services;

  Api(LiveServices services) {
    this.services = services;
  }

  /**
   * The answer to a path below the API's root.
   *
   * @param path as the client wrote it, decoded; may be null
   * @param limit the parameter of that name; null if it was left out
   * @param metrics likewise
   * @return bytes of JSON, a view to be written as JSON, or a document
   */
  Object answer(String path, String limit, String metrics) {
    String[] parts = path == null ? new String[0] : path.substring(1).split("/", -1);
    String route = parts.length == 2 ? parts[0] + "/{instrument}" : String.join("/", parts);
    if (route.equals("metrics") && metrics != null) {
      return metricsOfAll(metrics);
    }
    return switch (route) {
      case "streams" -> streams();
      case "instruments" -> instruments();
      case "metrics/{instrument}" -> metrics(parts[1]);
      case "trades/{instrument}" -> trades(parts[1], limit(limit));
      case "plans" -> plans();
      case "verification" -> verification();
      case "openapi.json" -> DESCRIPTION;
      default -> throw Problem.noSuchPath("/tapeflow/api" + (path == null ? "" : path), PATHS);
    };
  }

  /** Every instrument that a stream or the order flow knows, by key. */
  Map<String, InstrumentView> instrumentsByKey() {
    Map<String, InstrumentView> views = new TreeMap<>();
    List<StreamStatus> streams = statuses();
    Function<Instrument, String> names = InstrumentNames.among(known(streams));
    services.measured().forEach(it -> views.put(it.key(), InstrumentView.of(it, names.apply(it))));
    for (StreamStatus stream : streams) {
      for (InstrumentStatus status : stream.instruments()) {
        InstrumentView view = InstrumentView.of(stream, status, names.apply(status.instrument()));
        // Who carries it says more than who leaves it alone.
        if (status.state() == InstrumentState.CLAIMED_ELSEWHERE) {
          views.putIfAbsent(view.key(), view);
        } else {
          views.put(view.key(), view);
        }
      }
    }
    return views;
  }

  private List<StreamView> streams() {
    List<StreamStatus> streams = statuses();
    Function<Instrument, String> names = InstrumentNames.among(known(streams));
    return streams.stream().map(it -> StreamView.of(it, names)).toList();
  }

  private Collection<InstrumentView> instruments() {
    return instrumentsByKey().values();
  }

  private List<PlanView> plans() {
    return services
        .planning()
        .orElseThrow(() -> Problem.notInstalled("plan-bundle"))
        .list()
        .stream()
        .map(PlanView::of)
        .toList();
  }

  private byte[] verification() {
    Verification verification = services.verification();
    return verification
        .write(verification.verify(), ReportFormat.JSON)
        .getBytes(StandardCharsets.UTF_8);
  }

  private MetricsView metrics(String name) {
    OrderFlow orderFlow = services.orderFlow();
    List<Instrument> known = known(statuses());
    Instrument found = InstrumentNames.find(name, known);
    return MetricsView.of(
        orderFlow.snapshot(found.key()),
        orderFlow.metrics(found.key()),
        InstrumentNames.among(known).apply(found));
  }

  /** A few metrics of all instruments, which costs less than all metrics of one. */
  private List<SomeMetricsView> metricsOfAll(String written) {
    OrderFlow orderFlow = services.orderFlow();
    List<String> names = List.of(written.split(",", -1));
    if (names.contains("") || names.size() > MAX_METRICS) {
      throw Problem.badRequest(
          "metrics is 1 to %d names such as cvd.start,delta.60s, not '%s'"
              .formatted(MAX_METRICS, written));
    }
    List<Instrument> known = known(statuses());
    Function<Instrument, String> called = InstrumentNames.among(known);
    return InstrumentNames.byKey(known).values().stream()
        .map(it -> SomeMetricsView.of(it.key(), called.apply(it), names, orderFlow))
        .toList();
  }

  private TradesView trades(String name, int limit) {
    List<Carried> all = new ArrayList<>();
    for (TradeStream stream : services.streams()) {
      stream.status().instruments().forEach(status -> all.add(new Carried(stream, status)));
    }
    List<Instrument> known = all.stream().map(it -> it.status().instrument()).toList();
    Instrument found = InstrumentNames.find(name, known);
    String key = found.key();
    Carried carried =
        all.stream()
            .filter(it -> it.status().instrument().key().equals(key))
            .min(
                Comparator.comparing(
                    it -> it.status().state() == InstrumentState.CLAIMED_ELSEWHERE))
            .orElseThrow();
    TradeBatch batch =
        carried.stream().history(key).map((TradeHistory it) -> it.latest(limit)).orElse(null);
    return TradesView.of(carried.status(), InstrumentNames.among(known).apply(found), batch);
  }

  /** Every instrument that a stream or the order flow knows. */
  private List<Instrument> known(List<StreamStatus> streams) {
    List<Instrument> known = new ArrayList<>(services.measured());
    streams.forEach(
        stream -> stream.instruments().forEach(status -> known.add(status.instrument())));
    return known;
  }

  private List<StreamStatus> statuses() {
    return services.streams().stream()
        .map(TradeStream::status)
        .sorted(Comparator.comparing(StreamStatus::id))
        .toList();
  }

  private static int limit(String written) {
    if (written == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(written);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // The same answer as for a number out of range.
    }
    throw Problem.badRequest(
        "limit is a whole number from 1 to %d, not '%s'".formatted(MAX_LIMIT, written));
  }

  /** An instrument with the stream that says so. */
  private record Carried(TradeStream stream, InstrumentStatus status) {}
}
