package io.tapeflow.web;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The page that a person sees first: links to what there is. */
@Component(service = Servlet.class)
@HttpWhiteboardServletName("tapeflow-home")
@HttpWhiteboardServletPattern("/tapeflow/*")
public final class HomeServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Api api;

  /** Lists the instruments of these services. */
  @Activate
  public HomeServlet(@Reference LiveServices services) {
    this.api = new Api(services);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo();
    if (!Responses.reads(request)) {
      response.setHeader("Allow", "GET, HEAD");
      send(request, response, 405, "<p>Only GET is allowed.</p>");
    } else if (path == null) {
      response.sendRedirect(request.getContextPath() + request.getServletPath() + '/');
    } else if (path.equals("/")) {
      send(request, response, 200, links());
    } else {
      send(
          request,
          response,
          404,
          "<p>There is no such page. <a href=\"/tapeflow/\">Tapeflow</a></p>");
    }
  }

  private String links() {
    StringBuilder html = new StringBuilder("<h1>Tapeflow</h1>\n<ul>\n");
    link(html, "api/verification", "Verification: does it work?");
    link(html, "api/streams", "Streams");
    link(html, "api/instruments", "Instruments");
    for (String key : api.instrumentsByKey().keySet()) {
      String name = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
      link(html, "api/metrics/" + name, "Metrics of " + key);
      link(html, "api/trades/" + name, "Trades of " + key);
    }
    link(html, "/system/console", "Web Console");
    return html.append("</ul>").toString();
  }

  private static void link(StringBuilder html, String target, String text) {
    html.append("<li><a href=\"%s\">%s</a></li>\n".formatted(target, escape(text)));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void send(
      HttpServletRequest request, HttpServletResponse response, int status, String body)
      throws IOException {
    String page =
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Tapeflow</title></head><body>\n%s\n</body></html>\n"
            .formatted(body);
    Responses.send(
        request,
        response,
        status,
        "text/html;charset=utf-8",
        page.getBytes(StandardCharsets.UTF_8));
  }
}
