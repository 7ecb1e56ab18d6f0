package io.tapeflow.web;

import static io.tapeflow.web.Samples.BTC;
import static io.tapeflow.web.Samples.ETH;
import static io.tapeflow.web.Samples.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeflow.api.plan.ConditionInfo;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.PlanState;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.Plans;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import io.tapeflow.web.EventReader.Event;
import io.tapeflow.web.Samples.FakeOrderFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Server-sent events over real sockets. */
class EventsTest {
  private final Changing stream = new Changing();
  private final AtomicReference<List<PlanStatus>> plans =
      new AtomicReference<>(List.of(new FakePlans().list().get(0)));
  private final LateClock clock = new LateClock();
  private final TaskScope scope = new TaskScope("web", clock);
  private final AtomicReference<TradeListener> tap = new AtomicReference<>();
  private final List<EventReader> readers = new ArrayList<>();
  private EventHub hub;
  private TestServer server;

  @BeforeAll
  static void patience() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  @AfterEach
  void stop() throws Exception {
    for (EventReader reader : readers) {
      reader.close();
    }
    if (hub != null) {
      hub.deactivate();
    }
    if (server != null) {
      server.close();
    }
  }

  private void serve(Map<String, Object> configuration) throws Exception {
    LiveServices services =
        new LiveServices(
            List.of(stream),
            new FakeOrderFlow(List.of(BTC, ETH)),
            new Samples.FakeVerification(),
            List.of(),
            List.of(),
            new LatePlans());
    hub =
        new EventHub(
            services,
            TestServer.settings(configuration),
            scope,
            clock,
            listener -> {
              tap.set(listener);
              return () -> tap.compareAndSet(listener, null);
            });
    server =
        new TestServer().with("/tapeflow/api/events", new EventsServlet(services, hub)).start();
  }

  private EventReader open(String query, String... headers) throws Exception {
    EventReader reader = EventReader.open(server.port(), query, headers);
    readers.add(reader);
    return reader;
  }

  private TradeListener tap() {
    await().until(() -> tap.get() != null);
    return tap.get();
  }

  private static TradeBatch trades(Instrument instrument, long first, int count) {
    return new Samples.FakeBatch(instrument, first, count);
  }

  private static List<Long> ids(List<Event> events) {
    return events.stream()
        .flatMap(event -> StreamSupport.stream(event.data().path("trades").spliterator(), false))
        .map(trade -> trade.path("id").longValue())
        .toList();
  }

  @Test
  void whoBeginsIsToldHowThingsStand() throws Exception {
    serve(Map.of());

    EventReader reader = open("");

    await().until(() -> reader.of("snapshot").size() >= 2);
    await().until(() -> !reader.of("checks").isEmpty());
    assertThat(reader.head().get(0)).contains(" 200 ");
    assertThat(reader.head())
        .contains("Content-Type: text/event-stream", "Cache-Control: no-store");
    JsonNode state = reader.of("state").get(0).data();
    assertThat(state.path("state").textValue()).isEqualTo("LIVE");
    assertThat(state.path("instruments").path(0).path("instrument").textValue())
        .isEqualTo("BTCUSDT");
    assertThat(reader.of("snapshot").stream().map(it -> it.data().path("key").textValue()))
        .contains("binance-spot:BTCUSDT", "binance-spot:ETHUSDT");
    assertThat(reader.of("snapshot").get(0).data().path("metrics").has("delta.60s")).isTrue();

    // The second one finds what has been made already.
    EventReader second = open("");
    await().until(() -> !second.of("state").isEmpty() && second.of("snapshot").size() >= 2);
  }

