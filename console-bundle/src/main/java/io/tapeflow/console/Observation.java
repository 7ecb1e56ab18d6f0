package io.tapeflow.console;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeDelivery;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.task.TaskLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the services said at one moment. Everything that a report tells comes from here.
 *
 * @param at the moment
 * @param streams in the order of their ids
 * @param delivery whether there is a delivery of trades
 * @param listeners those that it serves
 * @param ledgers in the order of their owners
 * @param closed the scopes that have been closed
 * @param orderFlow whether there is an order-flow service
 * @param snapshots its metrics, by {@code venue:symbol}, of the instruments of all streams
 * @param faults services that did not answer
 */
record Observation(
    Instant at,
    List<StreamStatus> streams,
    boolean delivery,
    List<ListenerStatus> listeners,
    List<LedgerStatus> ledgers,
    ClosedScopes closed,
    boolean orderFlow,
    Map<String, MetricSnapshot> snapshots,
    List<Fault> faults) {

  /** A service that threw when it was asked, and the check that it matters to most. */
  record Fault(int check, String sentence) {}

  Observation {
    streams = List.copyOf(streams);
    listeners = List.copyOf(listeners);
    ledgers = List.copyOf(ledgers);
    snapshots = Map.copyOf(snapshots);
    faults = List.copyOf(faults);
  }

  static Observation of(LiveServices services, Scopes scopes, Instant at) {
    Asker asker = new Asker();
    List<StreamStatus> streams =
        asker.ask(4, "stream", services.streams(), TradeStream::status).stream()
            .sorted(Comparator.comparing(StreamStatus::id))
            .toList();
    List<TradeDelivery> deliveries = services.deliveries();
    List<ListenerStatus> listeners =
        asker.ask(5, "delivery", deliveries, TradeDelivery::listeners).stream()
            .flatMap(List::stream)
            .toList();
    List<LedgerStatus> ledgers =
        asker.ask(1, "ledger", scopes.open(), TaskLedger::status).stream()
            .sorted(Comparator.comparing(LedgerStatus::owner))
            .toList();
    Optional<OrderFlow> orderFlow = services.orderFlow();
    Map<String, MetricSnapshot> snapshots = new TreeMap<>();
    orderFlow.ifPresent(
        flow ->
            StreamFacts.keys(streams)
                .forEach(
                    key ->
                        asker
                            .ask(6, "order flow", List.of(flow), one -> one.snapshot(key))
                            .forEach(snapshot -> snapshots.put(key, snapshot))));
    return new Observation(
        at,
        streams,
        !deliveries.isEmpty(),
        listeners,
        ledgers,
        scopes.closed(),
        orderFlow.isPresent(),
        snapshots,
        asker.faults);
  }

  /** Trades delivered by all streams. */
  long delivered() {
    return streams.stream()
        .flatMap(stream -> stream.instruments().stream())
        .mapToLong(instrument -> instrument.delivered())
        .sum();
  }

  /** One service that fails must not hide what the others say. */
  private static final class Asker {
    private static final Logger LOG = LoggerFactory.getLogger(Observation.class);

    private final List<Fault> faults = new ArrayList<>();

    <S, T> List<T> ask(int check, String kind, List<S> services, Function<S, T> question) {
      List<T> answers = new ArrayList<>();
      for (S service : services) {
        try {
          answers.add(question.apply(service));
        } catch (RuntimeException e) {
          LOG.debug("A {} service did not answer", kind, e);
          faults.add(new Fault(check, "A %s service did not answer: %s.".formatted(kind, e)));
        }
      }
      return answers;
    }
  }
}
