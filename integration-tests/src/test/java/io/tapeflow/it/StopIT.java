package io.tapeflow.it;

import static io.tapeflow.api.verification.CheckStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.api.verification.Verification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.Test;

/** A stream can be stopped in whatever state it is, and each time nothing is left of it. */
public class StopIT extends ShippedIT {
  private static final int ROUNDS = 100;

  @Test
  public void hundredStopsInEachStateLeaveNothing() throws IOException {
    try (DeafPort deaf = DeafPort.open()) {
      // The first round loads classes and fills caches.
      stop(deaf, 1);
      Threads threads = Threads.now();
      OpenFiles files = OpenFiles.now();
      List<String> ledgers = ledgers();

      stop(deaf, ROUNDS);

      threads.awaitNoMore();
      files.awaitNoMore();
      assertThat(ledgers()).isEqualTo(ledgers);
    }
    assertThat(host().ask(Verification.class, Verification::shutdownReport))
        .endsWith("Abandoned tasks: 0");
    Verdicts verdicts = new Verdicts(host());
    verdicts.await(3, PASS);

    Venue venue = Venue.generated(host(), "again", 200, "BTCUSDT");
    Stream.to(venue, host(), "again", "BTCUSDT").awaitLive();
    verdicts.await(1, PASS);
  }

  /** Brings a stream into each state and stops it there, over and over. */
  private void stop(DeafPort deaf, int rounds) {
    List<Situation> situations = situations(deaf);
    for (int i = 0; i < rounds; i++) {
      int round = i;
      stop(situations.stream().filter(situation -> round % situation.every == 0).toList(), round);
    }
    for (Situation situation : situations) {
      Awaitility.await("sockets of " + situation.name)
          .atMost(Host.PATIENCE)
          .until(() -> situation.venue.account().openConnections() == 0);
      assertThat(situation.venue.account().subscriptions()).as(situation.name).isEmpty();
      situation.venue.close();
    }
  }

  private List<Situation> situations(DeafPort deaf) {
    List<Situation> all = new ArrayList<>();
    all.add(new Situation("upgrade", FaultKind.SILENT_AFTER_TCP, in(ConnectionPhase.UPGRADE)));
    all.add(new Situation("half", FaultKind.SILENT_IN_UPGRADE, in(ConnectionPhase.UPGRADE)));
    all.add(
        new Situation("subscribe", FaultKind.SILENT_IN_SUBSCRIBE, in(ConnectionPhase.SUBSCRIBE)));
    all.add(new Situation("data", FaultKind.NO_DATA, in(ConnectionPhase.FIRST_DATA)));
    all.add(new Situation("backing", FaultKind.REFUSE_TCP, in(StreamState.BACKING_OFF)));
    all.add(new Situation("live", null, in(StreamState.LIVE)));
    Situation tcp = new Situation("tcp", null, in(ConnectionPhase.TCP));
    tcp.endpoint = "ws://127.0.0.1:" + deaf.number();
    all.add(tcp);
    Situation tls = new Situation("tls", FaultKind.SILENT_AFTER_TCP, in(ConnectionPhase.TLS));
    tls.endpoint = "wss://127.0.0.1:" + tls.venue.streamEndpoint().getPort();
    all.add(tls);
    Situation open = new Situation("open", null, in(StreamState.LIVE));
    open.then = List.of(FaultKind.HALF_OPEN);
    // Its close is waited for in vain, half a second each time.
    open.every = 4;
    all.add(open);
    Situation repairing = new Situation("repair", null, in(StreamState.LIVE));
    // REST on the stream's port, which then accepts and answers nothing.
    repairing.restEndpoint = "http://127.0.0.1:" + repairing.venue.streamEndpoint().getPort();
    repairing.then = List.of(FaultKind.SILENT_AFTER_TCP, FaultKind.DROP);
    repairing.reachedThen = status -> status.instruments().get(0).gaps() > 0;
    all.add(repairing);
    return all;
  }

  private static void stop(List<Situation> situations, int round) {
    List<Stream> streams = new ArrayList<>();
    for (Situation situation : situations) {
      streams.add(situation.enter(round));
    }
    for (int i = 0; i < streams.size(); i++) {
      streams.get(i).until(situations.get(i).name, situations.get(i).reached);
    }
    situations.forEach(Situation::worsen);
    for (int i = 0; i < streams.size(); i++) {
      streams.get(i).until(situations.get(i).name, situations.get(i).reachedThen);
    }
    streams.forEach(Stream::delete);
    streams.forEach(Stream::awaitEnd);
    situations.forEach(Situation::mend);
  }

  private List<String> ledgers() {
    return host().askAll(TaskLedger.class, null, TaskLedger::status).stream()
        .map(LedgerStatus::owner)
        .sorted()
        .toList();
  }

  private static Predicate<StreamStatus> in(ConnectionPhase phase) {
    return status -> status.state() == StreamState.CONNECTING && status.phase() == phase;
  }

  private static Predicate<StreamStatus> in(StreamState state) {
    return status -> status.state() == state;
  }

  /** A state to be stopped in, and a venue that brings a stream into it. */
  private final class Situation {
    private final String name;
    private final Venue venue;
    private final Predicate<StreamStatus> reached;
    private String endpoint;
    private String restEndpoint;
    private int every = 1;
    private List<FaultKind> then = List.of();
    private Predicate<StreamStatus> reachedThen = status -> true;

    Situation(String name, FaultKind fault, Predicate<StreamStatus> reached) {
      this.name = name;
      this.venue = Venue.generated(host(), name, 200, symbolOf(name));
      this.reached = reached;
      this.endpoint = venue.streamEndpoint().toString();
      this.restEndpoint = venue.restEndpoint().toString();
      if (fault != null) {
        venue.switchOn(fault);
      }
    }

    String symbol() {
      return symbolOf(name);
    }

    Stream enter(int round) {
      Map<String, Object> values = new HashMap<>(Stream.values(venue, symbol()));
      values.put("ws.endpoint", endpoint);
      values.put("rest.endpoint", restEndpoint);
      values.put("reorder.ms", 0L);
      values.put("reconnect.initial.ms", 60_000L);
      values.put("reconnect.max.ms", 60_000L);
      values.put("connect.timeout.ms", 60_000L);
      return Stream.open(host(), name + round, values);
    }

    void worsen() {
      then.forEach(venue::switchOn);
    }

    void mend() {
      if (!then.isEmpty()) {
        venue.clearFaults();
      }
    }
  }

  private static String symbolOf(String name) {
    return name.toUpperCase(Locale.ROOT) + "USDT";
  }
}
