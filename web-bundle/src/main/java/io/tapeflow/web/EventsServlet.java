package io.tapeflow.web;

import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.Instrument;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Server-sent events: an answer without an end, which holds no thread. */
@Component(service = Servlet.class)
@HttpWhiteboardServletName("tapeflow-events")
@HttpWhiteboardServletPattern("/tapeflow/api/events")
@HttpWhiteboardServletAsyncSupported
public final class EventsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient LiveServices services;
  private final transient EventHub hub;

  /** Serves from this hub. */
  @Activate
  public EventsServlet(@Reference LiveServices services, @Reference EventHub hub) {
    this.services = services;
    this.hub = hub;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      if (!Responses.reads(request)) {
        response.setHeader("Allow", "GET, HEAD");
        throw Problem.notAllowed(request.getMethod());
      }
      answer(request, response);
    } catch (Problem problem) {
      Responses.send(request, response, problem);
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Wish wish =
        Wish.of(
            new Wish.Parameters(
                request.getParameter("instruments"),
                request.getParameter("types"),
                request.getParameter("trades"),
                request.getParameter("metrics"),
                request.getParameter("interval")),
            known());
    String header = request.getHeader("Last-Event-ID");
    hub.admit();
    response.setContentType("text/event-stream");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    // Else a proxy may keep events until it has many.
    response.setHeader("X-Accel-Buffering", "no");
    if (request.getMethod().equals("HEAD")) {
      hub.release();
      return;
    }
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    try {
      hub.serve(wish, header == null ? request.getParameter("after") : header, context);
    } catch (RejectedExecutionException e) {
      hub.release();
      context.complete();
    }
  }

  private List<Instrument> known() {
    List<Instrument> known = new ArrayList<>(services.measured());
    for (TradeStream stream : services.streams()) {
      stream.status().instruments().forEach(status -> known.add(status.instrument()));
    }
    return known;
  }
}
