package io.tapeflow.console;

import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.Plans;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.api.verification.ReportFormat;
import io.tapeflow.api.verification.SideConformance;
import io.tapeflow.api.verification.Verification;
import io.tapeflow.tasks.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The commands of the scope {@code tapeflow}. They return objects whose strings are for a terminal;
 * what a person got wrong they answer by an exception of one line.
 */
@Component(
    service = Commands.class,
    property = {
      "osgi.command.scope=tapeflow",
      "osgi.command.function=status",
      "osgi.command.function=verify",
      "osgi.command.function=trades",
      "osgi.command.function=metrics",
      "osgi.command.function=plans",
      "osgi.command.function=plan",
      "osgi.command.function=reconnect"
    })
public final class Commands {
  private static final String DEFAULT_COUNT = "20";
  private static final int MAX_COUNT = 10_000;

  private final LiveServices services;
  private final Scopes scopes;
  private final Verification verification;
  private final Clock clock;

  /** Uses the machine's clock. */
  @Activate
  public Commands(
      @Reference LiveServices services,
      @Reference Scopes scopes,
      @Reference Verification verification) {
    this(services, scopes, verification, Clock.SYSTEM);
  }

  Commands(LiveServices services, Scopes scopes, Verification verification, Clock clock) {
    this.services = services;
    this.scopes = scopes;
    this.verification = verification;
    this.clock = clock;
  }

  /** Streams, listeners, tasks and what is known of the sides and of the families. */
  @Descriptor(
      "Shows connections, instruments, listeners, tasks, and whether sides agree with prices")
  public Status status() {
    Observation seen = Observation.of(services, scopes, clock.now());
    return new Status(
        seen.at(),
        seen.streams(),
        seen.listeners(),
        seen.ledgers(),
        services.sides().map(SideConformance::verdicts).orElse(List.of()),
        services.orderFlow().map(Commands::faults).orElse(List.of()));
  }

  /** The six checks. */
  @Descriptor("Makes the six checks")
  public String verify(
      @Descriptor("-m or --markdown, -j or --json; plain text without") String... options) {
    ReportFormat format = ReportFormat.TEXT;
    for (String option : options) {
      format =
          switch (option) {
            case "-m", "--markdown" -> ReportFormat.MARKDOWN;
            case "-j", "--json" -> ReportFormat.JSON;
            default ->
                throw new IllegalArgumentException(
                    "Unknown option " + option + "; there are -m (Markdown) and -j (JSON)");
          };
    }
    return verification.write(verification.verify(), format);
  }

  /** The newest trades of an instrument. */
  @Descriptor("Shows the last 20 trades of an instrument, newest last")
  public Trades trades(@Descriptor("symbol or venue:symbol") String instrument) {
    return trades(instrument, DEFAULT_COUNT);
  }

  /** The newest trades of an instrument. */
  @Descriptor("Shows the last trades of an instrument, newest last")
  public Trades trades(
      @Descriptor("symbol or venue:symbol") String instrument,
      @Descriptor("how many, 1 to 10000") String count) {
    int most = count(count);
    Instrument found =
        InstrumentNames.find(
            instrument,
            services.streams().stream()
                .flatMap(stream -> stream.status().instruments().stream())
                .map(InstrumentStatus::instrument)
                .toList());
    List<Trade> trades = new ArrayList<>();
    services.streams().stream()
        .map(stream -> stream.history(found.key()))
        .flatMap(Optional::stream)
        .filter(history -> history.size() > 0)
        .findFirst()
        .map((TradeHistory history) -> history.latest(most))
        .ifPresent(batch -> batch.forEach(trades::add));
    return new Trades(found, trades);
  }

  /** All metrics of an instrument. */
  @Descriptor("Shows the metrics of an instrument")
  public Metrics metrics(@Descriptor("symbol or venue:symbol") String instrument) {
    return metrics(instrument, "");
  }

  /** Some metrics of an instrument. */
  @Descriptor("Shows the metrics of an instrument whose names begin with a prefix")
  public Metrics metrics(
      @Descriptor("symbol or venue:symbol") String instrument,
      @Descriptor("such as delta or volume.buy") String prefix) {
    OrderFlow orderFlow =
        services
            .orderFlow()
            .orElseThrow(
                () -> new IllegalStateException("The metrics bundle is not there: no order flow"));
    Instrument found = InstrumentNames.find(instrument, orderFlow.instruments());
    return Metrics.of(orderFlow.snapshot(found.key()), prefix);
  }

  /** All plans. */
  @Descriptor("Shows all plans and what has become of them")
  public PlanList plans() {
    return new PlanList(clock.now(), known().list());
  }

  /** One plan. */
  @Descriptor("Shows a plan: what holds, what blocks it and since when, and how much is lacking")
  public PlanDetail plan(@Descriptor("id of the plan") String id) {
    Plans plans = known();
    return new PlanDetail(
        clock.now(),
        plans
            .find(id)
            .orElseThrow(
                () -> {
                  List<String> ids = plans.list().stream().map(PlanStatus::id).toList();
                  return new IllegalArgumentException(
                      "There is no plan %s; there are: %s"
                          .formatted(id, ids.isEmpty() ? "none" : String.join(", ", ids)));
                }));
  }

  private Plans known() {
    return services
        .plans()
        .orElseThrow(() -> new IllegalStateException("The plan bundle is not there: no plans"));
  }

  /** A new connection for every stream. */
  @Descriptor("Makes every stream connect anew")
  public String reconnect() {
    return reconnect(services.streams(), "");
  }

  /** A new connection for the streams of a venue, or for one. */
  @Descriptor("Makes a stream connect anew")
  public String reconnect(@Descriptor("venue, or PID of the configuration") String stream) {
    return reconnect(
        services.streams().stream().filter(it -> isCalled(it.status(), stream)).toList(), stream);
  }

  private String reconnect(List<TradeStream> streams, String name) {
    if (streams.isEmpty()) {
      List<String> known =
          services.streams().stream().map(it -> StreamFacts.label(it.status())).toList();
      throw new IllegalArgumentException(
          "There is no stream %s; there are: %s"
              .formatted(name, known.isEmpty() ? "none" : String.join(", ", known)));
    }
    StringBuilder text = new StringBuilder();
    for (TradeStream stream : streams) {
      StreamStatus status = stream.status();
      boolean runs =
          status.state() != StreamState.STOPPED && status.state() != StreamState.STOPPING;
      if (runs) {
        stream.reconnect();
      }
      text.append(StreamFacts.label(status))
          .append(runs ? " connects anew.\n" : " is not running.\n");
    }
    return text.toString();
  }

  private static List<String> faults(OrderFlow orderFlow) {
    return orderFlow.instruments().stream()
        .flatMap(instrument -> orderFlow.faults(instrument.key()).stream())
        .distinct()
        .toList();
  }

  private static boolean isCalled(StreamStatus status, String name) {
    return status.venue().equals(name) || status.id().equals(name);
  }

  private static int count(String written) {
    try {
      int count = Integer.parseInt(written);
      if (count >= 1 && count <= MAX_COUNT) {
        return count;
      }
    } catch (NumberFormatException e) {
      // The same answer as for a number out of range.
    }
    throw new IllegalArgumentException(
        "The count is a whole number from 1 to %d, not %s".formatted(MAX_COUNT, written));
  }
}