  @Test
  void dataIsAsTheDescriptionSays() throws Exception {
    serve(Map.of());
    EventReader all = open("?trades=all");
    EventReader lost = open("", "Last-Event-ID: elsewhere-7\r\n");
    stream.say(Samples.backingOff("a", account(BTC, InstrumentState.DISCONNECTED, 4)));
    tap().onTrades(trades(BTC, 1, 3));
    tap().onGap(new TradeGap(BTC, 4, 5, TradeGap.Cause.MISSING));
    tap().onAmendment(new TradeAmendment(BTC, 4, 5, trades(BTC, 4, 2)));

    await().until(() -> !lost.of("reset").isEmpty());
    Description description = Description.shipped();
    JsonNode schemas =
        description.whole().path("paths").path("/tapeflow/api/events").path("get").path("x-events");
    List<String> types = new ArrayList<>(Wish.TYPES);
    types.add("reset");
    assertThat(schemas.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(types);
    for (String type : types) {
      EventReader reader = type.equals("reset") ? lost : all;
      await(type).until(() -> !reader.of(type).isEmpty());
      for (Event event : reader.of(type)) {
        assertThat(description.faults(schemas.path(type), event.data()))
            .as("%s", event.data())
            .isEmpty();
      }
    }
  }

  @Test
  void aChangeOfStateIsTold() throws Exception {
    serve(Map.of());
    EventReader reader = open("?types=state");
    await().until(() -> reader.of("state").size() == 1);

    stream.say(Samples.backingOff("a", account(BTC, InstrumentState.DISCONNECTED, 4)));
    await().until(() -> reader.of("state").size() == 2);
    JsonNode told = reader.of("state").get(1).data();
    assertThat(told.path("state").textValue()).isEqualTo("BACKING_OFF");
    assertThat(told.path("lastError").path("phase").textValue()).isEqualTo("UPGRADE");
    assertThat(reader.all()).hasSize(2);
  }

  @Test
  void aChangeOfAPlanIsToldAndSoIsItsEnd() throws Exception {
    serve(Map.of());
    EventReader reader = open("?types=plan");
    await().until(() -> reader.of("plan").size() == 1);
    JsonNode blocked = reader.of("plan").get(0).data().path("plan");
    assertThat(blocked.path("state").textValue()).isEqualTo("BLOCKED");
    assertThat(blocked.path("reason").textValue()).isEqualTo("large.trades.300s is STALE");

    PlanStatus it = plans.get().get(0);
    plans.set(
        List.of(
            new PlanStatus(
                it.id(),
                it.plan(),
                it.source(),
                new PlanState.Pending(),
                it.since(),
                it.lastTradeId(),
                it.lastTime(),
                it.conditions())));
    await().until(() -> reader.of("plan").size() == 2);
    assertThat(reader.of("plan").get(1).data().path("plan").path("state").textValue())
        .isEqualTo("PENDING");

    plans.set(List.of());
    await().until(() -> reader.of("plan").size() == 3);
    assertThat(reader.of("plan").get(2).data().path("id").textValue()).isEqualTo("dip");
    assertThat(reader.of("plan").get(2).data().path("plan").isNull()).isTrue();
    EventReader later = open("?types=plan,state");
    await().until(() -> !later.of("state").isEmpty());
    assertThat(later.of("plan")).isEmpty();
  }

  @Test
  void tradesGapsAndRepairsComeInTheirOrder() throws Exception {
    serve(Map.of());
    EventReader all = open("?types=trades,gap,repair&trades=all&instruments=BTCUSDT");
    EventReader sampled = open("?types=trades,gap&trades=sampled");
    TradeListener listener = tap();
    await().until(() -> hub.clients() == 2);

    listener.onTrades(trades(BTC, 1, 1_203));
    listener.onTrades(trades(ETH, 1, 2));
    listener.onGap(new TradeGap(BTC, 1_204, 1_205, TradeGap.Cause.MISSING));
    listener.onTrades(trades(BTC, 1_206, 2));
    listener.onAmendment(new TradeAmendment(BTC, 1_204, 1_205, trades(BTC, 1_204, 2)));

    await().until(() -> !all.of("repair").isEmpty());
    assertThat(all.all().stream().map(Event::type))
        .containsExactly("trades", "trades", "trades", "gap", "trades", "repair");
    assertThat(ids(all.of("trades")))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 1_207)
                .filter(id -> id < 1_204 || id > 1_205)
                .boxed()
                .toList());
    assertThat(all.of("gap").get(0).data().path("count").intValue()).isEqualTo(2);
    assertThat(ids(all.of("repair"))).containsExactly(1_204L, 1_205L);

