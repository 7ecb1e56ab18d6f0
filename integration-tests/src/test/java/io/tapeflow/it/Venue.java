package io.tapeflow.it;

import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.EmbeddedVenue;
import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueAccount;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.task.TaskLedger;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** An embedded venue, made by a configuration. */
final class Venue implements AutoCloseable {
  static final String FACTORY = "io.tapeflow.simulator";

  private final Host host;
  private final String pid;
  private final URI streamEndpoint;
  private final URI restEndpoint;

  private Venue(Host host, String pid) {
    this.host = host;
    this.pid = pid;
    this.streamEndpoint = host.ask(EmbeddedVenue.class, filter(), EmbeddedVenue::streamEndpoint);
    this.restEndpoint = host.ask(EmbeddedVenue.class, filter(), EmbeddedVenue::restEndpoint);
  }

  /** Opens a venue on free ports that lives until the test ends. */
  static Venue open(Host host, String name, Map<String, ?> values) {
    return host.owns(new Venue(host, host.configure(FACTORY, name, values)));
  }

  /** A venue of made-up markets that have no past. */
  static Venue generated(Host host, String name, double rate, String... symbols) {
    return open(
        host,
        name,
        Map.of(
            "symbols",
            symbols,
            "rate",
            rate,
            "history",
            0,
            "messages.per.second",
            0,
            "weight.per.minute",
            1_000_000));
  }

  URI streamEndpoint() {
    return streamEndpoint;
  }

  URI restEndpoint() {
    return restEndpoint;
  }

  void switchOn(FaultKind kind) {
    switchOn(kind, 0);
  }

  void switchOn(FaultKind kind, int number) {
    host.tell(EmbeddedVenue.class, filter(), venue -> venue.switchOn(new VenueFault(kind, number)));
  }

  void clearFaults() {
    host.tell(EmbeddedVenue.class, filter(), EmbeddedVenue::clearFaults);
  }

  VenueAccount account() {
    return host.ask(EmbeddedVenue.class, filter(), EmbeddedVenue::account);
  }

  VenueAccount.Market market(String symbol) {
    return account().markets().get(symbol);
  }

  /** What it has printed on a market from one id to another. */
  Tally printed(String symbol, long firstId, long lastId) {
    return RestTape.sum(restEndpoint, symbol, firstId, lastId);
  }

  /** The properties by which a stream connects to it. */
  Map<String, Object> endpoints() {
    Map<String, Object> values = new HashMap<>();
    values.put("ws.endpoint", streamEndpoint.toString());
    values.put("rest.endpoint", restEndpoint.toString());
    host.ask(EmbeddedVenue.class, filter(), EmbeddedVenue::truststore)
        .ifPresent(
            file -> {
              values.put("tls.truststore", file.toString());
              values.put("tls.truststore.password", "tapeflow");
            });
    return values;
  }

  @Override
  public void close() {
    host.delete(pid);
    await("end of " + pid)
        .atMost(Host.PATIENCE)
        .until(
            () ->
                !host.has(EmbeddedVenue.class, filter()) && !host.has(TaskLedger.class, filter()));
  }

  private String filter() {
    return "(service.pid=" + pid + ')';
  }
}
