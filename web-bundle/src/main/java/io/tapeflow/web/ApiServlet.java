package io.tapeflow.web;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the API over HTTP: methods, headers and status codes. */
@Component(service = Servlet.class)
@HttpWhiteboardServletName("tapeflow-api")
@HttpWhiteboardServletPattern("/tapeflow/api/*")
public final class ApiServlet extends HttpServlet {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);
  private static final long serialVersionUID = 1L;

  private final transient Api api;

  /** Answers from these services. */
  @Activate
  public ApiServlet(@Reference LiveServices services) {
    this.api = new Api(services);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      if (!Responses.reads(request)) {
        response.setHeader("Allow", "GET, HEAD");
        throw Problem.notAllowed(request.getMethod());
      }
      Object answer =
          api.answer(
              request.getPathInfo(),
              request.getParameter("limit"),
              request.getParameter("metrics"));
      if (answer instanceof Document document) {
        Responses.send(request, response, document);
        return;
      }
      byte[] body = answer instanceof byte[] bytes ? bytes : Json.bytes(answer);
      Responses.send(request, response, 200, "application/json", body);
    } catch (Problem problem) {
      Responses.send(request, response, problem);
    } catch (RuntimeException e) {
      LOG.error("{} could not be answered", request.getRequestURI(), e);
      Responses.send(request, response, Problem.internal());
    }
  }
}
