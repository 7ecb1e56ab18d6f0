package io.tapeflow.web;

import io.tapeflow.tasks.Clock;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before all of Tapeflow's pages and the health page: turns away what is called by a foreign
 * name, carries no token, asks too much or sends a body, and tells browsers what the answers may
 * do.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterName("tapeflow-gate")
@HttpWhiteboardFilterPattern({
  "/tapeflow/*",
  "/metrics",
  "/system/health",
  "/system/health.html",
  "/system/health.json",
  "/system/health.jsonp",
  "/system/health.txt",
  "/system/health.verbose.txt"
})
@HttpWhiteboardFilterAsyncSupported
public final class Gate extends HttpFilter {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final long serialVersionUID = 1L;

  private static final int QUERY_LIMIT = 2_000;

  /** Pages run what this server gives them, and nothing else. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final transient CurrentSettings settings;
  private final transient RequestRates rates;
  private final AtomicBoolean warned = new AtomicBoolean();

  /** Uses the machine's clock. */
  @Activate
  public Gate(@Reference CurrentSettings settings) {
    this(settings, Clock.SYSTEM);
  }

  Gate(CurrentSettings settings, Clock clock) {
    this.settings = settings;
    this.rates = new RequestRates(clock);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getRequestURI().startsWith(request.getContextPath() + "/system/")) {
      // The health page has scripts and styles of its own; what calls it is checked all the same.
      response.setHeader("X-Content-Type-Options", "nosniff");
    } else {
      secure(response);
    }
    try {
      examine(request, response);
    } catch (Problem problem) {
      Responses.send(request, response, problem);
      return;
    }
    chain.doFilter(request, response);
  }

  private void examine(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    WebSettings now = settings.get();
    if (!HostNames.allow(request.getHeader("Host"), now.hosts())) {
      throw Problem.foreignHost();
    }
    if (!rates.admits(request.getRemoteAddr(), now.requestsPerSecond())) {
      response.setHeader("Retry-After", "1");
      throw Problem.tooMany(
          "More than %d requests a second from %s"
              .formatted(now.requestsPerSecond(), request.getRemoteAddr()));
    }
    String query = request.getQueryString();
    if (query != null && query.length() > QUERY_LIMIT) {
      throw Problem.tooLong(QUERY_LIMIT);
    }
    if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
      response.setHeader("Connection", "close");
      throw Problem.bodyRefused();
    }
    if (!now.token().isEmpty()
        && !Credentials.match(request.getHeader("Authorization"), now.token())) {
      response.setHeader("WWW-Authenticate", Credentials.CHALLENGE);
      throw Problem.unauthorized();
    }
    if (now.token().isEmpty()
        && !InetAddress.getByName(request.getLocalAddr()).isLoopbackAddress()
        && warned.compareAndSet(false, true)) {
      LOG.warn(
          "{} was asked from {} over {}, and no token is set: whoever reaches that address reads"
              + " all",
          CurrentSettings.PID,
          request.getRemoteAddr(),
          request.getLocalAddr());
    }
  }

  private static void secure(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  }
}