    await()
        .until(
            () ->
                sampled.of("trades").stream()
                        .mapToLong(it -> it.data().path("count").longValue())
                        .sum()
                    == 1_207);
    JsonNode first = sampled.of("trades").get(0).data();
    assertThat(first.path("firstId").longValue()).isEqualTo(1);
    assertThat(first.path("trades").size()).isLessThanOrEqualTo(5);
    // Each trade of the sample is of 0.00001, and every other one was bought.
    assertThat(first.path("bought").textValue())
        .isEqualTo(BTC.quantity(first.path("count").longValue() / 2).toPlainString());
  }

  @Test
  void snapshotsCanBeOfSomeMetricsAndOfOneInstrument() throws Exception {
    serve(Map.of());

    EventReader reader = open("?types=snapshot&instruments=BTCUSDT&metrics=delta,cvd&interval=50");

    await().until(() -> !reader.of("snapshot").isEmpty());
    for (Event event : reader.all()) {
      assertThat(event.data().path("instrument").textValue()).isEqualTo("BTCUSDT");
      assertThat(event.data().path("metrics").fieldNames())
          .toIterable()
          .containsExactly("delta.60s", "delta.300s", "cvd.start");
    }
  }

  @Test
  void whoComesBackGetsWhatItMissedAndNothingTwice() throws Exception {
    serve(Map.of());
    String wish = "?types=trades&trades=all";
    EventReader first = open(wish);
    TradeListener listener = tap();
    await().until(() -> hub.clients() == 1);
    listener.onTrades(trades(BTC, 1, 700));
    await().until(() -> ids(first.of("trades")).size() == 700);
    String id = first.of("trades").get(0).id(); // of those up to 500
    first.close();
    await().until(() -> hub.clients() == 0 || tap.get() != null);
    listener.onTrades(trades(BTC, 701, 10));

    EventReader second = open(wish, "Last-Event-ID: " + id + "\r\n");

    await().until(() -> ids(second.of("trades")).size() == 210);
    listener.onTrades(trades(BTC, 711, 1));
    await().until(() -> ids(second.of("trades")).size() == 211);
    assertThat(ids(second.of("trades")))
        .containsExactlyElementsOf(LongStream.rangeClosed(501, 711).boxed().toList());
    assertThat(second.of("reset")).isEmpty();
  }

  @Test
  void whoComesBackTooLateIsTold() throws Exception {
    serve(Map.of());
    EventReader first = open("?types=trades&trades=all");
    TradeListener listener = tap();
    await().until(() -> hub.clients() == 1);
    listener.onTrades(trades(BTC, 1, 1));
    await().until(() -> !first.of("trades").isEmpty());
    String id = first.of("trades").get(0).id();
    first.close();
    await()
        .until(
            () -> {
              // A server notices only when it writes.
              listener.onTrades(trades(BTC, 2, 1));
              return hub.clients() == 0;
            });
    clock.later(Interests.LINGER.plusSeconds(1));
    await().until(() -> tap.get() == null);

    EventReader second = open("?types=trades&trades=all", "Last-Event-ID: " + id + "\r\n");

    await().until(() -> !second.of("reset").isEmpty());
    assertThat(second.of("reset").get(0).data().path("reason").textValue()).contains(id);
  }

  @Test
  void withoutClientsNothingRuns() throws Exception {
    serve(Map.of());
    EventReader reader = open("?types=trades");
    tap();
    assertThat(scope.status().live()).hasSize(2);

    reader.close();
    await()
        .until(
            () -> {
              TradeListener listener = tap.get();
              if (listener != null) {
                listener.onTrades(trades(BTC, 1, 1));
              }
              clock.later(Interests.LINGER);
              return scope.status().live().isEmpty();
            });

    assertThat(tap.get()).isNull();
    assertThat(scope.status().heartbeats()).isEmpty();
    // And begins again for the next one.
    EventReader next = open("?types=state");
    await().until(() -> !next.of("state").isEmpty());
  }

  @Test
  void manyClientsAndAStuckOneDoNotHinderEachOther() throws Exception {
    serve(Map.of("events.clients", 201, "events.stall.ms", 1_000));
    List<EventReader> many = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      many.add(open("?types=trades&trades=all&instruments=BTCUSDT"));
    }
    EventReader stuck = EventReader.stuck(server.port(), "?types=trades&trades=all");
    readers.add(stuck);
    await().until(() -> hub.clients() == 201);
    assertThat(server.get("/tapeflow/api/events").statusCode()).isEqualTo(503);
    TradeListener listener = tap();

    // Until the stuck one, whom the other instrument's trades concern as well, has been dropped.
    AtomicLong next = new AtomicLong(1);
    while (hub.dropped() == 0) {
      listener.onTrades(trades(ETH, 500 * next.get(), 500));
      listener.onTrades(trades(BTC, next.get(), 1));
      await().until(() -> many.stream().allMatch(it -> last(it) == next.get()));
      next.incrementAndGet();
    }

    assertThat(hub.dropped()).isEqualTo(1);
    await().until(() -> hub.clients() == 200);
    assertThat(stuck.isCutOff()).isTrue();
    listener.onTrades(trades(BTC, next.get(), 1));
    for (EventReader reader : many) {
      await().until(() -> last(reader) == next.get());
      assertThat(ids(reader.of("trades")))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, next.get()).boxed().toList());
      assertThat(reader.ended()).isFalse();
    }
  }

  private static long last(EventReader reader) {
    List<Event> events = reader.all();
    return events.isEmpty() ? 0 : events.get(events.size() - 1).data().path("lastId").longValue();
  }

  @Test
  void aStopEndsAllAnswers() throws Exception {
    serve(Map.of());
    EventReader one = open("");
    EventReader two = open("?trades=all");
    await().until(() -> hub.clients() == 2);

    hub.deactivate();

    await().until(() -> one.ended() && two.ended());
    assertThat(scope.status().close().kept()).isTrue();
    assertThat(scope.status().balanced()).isTrue();
    assertThat(tap.get()).isNull();
    assertThat(hub.clients()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "types=nothing",
        "types=",
        "trades=some",
        "interval=49",
        "interval=60001",
        "interval=x",
        "metrics=a%20b"
      })
  void whatIsNoWishIsRefused(String query) throws Exception {
    serve(Map.of());

    var answer = server.get("/tapeflow/api/events?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(query.substring(0, query.indexOf('=')));
    assertThat(hub.clients()).isZero();
  }

  @Test
  void anUnknownInstrumentIsAnsweredByThoseThatExist() throws Exception {
    serve(Map.of());

    var answer = server.get("/tapeflow/api/events?instruments=BTCUSDT,NONE");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("binance-spot:BTCUSDT");
    assertThat(server.send("POST", "/tapeflow/api/events").statusCode()).isEqualTo(405);
  }

  /** Those that the test says there are. */
  private final class LatePlans implements Plans {
    @Override
    public List<PlanStatus> list() {
      return plans.get();
    }

    @Override
    public Optional<PlanStatus> find(String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<PlanFault> validate(Plan plan) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean cancel(String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<ConditionInfo> conditions() {
      throw new UnsupportedOperationException();
    }
  }

  /** The machine's, and what a test adds. */
  private static final class LateClock implements Clock {
    private final AtomicLong added = new AtomicLong();

    void later(Duration duration) {
      added.addAndGet(duration.toNanos());
    }

    @Override
    public long nanos() {
      return Clock.SYSTEM.nanos() + added.get();
    }

    @Override
    public long wallMicros() {
      return Clock.SYSTEM.wallMicros();
    }
  }

  private static final class Changing implements TradeStream {
    private volatile StreamStatus status =
        Samples.live("a", account(BTC, InstrumentState.LIVE, 300));

    void say(StreamStatus next) {
      status = next;
    }

    @Override
    public StreamStatus status() {
      return status;
    }

    @Override
    public void reconnect() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<TradeHistory> history(String instrument) {
      return Optional.empty();
    }
  }
}
