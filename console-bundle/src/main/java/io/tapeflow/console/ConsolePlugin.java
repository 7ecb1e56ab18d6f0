package io.tapeflow.console;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.verification.CheckResult;
import io.tapeflow.api.verification.Verification;
import io.tapeflow.api.verification.VerificationReport;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tab "Order flow" of Felix's Web Console, which asks who comes and draws what is around. Its
 * buttons do nothing for a page of another site: that one cannot read the token they carry.
 */
@Component(
    service = Servlet.class,
    property = {
      "felix.webconsole.label=" + ConsolePlugin.LABEL,
      "felix.webconsole.title=Order flow",
      "felix.webconsole.category=Main"
    })
public final class ConsolePlugin extends HttpServlet {
  static final String LABEL = "tapeflow";

  private static final Logger LOG = LoggerFactory.getLogger(ConsolePlugin.class);
  private static final long serialVersionUID = 1L;
  private static final int TOKEN_BYTES = 16;

  private final transient RecentObservation recent;
  private final transient Verification verification;
  private final String token;

  /** Shows what the services say. */
  @Activate
  public ConsolePlugin(@Reference RecentObservation recent, @Reference Verification verification) {
    this.recent = recent;
    this.verification = verification;
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    this.token = HexFormat.of().formatHex(random);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Html html = new Html(response.getWriter());
    Observation seen = recent.get();
    verdicts(html, request.getParameter("done"));
    streams(html, seen);
    instruments(html, seen);
    listeners(html, seen);
    tasks(html, seen);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!isOwn(request.getParameter("token"))
        || "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
      LOG.warn(
          "A request of {} was refused: it has no token of this page", request.getRemoteAddr());
      response.sendError(HttpServletResponse.SC_FORBIDDEN, "The page is too old: load it again");
      return;
    }
    String action = request.getParameter("action");
    switch (action == null ? "" : action) {
      case "reconnect" -> reconnect(request, response);
      case "verify" -> back(response, "verified");
      default -> response.sendError(HttpServletResponse.SC_BAD_REQUEST, "No such action");
    }
  }

  private void reconnect(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String target = request.getParameter("target");
    Optional<TradeStream> stream =
        recent.services().streams().stream()
            .filter(it -> it.status().id().equals(target))
            .findFirst();
    if (stream.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND, "There is no such stream any more");
      return;
    }
    LOG.info("{} is told to connect anew by {}", target, request.getRemoteUser());
    stream.get().reconnect();
    back(response, "reconnects");
  }

  /** By a redirect, so that loading the page again does nothing again. */
  private static void back(HttpServletResponse response, String done) throws IOException {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", LABEL + "?done=" + done);
  }

  private boolean isOwn(String given) {
    byte[] bytes = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(bytes, token.getBytes(StandardCharsets.UTF_8));
  }

  private void verdicts(Html html, String done) {
    if ("reconnects".equals(done)) {
      html.line("The stream connects anew.");
    }
    VerificationReport report = verification.verify();
    html.heading("Does it work?");
    html.line(report.rootCause());
    html.begin("", "Check", "Verdict", "Since", "Evidence");
    for (CheckResult check : report.checks()) {
      html.row(
          check.id(),
          check.name(),
          check.status(),
          Words.time(check.since()),
          String.join("\n", check.evidence()));
    }
    html.end();
    html.button("Verify", token, "verify", "");
  }

  private void streams(Html html, Observation seen) {
    html.heading("Connections");
    if (seen.streams().isEmpty()) {
      html.line("No stream is configured.");
    }
    for (StreamStatus stream : seen.streams()) {
      html.begin("Stream", "State", "Since", "Endpoint", "Attempts", "Last error", "Next retry");
      html.row(
          StreamFacts.label(stream),
          stream.state()
              + (stream.phase() == null ? "" : ", " + Words.phase(stream.phase()))
              + "\n"
              + Words.state(stream.state()),
          Words.time(stream.since()),
          stream.endpoint(),
          "%d started, %d connected, %d failed, %d cancelled"
              .formatted(
                  stream.attempts().started(),
                  stream.attempts().connected(),
                  stream.attempts().failed(),
                  stream.attempts().cancelled()),
          Words.error(stream.lastError()),
          Words.time(stream.nextRetryAt()));
      html.end();
      html.button("Reconnect", token, "reconnect", stream.id());
    }
  }

  private static void instruments(Html html, Observation seen) {
    html.heading("Instruments");
    html.begin(
        "Instrument",
        "State",
        "Last id",
        "Delivered",
        "Gaps",
        "Repaired",
        "Missing",
        "Last seen",
        "Metrics",
        "OK",
        "Warming up",
        "Reason");
    for (StreamStatus stream : seen.streams()) {
      for (InstrumentStatus it : StreamFacts.own(stream)) {
        MetricSnapshot snapshot = seen.snapshots().get(it.instrument().key());
        html.row(
            it.instrument().key(),
            it.state(),
            it.lastId() < 0 ? null : it.lastId(),
            it.delivered(),
            it.gaps(),
            it.repaired(),
            it.unrepaired(),
            Words.between(it.lastReceivedAt(), seen.at()),
            snapshot == null ? null : snapshot.status(),
            count(snapshot, MetricStatus.OK),
            count(snapshot, MetricStatus.WARMING_UP),
            reason(it, snapshot));
      }
    }
    html.end();
  }

  private static Long count(MetricSnapshot snapshot, MetricStatus status) {
    return snapshot == null
        ? null
        : snapshot.metrics().values().stream().filter(it -> it.status() == status).count();
  }

  private static String reason(InstrumentStatus it, MetricSnapshot snapshot) {
    String metrics = snapshot == null ? "no order-flow service" : snapshot.reason();
    return String.join("\n", List.of(it.reason(), metrics)).strip();
  }

  private static void listeners(Html html, Observation seen) {
    html.heading("Listeners");
    html.begin("Name", "Delivered", "Lag", "Lost", "Failures", "In call", "Last failure");
    for (ListenerStatus it : seen.listeners()) {
      html.row(
          it.name(),
          it.delivered(),
          it.lag(),
          it.lost(),
          it.failures(),
          Words.seconds(it.inCallFor()),
          it.lastFailure());
    }
    html.end();
  }

  private static void tasks(Html html, Observation seen) {
    html.heading("Tasks");
    html.begin("Owner", "Started", "Finished", "Cancelled", "Failed", "Live", "Abandoned");
    for (LedgerStatus it : seen.ledgers()) {
      html.row(
          it.owner(),
          it.started(),
          it.finished(),
          it.cancelled(),
          it.failed(),
          it.live().size(),
          it.abandoned().size());
    }
    html.end();
  }
}
