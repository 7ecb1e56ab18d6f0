package io.tapeflow.web;

import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.plan.PlanState;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.Plans;
import io.tapeflow.api.stream.TradeDelivery;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.Heartbeat;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.verification.CheckResult;
import io.tapeflow.api.verification.Verification;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the services say, for Prometheus to collect. */
@Component(service = Servlet.class)
@HttpWhiteboardServletName("tapeflow-prometheus")
@HttpWhiteboardServletPattern("/metrics")
public final class PrometheusServlet extends HttpServlet {
  private static final Logger LOG = LoggerFactory.getLogger(PrometheusServlet.class);
  private static final long serialVersionUID = 1L;

  private final transient LiveServices services;
  private final transient CurrentSettings settings;
  private final transient EventHub hub;
  private final transient Connections connections;

  /** Tells of these services. */
  @Activate
  public PrometheusServlet(
      @Reference LiveServices services,
      @Reference CurrentSettings settings,
      @Reference EventHub hub,
      @Reference Connections connections) {
    this.services = services;
    this.settings = settings;
    this.hub = hub;
    this.connections = connections;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Responses.reads(request)) {
      response.setHeader("Allow", "GET, HEAD");
      Responses.send(request, response, Problem.notAllowed(request.getMethod()));
      return;
    }
    String accept = request.getHeader("Accept");
    Responses.send(request, response, 200, Exposition.mediaType(accept), page().write(accept));
  }

  private Exposition page() {
    Exposition page = new Exposition();
    int failed = 0;
    failed += each(services.streams(), (TradeStream it) -> FeedSeries.add(it.status(), page));
    failed +=
        each(
            services.deliveries(),
            (TradeDelivery it) -> it.listeners().forEach(one -> FeedSeries.add(one, page)));
    FlowSeries flow = new FlowSeries(settings.get().prometheusValues());
    failed += each(services.measuring().stream().toList(), (OrderFlow it) -> add(it, flow, page));
    flow.end(page);
    failed += each(services.planning().stream().toList(), (Plans it) -> add(it, page));
    failed += each(services.ledgers(), (TaskLedger it) -> add(it.status(), page));
    failed += each(services.verifying().stream().toList(), (Verification it) -> add(it, page));
    page.gauge("tapeflow_event_clients", "Clients that follow events", hub.clients());
    page.counter("tapeflow_event_clients_served", "Clients that followed events", hub.served());
    page.counter(
        "tapeflow_event_clients_dropped", "Of those, the ones too slow for it", hub.dropped());
    if (connections.areCounted()) {
      add(connections, page);
    }
    page.gauge("tapeflow_scrape_failures", "Services that did not answer just now", failed);
    return page;
  }

  /** Asks each service; one that fails takes nothing from the others. */
  private static <T> int each(List<T> services, Consumer<T> question) {
    int failed = 0;
    for (T service : services) {
      try {
        question.accept(service);
      } catch (RuntimeException e) {
        LOG.debug("A service did not answer", e);
        failed++;
      }
    }
    return failed;
  }

  private static void add(OrderFlow orderFlow, FlowSeries flow, Exposition page) {
    for (Instrument instrument : orderFlow.instruments()) {
      flow.add(orderFlow.snapshot(instrument.key()), page);
    }
  }

  private static void add(Plans plans, Exposition page) {
    Map<PlanState.Kind, Integer> counts = new EnumMap<>(PlanState.Kind.class);
    for (PlanState.Kind kind : PlanState.Kind.values()) {
      counts.put(kind, 0);
    }
    for (PlanStatus plan : plans.list()) {
      counts.merge(plan.state().kind(), 1, Integer::sum);
    }
    counts.forEach(
        (kind, count) ->
            page.gauge("tapeflow_plans", "Plans by their state", count, "state", kind.name()));
  }

  private static void add(Connections it, Exposition page) {
    page.gauge("tapeflow_http_connections", "Open connections of the HTTP server", it.open());
    page.gauge("tapeflow_http_connections_limit", "How many it may have; 0 for any", it.most());
    page.counter(
        "tapeflow_http_connections_closed",
        "Connections that asked nothing and were closed for a new one",
        it.closed());
    page.counter(
        "tapeflow_http_connections_refused",
        "New connections refused because all others had a request under way",
        it.refused());
  }

  private static void add(LedgerStatus it, Exposition page) {
    String name = "tapeflow_tasks_ended";
    String help = "Background tasks that ended, by how they did";
    page.counter("tapeflow_tasks_started", "Background tasks", it.started(), "owner", it.owner());
    page.counter(
        name, help, it.finished() - it.failed(), "outcome", "finished", "owner", it.owner());
    page.counter(name, help, it.failed(), "outcome", "failed", "owner", it.owner());
    page.counter(name, help, it.cancelled(), "outcome", "cancelled", "owner", it.owner());
    page.gauge("tapeflow_tasks_live", "Tasks that run", it.live().size(), "owner", it.owner());
    page.gauge(
        "tapeflow_tasks_abandoned",
        "Tasks that did not end when they were told to",
        it.abandoned().size(),
        "owner",
        it.owner());
    for (Heartbeat beat : it.heartbeats()) {
      page.gauge(
          "tapeflow_heartbeat_age_seconds",
          "Time since an executor last showed that it lives; from 2 on it is taken for dead",
          Json.seconds(beat.age()),
          "owner",
          it.owner(),
          "executor",
          beat.name());
    }
  }

  private static void add(Verification verification, Exposition page) {
    for (CheckResult check : verification.verify().checks()) {
      page.state(
          "tapeflow_check",
          "Verdict of a check of the verification report",
          check.status(),
          "check",
          check.id() + " " + check.name());
    }
  }
}
